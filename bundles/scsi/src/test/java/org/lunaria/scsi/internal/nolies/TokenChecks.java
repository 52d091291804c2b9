package org.lunaria.scsi.internal.nolies;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.stream.LongStream;
import org.lunaria.scsi.ScsiStatus;
import org.lunaria.scsi.SenseCode;
import org.lunaria.scsi.internal.reservation.MapStore;
import org.lunaria.scsi.internal.unit.Answer;
import org.lunaria.scsi.internal.unit.Initiator;
import org.lunaria.scsi.internal.unit.TokenLists;

/** ROD tokens: the Block Device ROD Limits hold (SBC-3 6.6.6), and whatever changes the medium ends a token for it. */
final class TokenChecks {
    private static final int PAGE = 0x8F;
    private static final int LIMITS_AT = 8;
    private static final int LIST = 99;
    private static final int ROOM = 1024;
    private static final int TOKEN_BYTES = 512;

    /** More than a token may have. */
    private static final long BLOCKS = 1L << 22;

    private TokenChecks() {}

    private static Answer populate(Initiator initiator, byte[] list) {
        return initiator.write(list, TokenLists.out(TokenLists.POPULATE_TOKEN, LIST, list.length));
    }

    static void limits(UnitKind kind, Findings findings) {
        if (kind.isCdrom()) {
            // It has no such page.
            return;
        }
        SparseStore store = new SparseStore(kind.blockBytes(), BLOCKS, kind.capabilities());
        Initiator initiator = kind.bench(store, new MapStore()).initiator();
        ByteBuffer limits = ByteBuffer.wrap(VpdChecks.page(initiator, PAGE))
                .position(LIMITS_AT)
                .slice();
        int ranges = Short.toUnsignedInt(limits.getShort(6));
        works(kind, findings, "MAXIMUM RANGE DESCRIPTORS", populate(initiator, TokenLists.populate(singles(ranges))));
        refused(
                kind,
                findings,
                "MAXIMUM RANGE DESCRIPTORS",
                SenseCode.TOO_MANY_SEGMENT_DESCRIPTORS,
                14,
                populate(initiator, TokenLists.populate(singles(ranges + 1))));
        int timeout = limits.getInt(8);
        String name = "MAXIMUM INACTIVITY TIMEOUT";
        works(kind, findings, name, populate(initiator, TokenLists.populateOf(0, timeout, 0, 0, 1)));
        SenseCode field = SenseCode.INVALID_FIELD_IN_PARAMETER_LIST;
        refused(kind, findings, name, field, 4, populate(initiator, TokenLists.populateOf(0, timeout + 1, 0, 0, 1)));
        long size = limits.getLong(16);
        name = "MAXIMUM TOKEN TRANSFER SIZE";
        works(kind, findings, name, populate(initiator, TokenLists.populate(0, size)));
        refused(kind, findings, name, field, 24, populate(initiator, TokenLists.populate(0, size + 1)));
    }

    private static void works(UnitKind kind, Findings findings, String limit, Answer answer) {
        findings.count("limits");
        findings.require(answer.status() == ScsiStatus.GOOD, kind, limit + ": at it " + BitChecks.text(answer));
    }

    private static void refused(UnitKind kind, Findings findings, String limit, SenseCode code, int at, Answer answer) {
        boolean right = answer.status() == ScsiStatus.CHECK_CONDITION
                && answer.code() == code
                && answer.pointer().equals("list " + at + ".7");
        findings.require(right, kind, limit + ": beyond it " + BitChecks.text(answer));
    }

    private static long[] singles(int count) {
        return LongStream.range(0, count).flatMap(i -> LongStream.of(2 * i, 1)).toArray();
    }

    /** By every example of every command that changes what is stored. */
    static void revocation(UnitKind kind, Findings findings) {
        if (kind.isCdrom()) {
            return;
        }
        for (Announced command : Announced.of(Stand.of(kind))) {
            for (Example example : Examples.of(command, kind)) {
                findings.check(kind + " " + command, () -> revokes(kind, example, command, findings));
            }
        }
    }

    /** A token that is valid is refused otherwise: it may not be written over its own blocks. */
    private static void revokes(UnitKind kind, Example example, Announced command, Findings findings) {
        Stand stand = example.stand(kind);
        Initiator initiator = stand.initiator();
        Example.Request request = example.request(stand);
        Answer populated = populate(initiator, TokenLists.populate(0, Stand.BLOCKS));
        if (populated.status() != ScsiStatus.GOOD) {
            return;
        }
        byte[] information =
                initiator.read(ROOM, TokenLists.information(LIST, ROOM)).data();
        byte[] token = Arrays.copyOfRange(information, information.length - TOKEN_BYTES, information.length);
        int changes = stand.witness().changes();
        stand.send(request);
        if (stand.witness().changes() == changes) {
            return;
        }
        byte[] list = TokenLists.write(0, 0, token, 0, 1);
        Answer answer = initiator.write(list, TokenLists.out(TokenLists.WRITE_USING_TOKEN, LIST, list.length));
        findings.count("tokens that were revoked");
        boolean revoked = answer.status() == ScsiStatus.CHECK_CONDITION && answer.code() == SenseCode.TOKEN_REVOKED;
        findings.require(revoked, kind + " " + command, "leaves a token valid: " + BitChecks.text(answer));
    }
}
