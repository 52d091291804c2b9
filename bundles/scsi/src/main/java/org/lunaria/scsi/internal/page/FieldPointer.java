package org.lunaria.scsi.internal.page;

/**
 * Field pointer sense-key specific data: which field of a request was wrong (SPC-4 4.5.2.4.2). Immutable.
 *
 * @param inCdb whether the field is in the CDB, else in the parameter list (the C/D bit)
 * @param byteIndex first byte of the field
 * @param bit most significant bit of the field
 */
public record FieldPointer(boolean inCdb, int byteIndex, int bit) implements SenseKeySpecific {
    private static final int COMMAND_DATA = 0x40;
    private static final int BIT_POINTER_VALID = 0x08;

    public static FieldPointer cdb(BitField field) {
        return new FieldPointer(true, field.byteIndex(), field.bit());
    }

    /** A whole byte of the parameter list. */
    public static FieldPointer parameter(int byteIndex) {
        return new FieldPointer(false, byteIndex, 7);
    }

    @Override
    public void put(byte[] sense, int at) {
        sense[at] = (byte) (VALID | (inCdb ? COMMAND_DATA : 0) | BIT_POINTER_VALID | bit);
        sense[at + 1] = (byte) (byteIndex >> 8);
        sense[at + 2] = (byte) byteIndex;
    }
}
