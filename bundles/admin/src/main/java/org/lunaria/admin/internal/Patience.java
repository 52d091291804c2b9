package org.lunaria.admin.internal;

import java.time.Duration;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.lunaria.admin.ApplianceException;

/**
 * Waits, for a bounded time, until what others do has come about. Components and services change asynchronously and have
 * no common event, so this looks again and again; it is for administrators' threads only. Thread-safe.
 */
final class Patience {
    /** How long it takes at most until a component has taken its configuration. */
    static final Duration FOR_A_CHANGE = Duration.ofSeconds(5);

    /** How long it takes at most until a component is gone: a slot may drain for 10 seconds. */
    static final Duration FOR_AN_END = Duration.ofSeconds(15);

    private static final long INTERVAL_MILLIS = 10;

    private final LongSupplier nanoTime;
    private final Pause pause;

    /** Lets time pass; in tests by hand. */
    interface Pause {
        void millis(long millis) throws InterruptedException;
    }

    /** @param nanoTime a clock as {@link System#nanoTime} */
    Patience(LongSupplier nanoTime, Pause pause) {
        this.nanoTime = nanoTime;
        this.pause = pause;
    }

    /**
     * Asks until the answer is final or the time is over.
     *
     * @return the last answer
     */
    Progress await(Duration atMost, Supplier<Progress> question) {
        long begin = nanoTime.getAsLong();
        while (true) {
            Progress progress = question.get();
            if (!(progress instanceof Progress.Pending) || nanoTime.getAsLong() - begin >= atMost.toNanos()) {
                return progress;
            }
            try {
                pause.millis(INTERVAL_MILLIS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new ApplianceException("interrupted while waiting; nothing was changed.", e);
            }
        }
    }
}
