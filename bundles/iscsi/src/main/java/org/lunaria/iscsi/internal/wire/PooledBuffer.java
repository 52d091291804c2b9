package org.lunaria.iscsi.internal.wire;

import java.nio.ByteBuffer;

/**
 * A direct buffer of a {@link BufferPool} with a count of references: it goes back to the pool with the last one.
 * Confined to one I/O thread while it is in use. Position and limit of {@link #bytes} mean nothing; access is by index.
 */
public final class PooledBuffer {
    private final BufferPool pool;
    private final Page page;
    private final int node;
    private final ByteBuffer bytes;
    private final ByteBuffer window;
    private int references;

    /** Guarded by the pool. */
    private Share share;

    /** @param node of the page's tree */
    PooledBuffer(BufferPool pool, Page page, int node, ByteBuffer bytes) {
        this.pool = pool;
        this.page = page;
        this.node = node;
        this.bytes = bytes;
        this.window = bytes.duplicate();
    }

    Page page() {
        return page;
    }

    int node() {
        return node;
    }

    /** What it counts for while it is in use; nobody's else. */
    Share share() {
        return share;
    }

    /** Whether it counts for a unit. */
    public boolean countsFor(Share unit) {
        return share == unit;
    }

    void share(Share next) {
        share = next;
    }

    public ByteBuffer bytes() {
        return bytes;
    }

    public int capacity() {
        return bytes.capacity();
    }

    /** A view of a part, position 0 to its length. A new object. */
    public ByteBuffer slice(int from, int length) {
        return bytes.slice(from, length);
    }

    /** The one reusable view: positioned on a part for a channel, good until it is asked for again. */
    ByteBuffer window(int from, int to) {
        return window.limit(to).position(from);
    }

    public void retain() {
        references++;
    }

    public void release() {
        if (references <= 0) {
            throw new IllegalStateException("a buffer was released more often than it was retained");
        }
        if (--references == 0) {
            pool.giveBack(this);
        }
    }

    /** Whether the caller's reference is the only one. */
    boolean unshared() {
        return references == 1;
    }
}
