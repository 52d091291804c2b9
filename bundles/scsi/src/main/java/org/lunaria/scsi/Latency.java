package org.lunaria.scsi;

import org.HdrHistogram.Histogram;

/**
 * How long things took that a {@link LatencyRecorder} was told of, as counts by duration, right to one or two figures
 * from a quarter of a microsecond to {@link LatencyRecorder#LONGEST_NANOS}. Immutable.
 */
public final class Latency {
    /** Nothing was recorded. */
    public static final Latency NONE = new Latency(new Object(), LatencyRecorder.empty(1));

    private final Object recorder;

    /** Never changed. */
    private final Histogram histogram;

    Latency(Object recorder, Histogram histogram) {
        this.recorder = recorder;
        this.histogram = histogram;
    }

    /** How many durations there are. */
    public long count() {
        return histogram.getTotalCount();
    }

    /** So many of a hundred took no longer; 0 where there are none. */
    public long percentileNanos(double percent) {
        return count() == 0 ? 0 : histogram.getValueAtPercentile(percent);
    }

    /** The longest; 0 where there are none. */
    public long longestNanos() {
        return count() == 0 ? 0 : histogram.getMaxValue();
    }

    /** What came after an earlier look at the same recorder; where that was another, which began anew, everything. */
    public Latency since(Latency before) {
        if (before.recorder != recorder || before.count() == 0) {
            return this;
        }
        Histogram rest = histogram.copy();
        rest.subtract(before.histogram);
        return new Latency(recorder, rest);
    }

    /** These and others together. */
    public Latency with(Latency other) {
        if (other.count() == 0) {
            return this;
        }
        if (count() == 0) {
            return other;
        }
        Histogram both = histogram.copy();
        both.add(other.histogram);
        return new Latency(new Object(), both);
    }
}
