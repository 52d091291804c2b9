package org.lunaria.admin.internal;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;
import org.lunaria.admin.Traffic;
import org.lunaria.admin.TrafficMeter;
import org.lunaria.iscsi.SessionTraffic;
import org.lunaria.scsi.Latency;
import org.lunaria.scsi.UnitTraffic;
import org.lunaria.scsi.UnitTraffic.Operations;

/** Takes what the engine and the transport have counted, and makes of two looks what came between. Thread-safe. */
final class TrafficMeasurement implements TrafficMeter {
    private static final String READ = "READ";
    private static final Set<String> WRITES = Set.of("WRITE", "WRITE_ZEROES");
    private static final Operations NONE = new Operations("", 0, 0, Latency.NONE);
    private static final double NANOS = 1e9;
    private static final double NANOS_OF_MICRO = 1e3;
    private static final double MEDIAN = 50;
    private static final double NEARLY_ALL = 99;

    private final Supplier<List<UnitTraffic>> units;
    private final Supplier<List<SessionTraffic>> sessions;
    private final LongSupplier nanoTime;
    private Look last;

    /** What was counted at a moment. */
    private record Look(long nanos, Map<String, UnitTraffic> units, Map<String, SessionTraffic> sessions) {}

    /** @param nanoTime a clock as {@link System#nanoTime} */
    TrafficMeasurement(
            Supplier<List<UnitTraffic>> units, Supplier<List<SessionTraffic>> sessions, LongSupplier nanoTime) {
        this.units = units;
        this.sessions = sessions;
        this.nanoTime = nanoTime;
        this.last = look(units.get(), sessions.get());
    }

    @Override
    public synchronized Traffic next() {
        List<UnitTraffic> allUnits = units.get();
        List<SessionTraffic> allSessions = sessions.get();
        Look before = last;
        last = look(allUnits, allSessions);
        double seconds = Math.max(1, last.nanos() - before.nanos()) / NANOS;
        return new Traffic(
                Instant.now(),
                rounded(seconds, 3),
                allUnits.stream()
                        .sorted((one, other) -> one.name().compareTo(other.name()))
                        .map(now -> volume(now, before.units().get(now.name()), seconds))
                        .toList(),
                allSessions.stream()
                        .map(now -> session(now, before.sessions().get(now.id()), seconds))
                        .toList());
    }

    private Look look(List<UnitTraffic> allUnits, List<SessionTraffic> allSessions) {
        return new Look(
                nanoTime.getAsLong(),
                allUnits.stream().collect(Collectors.toMap(UnitTraffic::name, Function.identity())),
                allSessions.stream().collect(Collectors.toMap(SessionTraffic::id, Function.identity())));
    }

    private static Traffic.OfVolume volume(UnitTraffic now, UnitTraffic before, double seconds) {
        List<Operations> since = now.operations().stream()
                .map(each -> since(each, before == null ? NONE : find(before, each.kind())))
                .toList();
        List<Operations> reads =
                since.stream().filter(each -> each.kind().equals(READ)).toList();
        List<Operations> writes =
                since.stream().filter(each -> WRITES.contains(each.kind())).toList();
        return new Traffic.OfVolume(
                now.name(),
                rate(sum(reads, Operations::count), seconds),
                rate(sum(writes, Operations::count), seconds),
                Math.round(sum(reads, Operations::bytes) / seconds),
                Math.round(sum(writes, Operations::bytes) / seconds),
                latency(ofReadsAndWrites(since)),
                now.inFlight(),
                now.held(),
                since.stream()
                        .map(each -> new Traffic.Operations(
                                each.kind(),
                                rate(each.count(), seconds),
                                Math.round(each.bytes() / seconds),
                                latency(each.latency())))
                        .toList());
    }

    static Latency ofReadsAndWrites(List<Operations> operations) {
        return operations.stream()
                .filter(each -> each.kind().equals(READ) || WRITES.contains(each.kind()))
                .map(Operations::latency)
                .reduce(Latency.NONE, Latency::with);
    }

    /** A unit that was restarted meanwhile has begun to count anew. */
    private static Operations since(Operations now, Operations before) {
        return now.count() < before.count()
                ? now
                : new Operations(
                        now.kind(),
                        now.count() - before.count(),
                        now.bytes() - before.bytes(),
                        now.latency().since(before.latency()));
    }

    private static Operations find(UnitTraffic unit, String kind) {
        return unit.operations().stream()
                .filter(each -> each.kind().equals(kind))
                .findFirst()
                .orElse(NONE);
    }

    private static Traffic.OfSession session(SessionTraffic now, SessionTraffic before, double seconds) {
        boolean isNew = before == null;
        return new Traffic.OfSession(
                now.id(),
                now.initiator(),
                now.target(),
                rate(now.commands() - (isNew ? 0 : before.commands()), seconds),
                Math.round((now.dataInBytes() - (isNew ? 0 : before.dataInBytes())) / seconds),
                Math.round((now.dataOutBytes() - (isNew ? 0 : before.dataOutBytes())) / seconds),
                latency(isNew ? now.latency() : now.latency().since(before.latency())),
                now.tasks());
    }

    static Traffic.Latency latency(Latency latency) {
        return new Traffic.Latency(
                latency.count(),
                micros(latency.percentileNanos(MEDIAN)),
                micros(latency.percentileNanos(NEARLY_ALL)),
                micros(latency.longestNanos()));
    }

    private static long sum(List<Operations> operations, ToLongFunction<Operations> what) {
        return operations.stream().mapToLong(what).sum();
    }

    private static double micros(long nanos) {
        return rounded(nanos / NANOS_OF_MICRO, 1);
    }

    private static double rate(long count, double seconds) {
        return rounded(count / seconds, 1);
    }

    private static double rounded(double value, int digits) {
        double scale = Math.pow(10, digits);
        return Math.round(value * scale) / scale;
    }
}
