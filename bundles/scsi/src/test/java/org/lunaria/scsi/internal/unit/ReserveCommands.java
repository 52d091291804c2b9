package org.lunaria.scsi.internal.unit;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.lunaria.scsi.ScsiStatus;
import org.lunaria.scsi.SenseCode;
import org.lunaria.scsi.TaskAttribute;
import org.lunaria.scsi.internal.reservation.ReservationType;
import org.lunaria.scsi.internal.reservation.ReserveIn;
import org.lunaria.scsi.internal.reservation.ReserveOutAction;
import org.lunaria.scsi.internal.unit.Initiator.Sent;

/** PERSISTENT RESERVE IN and OUT, as an initiator sends them and reads what comes. */
final class ReserveCommands {
    static final int APTPL = 0x01;
    static final int ALL_TG_PT = 0x04;
    static final int SPEC_I_PT = 0x08;
    static final int UNREG = 0x02;

    private ReserveCommands() {}

    static Answer register(Initiator by, long key, long actionKey) {
        return out(by, ReserveOutAction.REGISTER, 0, list(key, actionKey, 0));
    }

    static Answer register(Initiator by, long key, long actionKey, int flags, byte[]... ids) {
        return out(by, ReserveOutAction.REGISTER, 0, list(key, actionKey, flags, ids));
    }

    static Answer reserve(Initiator by, long key, ReservationType type) {
        return out(by, ReserveOutAction.RESERVE, type.code(), list(key, 0, 0));
    }

    static Answer release(Initiator by, long key, ReservationType type) {
        return out(by, ReserveOutAction.RELEASE, type.code(), list(key, 0, 0));
    }

    static Answer clear(Initiator by, long key) {
        return out(by, ReserveOutAction.CLEAR, 0, list(key, 0, 0));
    }

    static Answer preempt(Initiator by, long key, long actionKey, ReservationType type) {
        return out(by, ReserveOutAction.PREEMPT, type.code(), list(key, actionKey, 0));
    }

    static Answer move(Initiator by, long key, long actionKey, int flags, int port, byte[] id) {
        byte[] list = ByteBuffer.allocate(24 + id.length)
                .putLong(key)
                .putLong(actionKey)
                .put((byte) 0)
                .put((byte) flags)
                .putShort((short) port)
                .putInt(id.length)
                .put(id)
                .array();
        return out(by, ReserveOutAction.REGISTER_AND_MOVE, 0, list);
    }

    static Answer out(Initiator by, ReserveOutAction action, int scopeAndType, byte[] list) {
        return begin(by, action, scopeAndType, list).answer();
    }

    static Sent begin(Initiator by, ReserveOutAction action, int scopeAndType, byte[] list) {
        return by.begin(
                TaskAttribute.SIMPLE,
                new ArrayTransfer(list, 0, false),
                0x5F,
                action.code(),
                scopeAndType,
                0,
                0,
                list.length >> 24,
                list.length >> 16 & 0xFF,
                list.length >> 8 & 0xFF,
                list.length & 0xFF,
                0);
    }

    /** The basic parameter list; with TransportIDs where there are some, or SPEC_I_PT asks for them. */
    static byte[] list(long key, long actionKey, int flags, byte[]... ids) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        Arrays.stream(ids).forEach(all::writeBytes);
        ByteBuffer list = ByteBuffer.allocate(24 + ((flags & SPEC_I_PT) != 0 ? 4 + all.size() : 0));
        list.putLong(key).putLong(actionKey).putInt(0).put((byte) flags);
        if ((flags & SPEC_I_PT) != 0) {
            list.putInt(24, all.size()).position(28);
            list.put(all.toByteArray());
        }
        return list.array();
    }

    /** The TransportID of a port (format 01b), or of a device where the name has no ISID. */
    static byte[] transportId(String name) {
        byte[] text = name.getBytes(StandardCharsets.UTF_8);
        int padded = Math.max(20, text.length + 4 - text.length % 4);
        return ByteBuffer.allocate(4 + padded)
                .put((byte) (name.contains(",i,") ? 0x45 : 0x05))
                .put((byte) 0)
                .putShort((short) padded)
                .put(text)
                .array();
    }

    static byte[] in(Initiator by, ReserveIn action) {
        return by.read(65535, 0x5E, action.code(), 0, 0, 0, 0, 0, 0xFF, 0xFF, 0).data();
    }

    static int generation(Initiator by) {
        return ByteBuffer.wrap(in(by, ReserveIn.READ_KEYS)).getInt();
    }

    static List<Long> keys(Initiator by) {
        ByteBuffer data = ByteBuffer.wrap(in(by, ReserveIn.READ_KEYS)).position(8);
        List<Long> keys = new ArrayList<>();
        while (data.hasRemaining()) {
            keys.add(data.getLong());
        }
        return keys;
    }

    /** "none", or key and type of the reservation. */
    static String reservation(Initiator by) {
        ByteBuffer data = ByteBuffer.wrap(in(by, ReserveIn.READ_RESERVATION));
        return data.getInt(4) == 0 ? "none" : data.getLong(8) + " " + data.get(21);
    }

    /** Key, initiator's name, relative port, then "all" and "holds TYPE" where they apply; for each registration. */
    static List<String> fullStatus(Initiator by) {
        ByteBuffer data = ByteBuffer.wrap(in(by, ReserveIn.READ_FULL_STATUS)).position(8);
        List<String> status = new ArrayList<>();
        while (data.hasRemaining()) {
            int at = data.position();
            int idBytes = data.getInt(at + 20);
            byte[] id = new byte[idBytes];
            data.get(at + 24, id);
            String name = new String(id, 4, idBytes - 4, StandardCharsets.UTF_8).replace("\0", "");
            int flags = data.get(at + 12);
            status.add(data.getLong(at) + " " + name.replaceAll(".*:(.*),i,.*", "$1") + " " + data.getShort(at + 18)
                    + ((flags & 2) != 0 ? " all" : "") + ((flags & 1) != 0 ? " holds " + data.get(at + 13) : ""));
            data.position(at + 24 + idBytes);
        }
        return status;
    }

    static void assertGood(Answer answer) {
        assertEquals(ScsiStatus.GOOD, answer.status());
    }

    static void assertConflict(Answer answer) {
        assertEquals(ScsiStatus.RESERVATION_CONFLICT, answer.status());
    }

    static void assertHears(SenseCode attention, Initiator initiator) {
        assertEquals(attention, initiator.command(0x00).code());
        assertGood(initiator.command(0x00));
    }

    static void assertHearsNothing(Initiator initiator) {
        assertGood(initiator.command(0x00));
    }
}
