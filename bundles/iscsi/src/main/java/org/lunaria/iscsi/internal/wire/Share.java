package org.lunaria.iscsi.internal.wire;

import java.util.Comparator;
import java.util.PriorityQueue;
import java.util.Queue;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * What one logical unit has of a {@link BufferPool}, by whichever targets and sessions its commands come. Guarded by the
 * pool, but for {@link #isStuck}, which anybody may ask.
 *
 * <p>A unit is stuck that gave back less than an eighth of what it has within a second, by commands that were done: its
 * store is silent, or so slow that more memory would not make it quicker. What it has then is of no use to the others, and no longer counts as a part
 * of the budget; its tasks wait in a line of their own.
 */
public final class Share {
    /** A part of what it has, which it gives back within a second at least. */
    private static final int GIVES_BACK = 8;

    /** How long nothing may come back on a machine that has much else to do. */
    private static final long PATIENCE_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

    private final Queue<BufferPool.Waiter> line =
            new PriorityQueue<>(Comparator.comparingLong(BufferPool.Waiter::number));
    private long takenBytes;
    private long reservedBytes;
    private int waiting;

    /** Given back since {@link #look}. */
    private long givenBytes;

    /** Taken since it gave anything back. */
    private long owedBytes;

    /** Whether somebody saw that this was much, and when. */
    private boolean owesMuch;

    private long owesMuchSinceNanos;
    private volatile boolean stuck;

    Share() {}

    /** Whether it gives nothing back, or too little. */
    public boolean isStuck() {
        return stuck;
    }

    /** Its tasks that wait while it is stuck. */
    Queue<BufferPool.Waiter> line() {
        return line;
    }

    void take(int bytes) {
        takenBytes += bytes;
        owedBytes += bytes;
    }

    /** A buffer is no longer the unit's, and was of no use to it. */
    void lose(int bytes) {
        takenBytes -= bytes;
        owedBytes -= Math.min(owedBytes, bytes);
    }

    void giveBack(int bytes) {
        takenBytes -= bytes;
        given(bytes);
    }

    void reserve(int bytes) {
        if (reservedBytes == 0) {
            owesNothing();
        }
        reservedBytes += bytes;
    }

    /** A task begins to wait for a reservation. */
    void waits() {
        waiting++;
    }

    void waitsNoLonger() {
        waiting--;
    }

    /** Whether it can give nothing back, because it waits for others to do so. */
    private boolean isKeptWaiting() {
        return waiting > 0 && reservedBytes == 0;
    }

    /**
     * Whether it gives nothing back, as far as that can be told before anybody knows whether it is stuck.
     *
     * @param much so many bytes it may have taken since it gave anything back, and more for a tenth of a second
     * @param most so many at any time
     * @param nanoTime as {@link System#nanoTime}; asked only when it owes much
     */
    boolean givesNothingBack(long much, long most, LongSupplier nanoTime) {
        if (isKeptWaiting()) {
            return false;
        }
        if (stuck || owedBytes > most) {
            return true;
        }
        if (owedBytes <= much) {
            return false;
        }
        long now = nanoTime.getAsLong();
        if (!owesMuch) {
            owesMuch = true;
            owesMuchSinceNanos = now;
        }
        return now - owesMuchSinceNanos >= PATIENCE_NANOS;
    }

    /** @param done whether it was for something that was done, rather than aborted or refused */
    void unreserve(int bytes, boolean done) {
        reservedBytes -= bytes;
        if (done) {
            given(bytes);
        }
    }

    private void given(int bytes) {
        givenBytes += bytes;
        owesNothing();
    }

    private void owesNothing() {
        owedBytes = 0;
        owesMuch = false;
    }

    /** In buffers. */
    long takenBytes() {
        return takenBytes;
    }

    long reservedBytes() {
        return reservedBytes;
    }

    /** What it has, or may still take: a reservation covers most of the buffers. */
    long bytes() {
        return Math.max(takenBytes, reservedBytes);
    }

    /**
     * Finds out whether it is stuck.
     *
     * @param inTime whether the last look was about a second ago: else it shows nothing
     * @return whether that has changed
     */
    boolean look(boolean inTime) {
        boolean before = stuck;
        boolean slow = givenBytes * GIVES_BACK < bytes() && !isKeptWaiting();
        stuck = inTime ? slow : before && slow;
        givenBytes = 0;
        return stuck != before;
    }
}
