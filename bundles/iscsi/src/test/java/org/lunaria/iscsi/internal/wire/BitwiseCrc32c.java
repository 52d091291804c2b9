package org.lunaria.iscsi.internal.wire;

/** CRC32C bit by bit, as RFC 7143 13.1 defines it: what tests compare with. */
public final class BitwiseCrc32c {
    private static final int REFLECTED_POLYNOMIAL = 0x82F63B78;

    private BitwiseCrc32c() {}

    /** The four bytes of a digest as a big-endian word. */
    public static int digest(byte[] bytes, int from, int length) {
        int remainder = -1;
        for (int index = from; index < from + length; index++) {
            remainder ^= bytes[index] & 0xFF;
            for (int bit = 0; bit < Byte.SIZE; bit++) {
                remainder = remainder >>> 1 ^ (remainder & 1) * REFLECTED_POLYNOMIAL;
            }
        }
        return Integer.reverseBytes(~remainder);
    }
}
