package org.lunaria.scsi.internal.slot;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.lunaria.backend.BlockBackend;

/**
 * One backend's time in a slot: how many operations are with it, and whether it takes more. Admission and count are one
 * atomic word, so that nothing is admitted behind the back of a drain. Thread-safe.
 */
final class Attachment {
    /** Set in {@link #admitted} when nothing more is admitted; the bits below count what is in flight. */
    private static final int CLOSED = Integer.MIN_VALUE;

    private final BlockBackend backend;
    private final Guard guard;
    private final AtomicInteger admitted = new AtomicInteger();
    private final CountDownLatch drained = new CountDownLatch(1);

    Attachment(BlockBackend backend, Counters counters) {
        this.backend = backend;
        this.guard = new Guard(backend, counters);
    }

    BlockBackend backend() {
        return backend;
    }

    Guard guard() {
        return guard;
    }

    /** Takes one operation in; each true is followed by one {@link #leave}. */
    boolean admit() {
        int now;
        do {
            now = admitted.get();
            if (now < 0) {
                return false;
            }
        } while (!admitted.compareAndSet(now, now + 1));
        return true;
    }

    void leave() {
        if (admitted.decrementAndGet() == CLOSED) {
            drained.countDown();
        }
    }

    void close() {
        if (admitted.getAndUpdate(now -> now | CLOSED) == 0) {
            drained.countDown();
        }
    }

    boolean isClosed() {
        return admitted.get() < 0;
    }

    int inFlight() {
        return admitted.get() & ~CLOSED;
    }

    /** Waits until what was admitted has left, after {@link #close}. */
    boolean awaitDrained(long millis) throws InterruptedException {
        return drained.await(millis, TimeUnit.MILLISECONDS);
    }
}
