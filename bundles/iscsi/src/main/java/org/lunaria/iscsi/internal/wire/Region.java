package org.lunaria.iscsi.internal.wire;

import java.nio.ByteBuffer;

/**
 * A part of a pooled buffer. Immutable; who keeps one holds a reference to the buffer.
 *
 * @param from index of the first byte in the buffer
 * @param length in bytes
 */
public record Region(PooledBuffer buffer, int from, int length) {
    /** No bytes, and no buffer: only {@link #length} and {@link #toArray} may be asked. */
    public static final Region EMPTY = new Region(null, 0, 0);

    /** A view of the bytes from position 0. A new object. */
    public ByteBuffer slice() {
        return buffer.slice(from, length);
    }

    /** The bytes copied to an array. */
    public byte[] toArray() {
        byte[] copy = new byte[length];
        if (length > 0) {
            buffer.bytes().get(from, copy);
        }
        return copy;
    }

    public Region part(int offset, int bytes) {
        return new Region(buffer, from + offset, bytes);
    }
}
