package org.lunaria.scsi.internal.nolies;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.lunaria.scsi.internal.nolies.Example.in;
import static org.lunaria.scsi.internal.nolies.Example.none;
import static org.lunaria.scsi.internal.nolies.Example.out;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.lunaria.scsi.ScsiStatus;
import org.lunaria.scsi.internal.nolies.Example.Request;
import org.lunaria.scsi.internal.unit.Initiator;

/** Examples of RESERVE, RELEASE, PERSISTENT RESERVE IN and OUT. */
final class ReservationExamples {
    private static final int ROOM = 4096;
    private static final int IN = 0x5E;
    private static final int OUT = 0x5F;

    private static final int REGISTER = 0;
    private static final int RESERVE = 1;
    private static final int RELEASE = 2;
    private static final int CLEAR = 3;
    private static final int PREEMPT = 4;
    private static final int PREEMPT_AND_ABORT = 5;
    private static final int REGISTER_AND_IGNORE = 6;
    private static final int REGISTER_AND_MOVE = 7;
    private static final int REPLACE_LOST = 8;

    private static final int EXCLUSIVE_ACCESS = 3;

    private ReservationExamples() {}

    static List<Example> all() {
        List<Example> all = new ArrayList<>();
        for (int reserve : new int[] {0x16, 0x56}) {
            all.add(Example.of(reserve)
                    .sends(none(reserve, 0, 0, 0, 0, 0, 0, 0, 0, 0))
                    .then((stand, answer) -> assertConflict(true, stand.other())));
            all.add(Example.of(reserve + 1)
                    .sends(stand -> {
                        stand.initiator().command(reserve);
                        return none(reserve + 1, 0, 0, 0, 0, 0, 0, 0, 0, 0);
                    })
                    .then((stand, answer) -> assertConflict(false, stand.other())));
        }
        all.add(ask(0).then((stand, answer) -> assertEquals(1, answer.buffer().getLong(8))));
        all.add(ask(1).then((stand, answer) -> assertEquals(EXCLUSIVE_ACCESS, answer.data()[21])));
        all.add(ask(2).then((stand, answer) -> assertEquals(8, answer.buffer().getShort(0))));
        all.add(ask(3).then((stand, answer) -> assertEquals(1, answer.buffer().getLong(8))));

        all.add(change(REGISTER, stand -> out(list(0, 1), cdb(REGISTER, 0, 24)))
                .then((stand, answer) -> assertKeys(stand, 1)));
        all.add(change(REGISTER_AND_IGNORE, stand -> out(list(7, 1), cdb(REGISTER_AND_IGNORE, 0, 24)))
                .then((stand, answer) -> assertKeys(stand, 1)));
        all.add(change(RESERVE, stand -> {
                    register(stand.initiator(), 1);
                    return out(list(1, 0), cdb(RESERVE, EXCLUSIVE_ACCESS, 24));
                })
                .then((stand, answer) -> assertConflict(true, stand.other())));
        all.add(change(RELEASE, stand -> {
                    reserve(stand.initiator(), 1);
                    return out(list(1, 0), cdb(RELEASE, EXCLUSIVE_ACCESS, 24));
                })
                .then((stand, answer) -> assertConflict(false, stand.other())));
        all.add(change(CLEAR, stand -> {
                    reserve(stand.initiator(), 1);
                    return out(list(1, 0), cdb(CLEAR, 0, 24));
                })
                .then((stand, answer) -> assertKeys(stand)));
        for (int preempt : new int[] {PREEMPT, PREEMPT_AND_ABORT}) {
            all.add(change(preempt, stand -> {
                        reserve(stand.other(), 2);
                        register(stand.initiator(), 1);
                        return out(list(1, 2), cdb(preempt, EXCLUSIVE_ACCESS, 24));
                    })
                    .then((stand, answer) -> assertKeys(stand, 1)));
        }
        all.add(change(REGISTER_AND_MOVE, ReservationExamples::move).then((stand, answer) -> assertKeys(stand, 1, 9)));
        all.add(change(REPLACE_LOST, stand -> out(list(0, 3), cdb(REPLACE_LOST, EXCLUSIVE_ACCESS, 24)))
                .onStand(Stand::withLostReservations)
                .then((stand, answer) -> assertKeys(stand, 3)));
        return all;
    }

    private static Example ask(int action) {
        return Example.of(IN, action)
                .sends(stand -> {
                    reserve(stand.initiator(), 1);
                    return in(ROOM, IN, action, 0, 0, 0, 0, 0, ROOM >> 8, 0, 0);
                })
                .allocates(7, 2);
    }

    private static Example change(int action, Function<Stand, Request> request) {
        return Example.of(OUT, action)
                .sends(request)
                .limits(2, 7, 4)
                .limits(2, 3, 4)
                .lists(5, 4);
    }

    private static int[] cdb(int action, int type, int listBytes) {
        return new int[] {OUT, action, type, 0, 0, 0, 0, 0, listBytes, 0};
    }

    private static byte[] list(long key, long actionKey) {
        return ByteBuffer.allocate(24).putLong(key).putLong(actionKey).array();
    }

    private static void register(Initiator by, long key) {
        by.write(list(0, key), cdb(REGISTER, 0, 24));
    }

    private static void reserve(Initiator by, long key) {
        register(by, key);
        by.write(list(key, 0), cdb(RESERVE, EXCLUSIVE_ACCESS, 24));
    }

    /** REGISTER AND MOVE: the reservation goes to the other initiator. */
    private static Request move(Stand stand) {
        Initiator other = stand.other();
        reserve(stand.initiator(), 1);
        byte[] name = other.nexus().initiatorPort().getBytes(StandardCharsets.UTF_8);
        int idBytes = name.length + 4 - name.length % 4;
        byte[] list = ByteBuffer.allocate(28 + idBytes)
                .putLong(1)
                .putLong(9)
                .putShort((short) 0)
                .putShort((short) 1)
                .putInt(4 + idBytes)
                .put((byte) 0x45)
                .put((byte) 0)
                .putShort((short) idBytes)
                .put(name)
                .array();
        return out(list, cdb(REGISTER_AND_MOVE, 0, list.length));
    }

    private static void assertConflict(boolean conflicts, Initiator other) {
        assertEquals(
                conflicts ? ScsiStatus.RESERVATION_CONFLICT : ScsiStatus.GOOD,
                other.read(8, 0x5A, 0, 0x0A, 0, 0, 0, 0, 0, 8, 0).status());
    }

    private static void assertKeys(Stand stand, long... keys) {
        ByteBuffer data = stand.initiator()
                .read(ROOM, IN, 0, 0, 0, 0, 0, 0, ROOM >> 8, 0, 0)
                .buffer();
        ByteBuffer expected = ByteBuffer.allocate(8 * keys.length);
        for (long key : keys) {
            expected.putLong(key);
        }
        assertEquals(expected.flip(), data.position(8));
    }
}
