package org.lunaria.iscsi.internal.wire;

import java.nio.ByteBuffer;

/**
 * A part of a pooled buffer. Immutable; who keeps one holds a reference to the buffer.
 *
 * @param from index of the first byte in the buffer
 * @param length in bytes
 */
public record Region(PooledBuffer buffer, int from, int length) {

    /** A view of the bytes from position 0. A new object. */
    public ByteBuffer slice() {
        return buffer.slice(from, length);
    }

    /** The bytes copied to an array. */
    public byte[] toArray() {
        byte[] copy = new byte[length];
        buffer.bytes().get(from, copy);
        return copy;
    }

    public Region part(int offset, int bytes) {
        return new Region(buffer, from + offset, bytes);
    }
}
