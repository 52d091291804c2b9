package org.lunaria.scsi.internal.copy;

import java.util.Arrays;
import org.lunaria.scsi.internal.page.BitField;

/**
 * An identification CSCD descriptor (SPC-4 6.4.5.3), which names a copy source or a copy destination. Immutable; the array
 * is not to be changed.
 *
 * @param at where it is in the parameter list
 * @param nul the obsolete bit that says that there is no device
 * @param deviceType PERIPHERAL DEVICE TYPE
 * @param initiatorPort RELATIVE INITIATOR PORT IDENTIFIER, by which the copy manager is to reach it
 * @param blockBytes DISK BLOCK LENGTH, or 0 for what it is
 */
public record Cscd(
        int at,
        boolean nul,
        int deviceType,
        int initiatorPort,
        int codeSet,
        int association,
        int designatorType,
        byte[] designator,
        int blockBytes) {

    public static final int TYPE_CODE = 0xE4;

    static final int LENGTH_BYTES = 32;

    /** CSCD descriptor ID of the unit that the command was sent to (SPC-4 6.4.6.1). */
    public static final int THIS_UNIT = 0xFFFF;

    private static final BitField NUL = new BitField(1, 5, 1);
    private static final BitField PERIPHERAL_DEVICE_TYPE = new BitField(1, 4, 5);
    private static final BitField RELATIVE_INITIATOR_PORT_IDENTIFIER = BitField.bytes(2, 2);
    private static final BitField CODE_SET = new BitField(4, 3, 4);
    private static final BitField ASSOCIATION = new BitField(5, 5, 2);
    private static final BitField DESIGNATOR_TYPE = new BitField(5, 3, 4);
    private static final int DESIGNATOR_LENGTH_AT = 7;
    private static final int DESIGNATOR_AT = 8;
    private static final int DESIGNATOR_MAX_BYTES = 20;
    private static final BitField DISK_BLOCK_LENGTH = BitField.bytes(29, 3);

    static Cscd of(byte[] list, int at) throws InvalidCopyList {
        byte[] bytes = Arrays.copyOfRange(list, at, at + LENGTH_BYTES);
        int length = bytes[DESIGNATOR_LENGTH_AT] & 0xFF;
        if (length == 0 || length > DESIGNATOR_MAX_BYTES) {
            throw InvalidCopyList.field(at + DESIGNATOR_LENGTH_AT);
        }
        return new Cscd(
                at,
                NUL.isSet(bytes),
                (int) PERIPHERAL_DEVICE_TYPE.get(bytes),
                (int) RELATIVE_INITIATOR_PORT_IDENTIFIER.get(bytes),
                (int) CODE_SET.get(bytes),
                (int) ASSOCIATION.get(bytes),
                (int) DESIGNATOR_TYPE.get(bytes),
                Arrays.copyOfRange(bytes, DESIGNATOR_AT, DESIGNATOR_AT + length),
                (int) DISK_BLOCK_LENGTH.get(bytes));
    }
}
