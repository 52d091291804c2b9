package org.lunaria.iscsi.internal.wire;

import java.util.zip.CRC32C;

/**
 * The CRC32C of a header or a data segment (RFC 7143 13.1), taken where the bytes lie. Used again and again; allocates
 * nothing. Confined to one I/O thread.
 */
public final class Checksum {
    private final CRC32C crc = new CRC32C();

    /** Forgets what it has seen. */
    public Checksum begin() {
        crc.reset();
        return this;
    }

    /** Adds the bytes of a part of a buffer. */
    public Checksum add(PooledBuffer buffer, int from, int length) {
        crc.update(buffer.window(from, from + length));
        return this;
    }

    public Checksum add(byte[] bytes, int from, int length) {
        crc.update(bytes, from, length);
        return this;
    }

    /** Adds padding. */
    public Checksum addZeroes(int count) {
        for (int index = 0; index < count; index++) {
            crc.update(0);
        }
        return this;
    }

    /** The digest as a big-endian word: on the wire its least significant byte comes first. */
    public int digest() {
        return Integer.reverseBytes((int) crc.getValue());
    }
}
