package org.lunaria.scsi.internal.nolies;

import java.util.Arrays;
import java.util.HexFormat;
import java.util.StringJoiner;
import org.lunaria.backend.ArrayBackend;
import org.lunaria.scsi.TaskAttribute;
import org.lunaria.scsi.internal.reservation.MapStore;
import org.lunaria.scsi.internal.unit.Answer;
import org.lunaria.scsi.internal.unit.ArrayTransfer;
import org.lunaria.scsi.internal.unit.Bench;
import org.lunaria.scsi.internal.unit.Initiator;

/** A unit of a kind whose blocks are all different, and two initiators. Confined to the test's thread. */
final class Stand {
    static final int BLOCKS = 64;

    private static final int ROOM = 4096;

    /** What tells the state of a unit, as far as an initiator can see it. */
    private static final int[][] QUESTIONS = {
        {0x00, 0, 0, 0, 0, 0},
        {0x12, 0, 0, ROOM >> 8, 0, 0},
        {0x5A, 0, 0x3F, 0xFF, 0, 0, 0, ROOM >> 8, 0, 0},
        {0x5E, 0x01, 0, 0, 0, 0, 0, ROOM >> 8, 0, 0},
        {0x5E, 0x03, 0, 0, 0, 0, 0, ROOM >> 8, 0, 0},
        {0x9E, 0x10, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, ROOM >> 8, 0, 0, 0}
    };

    private final UnitKind kind;
    private final ArrayBackend array;
    private final Witness witness;
    private final Bench bench;
    private final Initiator initiator;

    Stand(UnitKind kind) {
        this(kind, new MapStore());
    }

    private Stand(UnitKind kind, MapStore reservations) {
        this.kind = kind;
        array = kind.store(BLOCKS);
        for (int block = 0; block < BLOCKS; block++) {
            array.contents((long) block * kind.blockBytes(), pattern(block, 1));
        }
        witness = new Witness(array);
        bench = kind.bench(witness, reservations);
        initiator = bench.newInitiator("host");
    }

    private static Stand ready(Stand stand) {
        stand.initiator.ready();
        return stand;
    }

    static Stand of(UnitKind kind) {
        return ready(new Stand(kind));
    }

    /** One whose persistent reservations cannot be read. */
    static Stand withLostReservations(UnitKind kind) {
        MapStore broken = new MapStore();
        broken.fail(true);
        Stand stand = new Stand(kind, broken);
        broken.fail(false);
        stand.initiator.command(0x00);
        return stand;
    }

    UnitKind kind() {
        return kind;
    }

    int blockBytes() {
        return kind.blockBytes();
    }

    Bench bench() {
        return bench;
    }

    Initiator initiator() {
        return initiator;
    }

    /** Another initiator, which has heard that it is new. */
    Initiator other() {
        Initiator other = bench.newInitiator("other");
        other.read(252, 0x03, 0, 0, 0, 252, 0);
        return other;
    }

    Witness witness() {
        return witness;
    }

    /** What is stored now. */
    byte[] stored(int lba, int count) {
        return array.contents((long) lba * blockBytes(), count * blockBytes());
    }

    /** What was stored at first. */
    byte[] pattern(int lba, int count) {
        byte[] bytes = new byte[count * blockBytes()];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) (1 + (lba + i / blockBytes()) % 251);
        }
        return bytes;
    }

    /** Other data than is stored. */
    byte[] fresh(int count) {
        byte[] bytes = new byte[count * blockBytes()];
        Arrays.fill(bytes, (byte) 0xFE);
        return bytes;
    }

    Answer send(Example.Request request) {
        return send(request.cdb(), request.out(), request.inBytes());
    }

    Answer send(int[] cdb, byte[] out, long inBytes) {
        return initiator
                .begin(TaskAttribute.SIMPLE, new ArrayTransfer(out, inBytes, false), cdb)
                .answer();
    }

    /** All that can be seen of the unit, but for its blocks: those are watched by the {@link Witness}. */
    String state() {
        StringJoiner state = new StringJoiner("\n").add("changes " + witness.changes());
        for (int[] question : QUESTIONS) {
            Answer answer = send(question, new byte[0], ROOM);
            state.add(answer.status() + " " + HexFormat.of().formatHex(answer.sense()) + " "
                    + HexFormat.of().formatHex(answer.data()));
        }
        return state.toString();
    }
}
