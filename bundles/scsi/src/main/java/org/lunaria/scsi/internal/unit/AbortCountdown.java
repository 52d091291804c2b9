package org.lunaria.scsi.internal.unit;

import java.util.concurrent.atomic.AtomicInteger;

/** Counts aborted tasks until all of them have ended, and then does something, once. Thread-safe. */
final class AbortCountdown {
    private final AtomicInteger left = new AtomicInteger(1);
    private final Runnable whenEnded;

    AbortCountdown(Runnable whenEnded) {
        this.whenEnded = whenEnded;
    }

    void add() {
        left.incrementAndGet();
    }

    /** A task has ended; or, once, all tasks were added. */
    void arrive() {
        if (left.decrementAndGet() == 0) {
            whenEnded.run();
        }
    }
}
