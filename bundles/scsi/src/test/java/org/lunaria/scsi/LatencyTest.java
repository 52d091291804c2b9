package org.lunaria.scsi;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class LatencyTest {
    private final LatencyRecorder recorder = new LatencyRecorder(2);

    @Test
    void ofAThousandTheHundredthPartIsBehindThePercentile() {
        LongStream.rangeClosed(1, 1000).forEach(millis -> recorder.record(millis * 1_000_000, 1));
        Latency latency = recorder.latency();
        assertEquals(1000, latency.count());
        assertEquals(500, latency.percentileNanos(50) / 1e6, 5);
        assertEquals(990, latency.percentileNanos(99) / 1e6, 10);
        assertEquals(1000, latency.longestNanos() / 1e6, 10);
    }

    @Test
    void whatWasRecordedSinceALookIsKnownApart() {
        recorder.record(1_000_000, 4);
        Latency before = recorder.latency();
        recorder.record(9_000_000, 2);
        Latency since = recorder.latency().since(before);
        assertEquals(2, since.count());
        assertEquals(9, since.percentileNanos(1) / 1e6, 0.1);
        assertEquals(6, recorder.latency().count());
    }

    @Test
    void aRecorderThatBeganAnewIsNoLaterOne() {
        recorder.record(1_000_000, 4);
        LatencyRecorder next = new LatencyRecorder(2);
        next.record(2_000_000, 5);
        assertEquals(5, next.latency().since(recorder.latency()).count());
        assertEquals(5, next.latency().since(Latency.NONE).count());
    }

    @Test
    void nothingHasNoPercentile() {
        assertEquals(0, recorder.latency().percentileNanos(99));
        assertEquals(0, recorder.latency().longestNanos());
        recorder.record(1_000_000, 1);
        assertEquals(0, recorder.latency().since(recorder.latency()).percentileNanos(50));
    }

    @Test
    void whatNeverSeemsToEndCountsAsTheLongest() {
        recorder.record(Long.MAX_VALUE, 1);
        recorder.record(-1, 1);
        assertEquals(2, recorder.latency().count());
        assertEquals(LatencyRecorder.LONGEST_NANOS / 1e9, recorder.latency().longestNanos() / 1e9, 1);
    }

    @Test
    void twoKindsOfThingsCanBeTakenTogether() {
        recorder.record(1_000_000, 1);
        LatencyRecorder other = new LatencyRecorder(2);
        other.record(2_000_000, 1);
        LatencyRecorder coarse = new LatencyRecorder(1);
        coarse.record(3_000_000, 1);
        assertEquals(2, recorder.latency().with(other.latency()).count());
        Latency both = coarse.latency().with(other.latency());
        assertEquals(2, both.percentileNanos(50) / 1e6, 0.2);
        assertEquals(3, both.longestNanos() / 1e6, 0.3);
        assertEquals(1, recorder.latency().with(Latency.NONE).count());
    }
}
