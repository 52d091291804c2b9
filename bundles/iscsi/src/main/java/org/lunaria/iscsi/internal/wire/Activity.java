package org.lunaria.iscsi.internal.wire;

import java.util.concurrent.atomic.AtomicInteger;

/** How many did something lately: in the present second, or in the one before it. Thread-safe. */
final class Activity {
    private final AtomicInteger now = new AtomicInteger();
    private volatile int before;
    private volatile int second = 1;

    /**
     * Somebody does something.
     *
     * @param since what this returned to it the last time, or 0
     */
    int note(int since) {
        int present = second;
        if (since != present) {
            now.incrementAndGet();
        }
        return present;
    }

    /** A second has passed. */
    void next() {
        second++;
        before = now.getAndSet(0);
    }

    /** At least one. */
    int count() {
        return Math.max(1, Math.max(before, now.get()));
    }
}
