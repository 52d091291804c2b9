package org.lunaria.iscsi.internal.wire;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.Queue;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The direct memory of the transport, and one budget for all of it: more than that is never held. Thread-safe.
 *
 * <p>Who brings new work asks first. A task reserves what it will take at most. A connection reads while there is
 * {@link #hasRoom room}, and else reserves what one read may bring. Who is refused draws a number and waits for its turn:
 * a task until no task or read before it waits, so that many small ones do not starve a large one, and those who are
 * listened to do not starve those who are not; a read until no read before it waits. What a read brings has its number.
 *
 * <p>A part of the budget stays for what was not reserved: the buffers of the I/O threads, answers that an initiator is
 * slow to take, and data that an initiator sends unasked beside data that it was asked for. When that too is nearly used
 * up, there is no {@link #hasSpare spare}, and commands that bring such data are refused.
 */
public final class BufferPool {
    /** The largest buffer. */
    public static final int BUFFER_BYTES_MAX = Page.BYTES;

    /** Part of the budget that reservations may take, and above which nothing is read that nobody asked for. */
    private static final double RESERVABLE = 0.75;

    /** What is left alone at the end of the budget: more than the largest reservation of a task. */
    private static final long SPARE_BYTES = 2L << 20;

    /** What a reservation is for. */
    public enum Purpose {
        /** Has then all that it needs, and gives it back together with what it has already. */
        TASK,
        /** May bring work that waits for more. */
        READ
    }

    /** The number of who has drawn none: it comes after all that wait. */
    public static final long NO_NUMBER = Long.MAX_VALUE;

    /**
     * Who waits for a reservation, or has been served. Immutable.
     *
     * @param number those with lower ones come first
     * @param served runs when it is done
     */
    public record Waiter(Purpose purpose, long number, int bytes, Runnable served) {}

    /**
     * A snapshot, in bytes.
     *
     * @param budget the most that may be held
     * @param held direct memory that was allocated, and is kept
     * @param used the part of it that is not free, with what small buffers keep from being used as a whole
     * @param reserved set aside for tasks and reads
     * @param waiting tasks and connections that wait for memory; a count
     */
    public record Usage(long budget, long held, long used, long reserved, int waiting) {}

    private final Pages pages;
    private final AtomicLong numbers = new AtomicLong();
    private final Queue<Waiter> tasks = new PriorityQueue<>(Comparator.comparingLong(Waiter::number));
    private final Queue<Waiter> reads = new PriorityQueue<>(Comparator.comparingLong(Waiter::number));
    private long takenBytes;
    private long reservedForTasks;
    private long reservedForReads;

    /** @param budgetBytes at least 1 MiB */
    public BufferPool(long budgetBytes) {
        if (budgetBytes < 1 << 20) {
            throw new IllegalArgumentException("a buffer pool of " + budgetBytes + " bytes; give at least 1 MiB");
        }
        this.pages = new Pages(this, (int) Math.min(budgetBytes / Slab.PAGE_FOOTPRINT_BYTES, Integer.MAX_VALUE));
    }

    /**
     * A buffer with one reference, which is the caller's.
     *
     * @param bytes that it holds at least, at most {@link #BUFFER_BYTES_MAX}
     * @throws IllegalStateException when the whole budget is used, which those who ask before do not let happen
     */
    public PooledBuffer take(int bytes) {
        if (bytes > BUFFER_BYTES_MAX) {
            throw new IllegalArgumentException("a buffer of " + bytes + " bytes");
        }
        PooledBuffer buffer;
        synchronized (this) {
            buffer = pages.take(Page.order(bytes))
                    .orElseThrow(() -> new IllegalStateException("all buffers are in use: " + usage()));
            takenBytes += buffer.capacity();
        }
        buffer.bytes().clear();
        buffer.retain();
        return buffer;
    }

    void giveBack(PooledBuffer buffer) {
        List<Waiter> served;
        synchronized (this) {
            takenBytes -= buffer.capacity();
            pages.giveBack(buffer.page(), buffer);
            served = serve();
        }
        tell(served);
    }

    /** What a buffer of so many bytes takes, or for more than {@link #BUFFER_BYTES_MAX} several of them. */
    public static int costBytes(int bytes) {
        return bytes <= BUFFER_BYTES_MAX
                ? Page.bytes(Page.order(bytes))
                : (bytes + BUFFER_BYTES_MAX - 1) / BUFFER_BYTES_MAX * BUFFER_BYTES_MAX;
    }

    /** Draws a number. */
    public long number() {
        return numbers.getAndIncrement();
    }

    /** Sets bytes of the budget aside for a task, or says that this is not possible now, or not before others who wait. */
    public synchronized boolean tryReserve(long number, int bytes) {
        if (number > first(tasks) || !mayBeServed(Purpose.TASK, number, bytes)) {
            return false;
        }
        reserve(Purpose.TASK, bytes);
        return true;
    }

    /**
     * Sets bytes of the budget aside as soon as it is possible, and has a callback run once when that is done: at once, or
     * on the thread that gives something back. It hands over to its own thread. Bound: one of each purpose for each
     * connection.
     */
    public Waiter await(Purpose purpose, long number, int bytes, Runnable callback) {
        Waiter waiter = new Waiter(purpose, number, bytes, callback);
        List<Waiter> served;
        synchronized (this) {
            queue(purpose).add(waiter);
            served = serve();
        }
        tell(served);
        return waiter;
    }

    /**
     * Waits no longer.
     *
     * @return false when the bytes have been set aside: the callback has run or is going to, and they are to be given up
     */
    public boolean cancel(Waiter waiter) {
        List<Waiter> served;
        synchronized (this) {
            if (!queue(waiter.purpose()).remove(waiter)) {
                return false;
            }
            served = serve();
        }
        tell(served);
        return true;
    }

    /** Gives up what was set aside. */
    public void unreserve(Purpose purpose, int bytes) {
        if (bytes == 0) {
            return;
        }
        List<Waiter> served;
        synchronized (this) {
            reserve(purpose, -bytes);
            served = serve();
        }
        tell(served);
    }

    /** Whether data may be read that nobody has reserved anything for. */
    public synchronized boolean hasRoom() {
        return reads.isEmpty() && pages.usedBytes() < reservableBytes();
    }

    /** Whether data may be kept that nobody has reserved anything for. */
    public synchronized boolean hasSpare() {
        return leftBytes() >= spareBytes();
    }

    /** Bytes of the buffers that are in use. */
    public synchronized long takenBytes() {
        return takenBytes;
    }

    /** Bytes set aside. */
    public synchronized long reservedBytes() {
        return reservedForTasks + reservedForReads;
    }

    public synchronized Usage usage() {
        return new Usage(
                pages.boundBytes(), pages.heldBytes(), pages.usedBytes(), reservedBytes(), tasks.size() + reads.size());
    }

    private Queue<Waiter> queue(Purpose purpose) {
        return switch (purpose) {
            case TASK -> tasks;
            case READ -> reads;
        };
    }

    private void reserve(Purpose purpose, int bytes) {
        switch (purpose) {
            case TASK -> reservedForTasks += bytes;
            case READ -> reservedForReads += bytes;
        }
    }

    /** Whether so many may be reserved. What a task has taken of its reservation counts twice, to be on the safe side. */
    private boolean fits(Purpose purpose, int bytes) {
        long reserved = reservedForReads + (purpose == Purpose.TASK ? reservedForTasks : 0);
        return pages.usedBytes() + reserved + bytes <= reservableBytes();
    }

    /**
     * Whether so many are to be reserved although they do not fit, because nothing is: else nothing might ever be given
     * back. A read may always go on then: what has begun to come has its place, and what is new is kept only while there is
     * {@link #hasSpare spare}.
     */
    private boolean mustBeServed(Purpose purpose, int bytes) {
        return reservedBytes() == 0 && (purpose == Purpose.READ || bytes <= leftBytes());
    }

    private long reservableBytes() {
        return (long) (pages.boundBytes() * RESERVABLE);
    }

    private long leftBytes() {
        return pages.boundBytes() - pages.usedBytes();
    }

    private long spareBytes() {
        return Math.min(SPARE_BYTES, pages.boundBytes() / 8);
    }

    /** Whether it may be served, who is the first of its kind. */
    private boolean mayBeServed(Purpose purpose, long number, int bytes) {
        boolean inTurn = purpose == Purpose.READ || number <= first(reads);
        return inTurn && fits(purpose, bytes) || mustBeServed(purpose, bytes);
    }

    private static long first(Queue<Waiter> queue) {
        return queue.isEmpty() ? NO_NUMBER : queue.peek().number();
    }

    /** Takes those out of the queues who are served. */
    private List<Waiter> serve() {
        if (tasks.isEmpty() && reads.isEmpty()) {
            return List.of();
        }
        List<Waiter> served = new ArrayList<>();
        List<Queue<Waiter>> order = first(reads) < first(tasks) ? List.of(reads, tasks) : List.of(tasks, reads);
        for (Queue<Waiter> queue : order) {
            for (Waiter next = queue.peek(); next != null && mayBeServed(next); next = queue.peek()) {
                reserve(next.purpose(), next.bytes());
                served.add(queue.remove());
            }
        }
        return served;
    }

    private boolean mayBeServed(Waiter first) {
        return mayBeServed(first.purpose(), first.number(), first.bytes());
    }

    private static void tell(List<Waiter> served) {
        served.forEach(waiter -> waiter.served().run());
    }
}
