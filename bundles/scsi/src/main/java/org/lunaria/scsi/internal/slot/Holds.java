package org.lunaria.scsi.internal.slot;

import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.lunaria.scsi.UnitHold;

/**
 * How long operations have been held because the backend was being exchanged or was not there. Thread-safe; its lock is a
 * leaf.
 */
final class Holds {
    /** How many of the last are remembered one by one. */
    private static final int REMEMBERED = 8;

    private final InstantSource clock;
    private final Deque<UnitHold> last = new ArrayDeque<>();
    private Instant began = Instant.EPOCH;
    private boolean holding;
    private long beganNanos;
    private long lastNanos;
    private long longestNanos;

    /** @param clock tells when they began */
    Holds(InstantSource clock) {
        this.clock = clock;
    }

    /** Nothing is admitted from now on. Without effect while it is so already. */
    synchronized void begin() {
        if (!holding) {
            holding = true;
            began = clock.instant();
            beganNanos = System.nanoTime();
        }
    }

    /** Operations are admitted again. */
    synchronized void end() {
        if (holding) {
            holding = false;
            lastNanos = System.nanoTime() - beganNanos;
            longestNanos = Math.max(longestNanos, lastNanos);
            if (last.size() == REMEMBERED) {
                last.removeFirst();
            }
            last.addLast(new UnitHold(began, millis(lastNanos)));
        }
    }

    /** The last ones, in their order. */
    synchronized List<UnitHold> remembered() {
        return List.copyOf(last);
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
