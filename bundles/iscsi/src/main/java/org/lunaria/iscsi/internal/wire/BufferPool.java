package org.lunaria.iscsi.internal.wire;

import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/**
 * The direct memory of the transport, and one budget for all of it: more than that is never held. Thread-safe.
 *
 * <p>Who brings new work asks first. A task reserves what it will take at most. A connection reads while there is
 * {@link #hasRoom room}, and else reserves what one read may bring. Who is refused draws a number and waits for its turn:
 * a task until no task or read before it waits, so that many small ones do not starve a large one, and those who are
 * listened to do not starve those who are not; a read until no read before it waits. What a read brings has its number.
 *
 * <p>How much may come that nobody has asked for depends on what is left below half of the budget: {@link Inflow}.
 *
 * <p>A part of the budget stays for what was not reserved: the buffers of the I/O threads, answers that an initiator is
 * slow to take, and data that an initiator sends unasked beside data that it was asked for. When that too is nearly used
 * up, there is no {@link #hasSpare spare}, and commands that bring such data are refused.
 *
 * <p>What is taken and reserved is put down to the {@link Share} of a logical unit. All units draw on one budget as long
 * as they give back; what {@link Share#isStuck stuck} ones have is taken off it, so that the others have a smaller pool, with
 * the same rules, and wait for nobody who is stuck. A stuck unit gets more while it has less than is left.
 */
public final class BufferPool {
    /** The largest buffer. */
    public static final int BUFFER_BYTES_MAX = Page.BYTES;

    /** How long a unit has to give something back. */
    private static final long LOOK_NANOS = TimeUnit.SECONDS.toNanos(1);

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
     * @param share of the unit; nobody's for a read
     * @param number those with lower ones come first
     * @param served runs when it is done
     */
    public record Waiter(Purpose purpose, Share share, long number, int bytes, Runnable served) {}

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
    private final LongSupplier nanoTime;
    private final AtomicLong numbers = new AtomicLong();
    private final Shares shares = new Shares();
    private final Share nobody = new Share();
    private final Activity activity = new Activity();
    private final Budget budget;
    private final Waiting waiting;
    private long takenBytes;
    private volatile boolean looked;
    private volatile long lookedNanos;

    /** @param budgetBytes at least 1 MiB */
    public BufferPool(long budgetBytes) {
        this(budgetBytes, System::nanoTime);
    }

    BufferPool(long budgetBytes, LongSupplier nanoTime) {
        if (budgetBytes < 1 << 20) {
            throw new IllegalArgumentException("a buffer pool of " + budgetBytes + " bytes; give at least 1 MiB");
        }
        this.nanoTime = nanoTime;
        this.pages = new Pages(this, (int) Math.min(budgetBytes / Slab.PAGE_FOOTPRINT_BYTES, Integer.MAX_VALUE));
        this.budget = new Budget(pages, shares);
        this.waiting = new Waiting(budget, shares);
    }

    /** What a unit has; the same for all who give its name. */
    public synchronized Share share(String unit) {
        return shares.of(unit);
    }

    /** For what is no unit's; never stuck. */
    public Share nobody() {
        return nobody;
    }

    /** A buffer that is no unit's. */
    public PooledBuffer take(int bytes) {
        return take(bytes, nobody);
    }

    /**
     * A buffer with one reference, which is the caller's.
     *
     * @param bytes that it holds at least, at most {@link #BUFFER_BYTES_MAX}
     * @param share that it counts for until it is given back
     * @throws IllegalStateException when the whole budget is used, which those who ask before do not let happen
     */
    public PooledBuffer take(int bytes, Share share) {
        return take(bytes, share, false);
    }

    /** Likewise, for a task that has reserved it. Until {@link #putBack} that is not reserved a second time. */
    public PooledBuffer takeReserved(int bytes, Share share) {
        return take(bytes, share, true);
    }

    private PooledBuffer take(int bytes, Share share, boolean reserved) {
        if (bytes > BUFFER_BYTES_MAX) {
            throw new IllegalArgumentException("a buffer of " + bytes + " bytes");
        }
        PooledBuffer buffer;
        synchronized (this) {
            buffer = pages.take(Page.order(bytes))
                    .orElseThrow(() -> new IllegalStateException("all buffers are in use: " + usage()));
            takenBytes += buffer.capacity();
            share.take(buffer.capacity());
            buffer.share(share);
            budget.takeReserved(reserved ? buffer.capacity() : 0);
        }
        buffer.bytes().clear();
        buffer.retain();
        return buffer;
    }

