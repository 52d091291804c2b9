package org.lunaria.scsi;

import java.util.concurrent.TimeUnit;
import org.HdrHistogram.AtomicHistogram;
import org.HdrHistogram.Histogram;

/**
 * Takes down how long things took, by any thread, without a lock and without garbage. Takes up no memory before the first.
 * Thread-safe.
 */
public final class LatencyRecorder {
    /** What took longer counts as this. */
    public static final long LONGEST_NANOS = TimeUnit.SECONDS.toNanos(100);

    private static final long SHORTEST_NANOS = 256;

    private final int figures;

    private volatile AtomicHistogram histogram;

    /** @param figures that are right: with one it takes 4 KiB, with two 24 KiB */
    public LatencyRecorder(int figures) {
        this.figures = figures;
    }

    /** @param times how many things it stands for, where only one in so many is timed */
    public void record(long nanos, int times) {
        AtomicHistogram present = histogram;
        if (present == null) {
            present = begin();
        }
        present.recordValueWithCount(Math.max(0, Math.min(nanos, LONGEST_NANOS)), times);
    }

    /** What was recorded so far; may miss what is being recorded. */
    public Latency latency() {
        AtomicHistogram present = histogram;
        if (present == null) {
            return Latency.NONE;
        }
        Histogram copy = empty(figures);
        copy.add(present);
        return new Latency(this, copy);
    }

    static Histogram empty(int figures) {
        return new Histogram(SHORTEST_NANOS, LONGEST_NANOS, figures);
    }

    private synchronized AtomicHistogram begin() {
        if (histogram == null) {
            histogram = new AtomicHistogram(SHORTEST_NANOS, LONGEST_NANOS, figures);
        }
        return histogram;
    }
}
