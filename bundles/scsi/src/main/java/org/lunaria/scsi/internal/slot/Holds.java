package org.lunaria.scsi.internal.slot;

import java.util.concurrent.TimeUnit;

/**
 * How long operations have been held because the backend was being exchanged or was not there. Thread-safe; its lock is a
 * leaf.
 */
final class Holds {
    private boolean holding;
    private long beganNanos;
    private long lastNanos;
    private long longestNanos;

    /** Nothing is admitted from now on. Without effect while it is so already. */
    synchronized void begin() {
        if (!holding) {
            holding = true;
            beganNanos = System.nanoTime();
        }
    }

    /** Operations are admitted again. */
    synchronized void end() {
        if (holding) {
            holding = false;
            lastNanos = System.nanoTime() - beganNanos;
            longestNanos = Math.max(longestNanos, lastNanos);
        }
    }

    synchronized long lastMillis() {
        return millis(lastNanos);
    }

    synchronized long longestMillis() {
        return millis(longestNanos);
    }

    /** Rounded up, so that a hold is never nothing. */
    private static long millis(long nanos) {
        return TimeUnit.NANOSECONDS.toMillis(nanos + TimeUnit.MILLISECONDS.toNanos(1) - 1);
    }
}
