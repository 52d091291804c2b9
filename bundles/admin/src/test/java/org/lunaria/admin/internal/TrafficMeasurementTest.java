package org.lunaria.admin.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.lunaria.admin.Traffic;
import org.lunaria.iscsi.SessionTraffic;
import org.lunaria.scsi.Latency;
import org.lunaria.scsi.LatencyRecorder;
import org.lunaria.scsi.UnitTraffic;
import org.lunaria.scsi.UnitTraffic.Operations;

class TrafficMeasurementTest {
    private final LatencyRecorder reads = new LatencyRecorder(2);
    private final LatencyRecorder writes = new LatencyRecorder(2);
    private final List<UnitTraffic> units = new ArrayList<>();
    private final List<SessionTraffic> sessions = new ArrayList<>();
    private long nanos;
    private final TrafficMeasurement meter = new TrafficMeasurement(() -> units, () -> sessions, () -> nanos);

    @Test
    void ratesAreWhatCameBetweenTwoLooks() {
        unit(100, 50, 10, 1);
        meter.next();
        unit(300, 100, 30, 4);
        nanos += 2_000_000_000L;
        Traffic traffic = meter.next();
        Traffic.OfVolume volume = traffic.volumes().get(0);
        assertEquals(2, traffic.seconds());
        assertEquals(100, volume.readsPerSecond());
        assertEquals(25 + 1.5, volume.writesPerSecond());
        assertEquals(100 * 4096, volume.readBytesPerSecond());
        assertEquals(
                List.of("READ", "WRITE", "FLUSH", "WRITE_ZEROES"),
                volume.operations().stream().map(Traffic.Operations::kind).toList());
    }

    @Test
    void latencyIsOfTheReadsAndWritesThatEndedInBetween() {
        reads.record(9_000_000, 1);
        unit(1, 0, 0, 0);
        meter.next();
        reads.record(1_000_000, 99);
        writes.record(3_000_000, 1);
        unit(100, 1, 0, 0);
        Traffic.Latency latency = meter.next().volumes().get(0).latency();
        assertEquals(100, latency.count());
        assertEquals(1000, latency.p50Micros(), 10);
        assertEquals(3000, latency.longestMicros(), 30);
    }

    @Test
    void aVolumeThatBeganAnewCountsFromZero() {
        unit(1000, 0, 0, 0);
        meter.next();
        unit(10, 0, 0, 0);
        nanos += 1_000_000_000L;
        assertEquals(10, meter.next().volumes().get(0).readsPerSecond());
    }

    @Test
    void whatHasGoneIsNotThereAndWhatCameCountsWhole() {
        unit(10, 0, 0, 0);
        meter.next();
        units.clear();
        sessions.add(session(7, 4096));
        nanos += 1_000_000_000L;
        Traffic traffic = meter.next();
        assertEquals(List.of(), traffic.volumes());
        assertEquals(7, traffic.sessions().get(0).commandsPerSecond());
        sessions.set(0, session(10, 8192));
        nanos += 500_000_000L;
        assertEquals(6, meter.next().sessions().get(0).commandsPerSecond());
    }

    @Test
    void twoWhoMeasureDoNotDisturbEachOther() {
        TrafficMeasurement other = new TrafficMeasurement(() -> units, () -> sessions, () -> nanos);
        unit(10, 0, 0, 0);
        nanos += 1_000_000_000L;
        assertEquals(10, meter.next().volumes().get(0).readsPerSecond());
        assertEquals(10, other.next().volumes().get(0).readsPerSecond());
    }

    private void unit(long readCount, long writeCount, long flushes, long zeroes) {
        units.clear();
        units.add(new UnitTraffic(
                "a",
                0,
                0,
                List.of(
                        new Operations("READ", readCount, readCount * 4096, reads.latency()),
                        new Operations("WRITE", writeCount, writeCount * 4096, writes.latency()),
                        new Operations("FLUSH", flushes, 0, Latency.NONE),
                        new Operations("WRITE_ZEROES", zeroes, zeroes * 4096, Latency.NONE))));
    }

    private static SessionTraffic session(long commands, long bytes) {
        return new SessionTraffic("1", "iqn.x:a", "t", 0, commands, bytes, 0, Latency.NONE);
    }
}
