package org.lunaria.scsi.internal.page;

/**
 * Where a field stands in a CDB or a page, in the notation of the standards: big-endian, bit 7 the most significant of a
 * byte. Immutable.
 *
 * @param byteIndex byte of the most significant bit
 * @param bit the most significant bit within that byte, 0 to 7
 * @param bits width, 0 to 64; more than 56 only if the last bit is a byte's last
 */
public record BitField(int byteIndex, int bit, int bits) {

    /** A field that is not there: always zero. */
    public static final BitField ABSENT = new BitField(0, 7, 0);

    public BitField {
        boolean endsInByte = (bits - bit - 1) % 8 != 0;
        if (byteIndex < 0 || bit < 0 || bit > 7 || bits < 0 || bits > (endsInByte ? 56 : 64)) {
            throw new IllegalArgumentException("field at byte " + byteIndex + " bit " + bit + " width " + bits);
        }
    }

    /** Whole bytes from {@code byteIndex} on. */
    public static BitField bytes(int byteIndex, int count) {
        return new BitField(byteIndex, 7, 8 * count);
    }

    /** The value, unsigned; a field of 64 bits may come out negative. */
    public long get(byte[] source) {
        if (bits == 0) {
            return 0;
        }
        int at = byteIndex;
        int read = bit + 1;
        long value = source[at] & ((1 << read) - 1);
        while (read < bits) {
            value = value << 8 | source[++at] & 0xFF;
            read += 8;
        }
        return value >>> (read - bits);
    }

    public boolean isSet(byte[] source) {
        return get(source) != 0;
    }

    /** Sets the field and leaves the bits around it. */
    public void put(byte[] target, long value) {
        for (int i = 0; i < bits; i++) {
            int fromTop = 7 - bit + i;
            int mask = 0x80 >> (fromTop & 7);
            int at = byteIndex + (fromTop >> 3);
            if ((value >>> (bits - 1 - i) & 1) != 0) {
                target[at] |= (byte) mask;
            } else {
                target[at] &= (byte) ~mask;
            }
        }
    }

    /** The largest value that fits; -1 for 64 bits, which is the same pattern. */
    public long max() {
        return bits == 64 ? -1 : (1L << bits) - 1;
    }
}