    /** A task may take again what it had taken, or needs it no more. */
    public synchronized void putBack(long bytes) {
        budget.takeReserved(-bytes);
    }

    /** From now on a buffer counts for another unit, or for nobody: it was of no use to the one that it counted for. */
    public synchronized void putDown(PooledBuffer buffer, Share share) {
        buffer.share().lose(buffer.capacity());
        buffer.share(share);
        share.take(buffer.capacity());
    }

    void giveBack(PooledBuffer buffer) {
        List<Waiter> served;
        synchronized (this) {
            takenBytes -= buffer.capacity();
            buffer.share().giveBack(buffer.capacity());
            buffer.share(nobody);
            pages.giveBack(buffer.page(), buffer);
            served = waiting.serve();
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
    public synchronized boolean tryReserve(Share share, long number, int bytes) {
        boolean served = waiting.mayPass(share, number, bytes);
        if (served) {
            budget.reserve(Purpose.TASK, share, bytes);
        }
        return served;
    }

    /**
     * Sets bytes of the budget aside as soon as it is possible, and has a callback run once when that is done: at once, or
     * on the thread that gives something back. It hands over to its own thread. Bound: one read for each connection, one task
     * for each unit of each session.
     */
    public Waiter await(Purpose purpose, Share share, long number, int bytes, Runnable callback) {
        Waiter waiter = new Waiter(purpose, share, number, bytes, callback);
        List<Waiter> served;
        synchronized (this) {
            waiting.add(waiter);
            served = waiting.serve();
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
            if (!waiting.remove(waiter)) {
                return false;
            }
            served = waiting.serve();
        }
        tell(served);
        return true;
    }

    /**
     * Gives up what was set aside.
     *
     * @param done whether what it was for was done, rather than aborted or refused: then the unit gives it back
     */
    public void unreserve(Purpose purpose, Share share, int bytes, boolean done) {
        if (bytes == 0) {
            return;
        }
        List<Waiter> served;
        synchronized (this) {
            budget.unreserve(purpose, share, bytes, done);
            served = waiting.serve();
        }
        tell(served);
    }

    /** Whether data may be read that nobody has reserved anything for. */
    public synchronized boolean hasRoom() {
        return waiting.noRead() && budget.hasRoom();
    }

    /**
     * Whether data that came unasked may be kept for a unit. One that is stuck, or may be, has to leave what is reserved, and a
     * part of the budget, to the others.
     */
    public synchronized boolean mayKeep(Share share) {
        return share == nobody ? budget.hasSpare() : budget.mayKeep(share, nanoTime);
    }

    /** Whether data may be kept that nobody has reserved anything for. */
    public synchronized boolean hasSpare() {
        return budget.hasSpare();
    }

    /**
     * How many bytes one session may be let send unasked: a part of what is left below half of the budget, where it can be
     * kept until its tasks start. All who send share that.
     */
    public long roomForOne() {
        int sessions = activity.count();
        synchronized (this) {
            return budget.roomForOne(sessions);
        }
    }

    /**
     * A session sends a command.
     *
     * @param since what this returned to it the last time, or 0
     */
    int active(int since) {
        return activity.note(since);
    }

    /** Bytes of the buffers that are in use. */
    public synchronized long takenBytes() {
        return takenBytes;
    }

    /** Bytes set aside. */
    public synchronized long reservedBytes() {
        return budget.reservedBytes();
    }

    public synchronized Usage usage() {
        return new Usage(pages.boundBytes(), pages.heldBytes(), pages.usedBytes(), reservedBytes(), waiting.count());
    }

    /**
     * Finds out who is stuck, once a second. To be called about as often by each who is there, by any thread.
     *
     * @param nanoTime as {@link System#nanoTime}
     */
    public void look(long nanoTime) {
        if (isLookDue(nanoTime)) {
            List<Waiter> served;
            synchronized (this) {
                if (!isLookDue(nanoTime)) {
                    return;
                }
                // A process that stood still shows nothing of its stores.
                boolean inTime = looked && nanoTime - lookedNanos < 3 * LOOK_NANOS;
                looked = true;
                lookedNanos = nanoTime;
                activity.next();
                shares.look(inTime, waiting::changeLine);
                served = waiting.serve();
            }
            tell(served);
        }
    }

    private boolean isLookDue(long nanoTime) {
        return !looked || nanoTime - lookedNanos >= LOOK_NANOS;
    }

    private static void tell(List<Waiter> served) {
        served.forEach(waiter -> waiter.served().run());
    }
}
