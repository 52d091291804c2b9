package org.lunaria.iscsi.internal.wire;

import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * {@link #BYTES} of direct memory, cut into halves, quarters and so on as they are needed; a part that is given back
 * joins its other half when that is free too (a buddy system). Confined to the {@link Pages} that it belongs to.
 */
final class Page {
    static final int BYTES = 256 * 1024;
    static final int SMALLEST_BYTES = 4096;

    /** Sizes of parts: order 0 is the smallest, the last one the whole. */
    static final int ORDERS = 1 + Integer.numberOfTrailingZeros(BYTES / SMALLEST_BYTES);

    private static final int NODES = 2 * BYTES / SMALLEST_BYTES;

    private final BufferPool pool;
    private final ByteBuffer memory;

    /**
     * By node of the tree of parts, 1 being the whole and 2n and 2n + 1 the halves of n: 1 more than the order of the largest
     * free part in it, 0 when there is none. What is below a part that is taken as one is not looked at, and stays free.
     */
    private final byte[] free = new byte[NODES];

    /** Made when a part is taken the first time. */
    private final PooledBuffer[] buffers = new PooledBuffer[NODES];

    /** Neighbours in the list of {@link Pages} that this is in. */
    Page previous;

    Page next;

    /** @param memory of {@link #BYTES} */
    Page(BufferPool pool, ByteBuffer memory) {
        this.pool = pool;
        this.memory = memory;
        for (int order = 0; order < ORDERS; order++) {
            int first = 1 << ORDERS - 1 - order;
            Arrays.fill(free, first, 2 * first, (byte) (order + 1));
        }
    }

    static int order(int bytes) {
        return Math.max(0, Integer.SIZE - Integer.numberOfLeadingZeros((bytes - 1) / SMALLEST_BYTES));
    }

    static int bytes(int order) {
        return SMALLEST_BYTES << order;
    }

    /** 1 more than the order of the largest part that can be taken; 0 when there is none. */
    int largest() {
        return free[1];
    }

    boolean isIdle() {
        return free[1] == ORDERS;
    }

    /** Takes a part, where the least that suffices is free; there is one. */
    PooledBuffer take(int order) {
        int node = 1;
        for (int wider = ORDERS - 1; wider > order; wider--) {
            int left = free[2 * node];
            int right = free[2 * node + 1];
            boolean goLeft = right <= order || left > order && left <= right;
            node = goLeft ? 2 * node : 2 * node + 1;
        }
        free[node] = 0;
        tellUpwards(node, order);
        return buffer(node, order);
    }

    void giveBack(PooledBuffer buffer) {
        int order = order(buffer.capacity());
        free[buffer.node()] = (byte) (order + 1);
        tellUpwards(buffer.node(), order);
    }

    private void tellUpwards(int changed, int order) {
        int whole = order + 1;
        for (int node = changed / 2; node > 0; node /= 2) {
            int left = free[2 * node];
            int right = free[2 * node + 1];
            free[node] = (byte) (left == whole && right == whole ? whole + 1 : Math.max(left, right));
            whole++;
        }
    }

    private PooledBuffer buffer(int node, int order) {
        if (buffers[node] == null) {
            int index = node - (1 << ORDERS - 1 - order);
            buffers[node] = new PooledBuffer(pool, this, node, memory.slice(index * bytes(order), bytes(order)));
        }
        return buffers[node];
    }
}
