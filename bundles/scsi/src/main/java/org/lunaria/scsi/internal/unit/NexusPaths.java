package org.lunaria.scsi.internal.unit;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.function.Function;
import java.util.function.Supplier;
import org.lunaria.scsi.EventListener;
import org.lunaria.scsi.LatencyRecorder;
import org.lunaria.scsi.LunMap;
import org.lunaria.scsi.Nexus;
import org.lunaria.scsi.internal.command.Lun;
import org.lunaria.scsi.internal.page.PortIdentity;
import org.lunaria.scsi.internal.page.Sense;
import org.lunaria.scsi.internal.page.SenseFormat;
import org.lunaria.scsi.internal.page.TargetPortGroup;
import org.lunaria.scsi.internal.reservation.NexusName;

/**
 * What an initiator reaches over one I_T nexus: its access to each unit that it sees of the target. Thread-safe; changes are
 * made by the target, one at a time.
 */
final class NexusPaths {
    private final Nexus nexus;
    private final PortIdentity port;
    private final NexusName name;
    private final Supplier<LunMap> luns;
    private final EventListener events;
    private final Executor later;
    private final LatencyRecorder latencies = new LatencyRecorder(1);
    private volatile boolean begun;
    private final Map<Integer, LunAccess> accesses = new ConcurrentHashMap<>();
    private final UnitAttentions wellKnownAttentions = new UnitAttentions(condition -> {});

    /**
     * @param luns what the nexus sees
     * @param events hears of its unit attentions, once {@link #begin} was called
     * @param later runs short work on another thread
     */
    NexusPaths(
            Nexus nexus,
            String deviceName,
            TargetPortGroup group,
            Supplier<LunMap> luns,
            EventListener events,
            Executor later) {
        this.nexus = nexus;
        this.port = new PortIdentity(deviceName, nexus.targetPort(), nexus.relativePort(), group);
        this.name = new NexusName(nexus.initiatorPort(), deviceName, nexus.targetPort(), nexus.relativePort());
        this.luns = luns;
        this.events = events;
        this.later = later;
        wellKnownAttentions.establish(UnitAttention.POWER_ON);
    }

    /** Those of the well known logical unit; no event goes with them, as the units have theirs. */
    UnitAttentions wellKnownAttentions() {
        return wellKnownAttentions;
    }

    Nexus nexus() {
        return nexus;
    }

    PortIdentity port() {
        return port;
    }

    /** Hears how long each of its commands took. */
    LatencyRecorder latencies() {
        return latencies;
    }

    /** From now on there may be commands, and events. */
    void begin() {
        begun = true;
    }

    /** A unit attention was established. */
    void event(int lun, UnitAttention condition, SenseFormat format) {
        if (begun && condition != UnitAttention.POWER_ON) {
            events.event(Lun.encode(lun), format.encode(Sense.of(condition.code())));
        }
    }

    /** By which reservations know the nexus. */
    NexusName name() {
        return name;
    }

    Optional<LunAccess> find(int lun) {
        return Optional.ofNullable(accesses.get(lun));
    }

    Iterable<LunAccess> all() {
        return accesses.values();
    }

    /** By ascending number. */
    List<LunAccess> reachable() {
        return accesses.entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .map(Map.Entry::getValue)
                .toList();
    }

    void later(Runnable work) {
        later.execute(work);
    }

    int[] luns() {
        return accesses.keySet().stream().mapToInt(lun -> lun).sorted().toArray();
    }

    void lunsReported() {
        wellKnownAttentions.clear(UnitAttention.LUNS_CHANGE);
        accesses.values().forEach(access -> access.attentions().clear(UnitAttention.LUNS_CHANGE));
    }

    /**
     * Makes the accesses those that the nexus sees now: what stays the same keeps its tasks, what goes aborts them.
     *
     * @param units finds a unit by name
     */
    void remap(Function<String, Optional<LogicalUnit>> units) {
        LunMap seen = luns.get();
        boolean changed = removeAllBut(seen, units);
        for (Map.Entry<Integer, LunMap.Mapping> entry : seen.units().entrySet()) {
            LunMap.Mapping mapping = entry.getValue();
            LunAccess known = accesses.get(entry.getKey());
            if (known != null) {
                known.mapReadOnly(mapping.readOnly());
                continue;
            }
            Optional<LogicalUnit> unit = units.apply(mapping.unit());
            if (unit.isPresent()) {
                LunAccess added = new LunAccess(this, entry.getKey(), unit.get(), mapping.readOnly());
                unit.get().nexuses().join(added);
                unit.get().accessStates().dropOutdated(port.group());
                accesses.put(entry.getKey(), added);
                changed = true;
            }
        }
        if (changed) {
            wellKnownAttentions.establish(UnitAttention.LUNS_CHANGE);
            accesses.values().forEach(access -> access.attentions().establish(UnitAttention.LUNS_CHANGE));
        }
    }

    /** The nexus is lost: its tasks are aborted and counted. */
    void close(AbortCountdown countdown) {
        accesses.values().forEach(access -> drop(access, countdown));
        accesses.clear();
    }

    private boolean removeAllBut(LunMap seen, Function<String, Optional<LogicalUnit>> units) {
        return accesses.entrySet().removeIf(entry -> {
            LunMap.Mapping mapping = seen.units().get(entry.getKey());
            LunAccess access = entry.getValue();
            boolean stays = mapping != null
                    && units.apply(mapping.unit())
                            .filter(unit -> unit == access.unit())
                            .isPresent();
            if (!stays) {
                drop(access, new AbortCountdown(() -> {}));
            }
            return !stays;
        });
    }

    private static void drop(LunAccess access, AbortCountdown countdown) {
        access.unit().nexuses().part(access);
        access.close(countdown);
    }
}
