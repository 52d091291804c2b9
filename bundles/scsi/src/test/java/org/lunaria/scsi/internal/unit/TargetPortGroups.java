package org.lunaria.scsi.internal.unit;

import java.nio.ByteBuffer;
import java.util.stream.Stream;
import org.lunaria.scsi.AccessState;
import org.lunaria.scsi.TaskAttribute;
import org.lunaria.scsi.internal.unit.Initiator.Sent;

/** REPORT and SET TARGET PORT GROUPS, as initiators send them. */
public final class TargetPortGroups {
    private TargetPortGroups() {}

    private static ByteBuffer report(Initiator initiator) {
        return initiator.read(1024, 0xA3, 0x0A, 0, 0, 0, 0, 0, 0, 4, 0, 0, 0).buffer();
    }

    /** Identifier of the initiator's group. */
    public static int group(Initiator initiator) {
        return Short.toUnsignedInt(report(initiator).getShort(6));
    }

    /** In which state it is said to be. */
    public static AccessState state(Initiator initiator) {
        int code = report(initiator).get(4) & 0x0F;
        return Stream.of(AccessState.values())
                .filter(state -> state.code() == code)
                .findFirst()
                .orElseThrow();
    }

    /** STATUS CODE: why. */
    public static int cause(Initiator initiator) {
        return report(initiator).get(9);
    }

    /** A parameter list that sets one group. */
    public static byte[] list(int state, int group) {
        return new byte[] {0, 0, 0, 0, (byte) state, 0, (byte) (group >> 8), (byte) group};
    }

    public static Answer set(Initiator by, AccessState state) {
        return send(by, list(state.code(), group(by)));
    }

    public static Answer send(Initiator by, byte[] list) {
        return by.write(list, 0xA4, 0x0A, 0, 0, 0, 0, 0, 0, 0, list.length, 0, 0);
    }

    /** One that is under way, maybe. */
    static Sent begin(Initiator by, AccessState state) {
        byte[] list = list(state.code(), group(by));
        return by.begin(
                TaskAttribute.SIMPLE,
                new ArrayTransfer(list, 0, false),
                0xA4,
                0x0A,
                0,
                0,
                0,
                0,
                0,
                0,
                0,
                list.length,
                0,
                0);
    }
}
