package org.lunaria.iscsi.internal.wire;

import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * The direct memory of the transport: buffers in sizes that are powers of two, used again last in, first out, and one
 * budget for all of them. Thread-safe.
 *
 * <p>Taking a buffer never fails. Instead who brings new work asks first: a task {@link #tryReserve reserves} what it
 * will take at most, and a connection reads on only while there is {@link #hasRoom room}. Who was refused leaves a
 * callback with {@link #whenRoom}. So the memory in use stays under the budget and what one read event of each
 * connection can bring.
 */
public final class BufferPool {
    private static final int SMALLEST_SHIFT = 12;
    private static final int CLASSES = 24 - SMALLEST_SHIFT + 1;

    /** Parts of the budget that reservations may take: the rest is for data that nobody asked for, and for output. */
    private static final double RESERVABLE = 0.75;

    private static final Runnable[] NOBODY = {};

    private final long budgetBytes;
    private final long reservableBytes;
    private final Deque<PooledBuffer>[] free;
    private final Deque<Runnable> waiting = new ArrayDeque<>();
    private long takenBytes;
    private long idleBytes;
    private long reservedBytes;

    /** @param budgetBytes at least 1 MiB */
    public BufferPool(long budgetBytes) {
        if (budgetBytes < 1 << 20) {
            throw new IllegalArgumentException("a buffer pool of " + budgetBytes + " bytes; give at least 1 MiB");
        }
        this.budgetBytes = budgetBytes;
        this.reservableBytes = (long) (budgetBytes * RESERVABLE);
        @SuppressWarnings({"unchecked", "rawtypes"})
        Deque<PooledBuffer>[] lists = new Deque[CLASSES];
        for (int index = 0; index < CLASSES; index++) {
            lists[index] = new ArrayDeque<>();
        }
        this.free = lists;
    }

    /**
     * A buffer with one reference, which is the caller's.
     *
     * @param bytes that it holds at least, at most 16 MiB
     */
    public PooledBuffer take(int bytes) {
        int index = sizeClass(bytes);
        PooledBuffer buffer;
        synchronized (this) {
            int size = 1 << index + SMALLEST_SHIFT;
            takenBytes += size;
            buffer = free[index].pollFirst();
            if (buffer != null) {
                idleBytes -= size;
            } else {
                trim(size);
            }
        }
        if (buffer == null) {
            buffer = new PooledBuffer(this, ByteBuffer.allocateDirect(1 << index + SMALLEST_SHIFT));
        }
        buffer.retain();
        return buffer;
    }

    void giveBack(PooledBuffer buffer) {
        Runnable[] wake;
        synchronized (this) {
            takenBytes -= buffer.capacity();
            idleBytes += buffer.capacity();
            free[sizeClass(buffer.capacity())].addFirst(buffer);
            trim(0);
            wake = awakened();
        }
        run(wake);
    }

    /** Sets bytes of the budget aside for a task that is about to start, or says that there are not so many now. */
    public synchronized boolean tryReserve(int bytes) {
        if (!fits(bytes)) {
            return false;
        }
        reservedBytes += bytes;
        return true;
    }

    /** Whether so many may be reserved; a first reservation always, so that something goes on. */
    private boolean fits(int bytes) {
        return takenBytes < budgetBytes && (reservedBytes == 0 || reservedBytes + bytes <= reservableBytes);
    }

    /** Gives up what {@link #tryReserve} set aside. */
    public void unreserve(int bytes) {
        if (bytes == 0) {
            return;
        }
        Runnable[] wake;
        synchronized (this) {
            reservedBytes -= bytes;
            wake = awakened();
        }
        run(wake);
    }

    /** Whether new data may be taken in. */
    public synchronized boolean hasRoom() {
        return takenBytes < budgetBytes;
    }

    /**
     * Has a callback run once: at once when there is room already, else when something is given back, on the thread that
     * does. It hands over to its own thread and tries again. Bound: one callback for each connection and one for each
     * session.
     *
     * @param bytes that are to be reserved, or 0
     */
    public void whenRoom(int bytes, Runnable callback) {
        synchronized (this) {
            if (!fits(bytes)) {
                waiting.addLast(callback);
                return;
            }
        }
        callback.run();
    }

    /** Bytes of the buffers that are in use. */
    public synchronized long takenBytes() {
        return takenBytes;
    }

    /** Bytes set aside. */
    public synchronized long reservedBytes() {
        return reservedBytes;
    }

    private Runnable[] awakened() {
        if (waiting.isEmpty() || takenBytes >= budgetBytes) {
            return NOBODY;
        }
        Runnable[] all = waiting.toArray(NOBODY);
        waiting.clear();
        return all;
    }

    private static void run(Runnable[] callbacks) {
        for (Runnable callback : callbacks) {
            callback.run();
        }
    }

    /** Lets idle buffers go, largest first, when they and {@code more} bytes would pass the budget. */
    private void trim(int more) {
        for (int index = CLASSES - 1; index >= 0 && idleBytes > 0 && takenBytes + idleBytes + more > budgetBytes; ) {
            PooledBuffer oldest = free[index].pollLast();
            if (oldest == null) {
                index--;
            } else {
                idleBytes -= oldest.capacity();
            }
        }
    }

    private static int sizeClass(int bytes) {
        return Math.max(0, Integer.SIZE - Integer.numberOfLeadingZeros(bytes - 1) - SMALLEST_SHIFT);
    }
}
