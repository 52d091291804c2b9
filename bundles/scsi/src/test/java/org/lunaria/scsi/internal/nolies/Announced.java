package org.lunaria.scsi.internal.nolies;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;
import org.lunaria.scsi.internal.unit.Answer;
import org.lunaria.scsi.internal.unit.Initiator;

/**
 * A command as REPORT SUPPORTED OPERATION CODES announces it (SPC-4 6.35). Immutable.
 *
 * @param usage CDB USAGE DATA
 */
record Announced(int opcode, OptionalInt serviceAction, int cdbBytes, byte[] usage) {
    private static final int ROOM = 65_536;
    private static final int SERVACTV = 0x01;

    /** Asks for all commands, and for each of them. */
    static List<Announced> of(Stand stand) {
        ByteBuffer all = report(stand, 0, 0, 0).buffer();
        List<Announced> commands = new ArrayList<>();
        for (int at = 4; at < all.limit(); at += 8) {
            int opcode = all.get(at) & 0xFF;
            boolean hasAction = (all.get(at + 5) & SERVACTV) != 0;
            int action = Short.toUnsignedInt(all.getShort(at + 2));
            byte[] one = report(stand, hasAction ? 2 : 1, opcode, action).data();
            commands.add(new Announced(
                    opcode,
                    hasAction ? OptionalInt.of(action) : OptionalInt.empty(),
                    Short.toUnsignedInt(all.getShort(at + 6)),
                    Arrays.copyOfRange(one, 4, one.length)));
        }
        return commands;
    }

    /** The report, whole. */
    static Answer report(Stand stand, int options, int opcode, int action) {
        return report(stand.initiator(), options, opcode, action);
    }

    static Answer report(Initiator initiator, int options, int opcode, int action) {
        return initiator.read(ROOM, 0xA3, 0x0C, options, opcode, action >> 8, action & 0xFF, 0, ROOM >> 16, 0, 0, 0, 0);
    }

    /** Whether a bit of the CDB is one of a field; the operation code and the service action are not asked for. */
    boolean uses(int byteIndex, int bit) {
        return (usage[byteIndex] >> bit & 1) != 0;
    }

    boolean isServiceAction(int byteIndex, int bit) {
        return serviceAction.isPresent() && byteIndex == 1 && bit < 5;
    }

    @Override
    public String toString() {
        return "%02Xh".formatted(opcode)
                + (serviceAction.isPresent() ? "/%02Xh".formatted(serviceAction.getAsInt()) : "");
    }
}
