package org.lunaria.scsi.internal.unit;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.lunaria.scsi.LunMap;
import org.lunaria.scsi.Nexus;
import org.lunaria.scsi.internal.page.PortIdentity;

/**
 * What an initiator reaches over one I_T nexus: its access to each unit of the target. Thread-safe; changes are made by the
 * target, one at a time.
 */
final class NexusPaths {
    private final Nexus nexus;
    private final PortIdentity port;
    private final Map<Integer, LunAccess> accesses = new ConcurrentHashMap<>();

    NexusPaths(Nexus nexus, String deviceName) {
        this.nexus = nexus;
        this.port = new PortIdentity(deviceName, nexus.targetPort(), nexus.relativePort());
    }

    Nexus nexus() {
        return nexus;
    }

    PortIdentity port() {
        return port;
    }

    Optional<LunAccess> find(int lun) {
        return Optional.ofNullable(accesses.get(lun));
    }

    Iterable<LunAccess> all() {
        return accesses.values();
    }

    int[] luns() {
        return accesses.keySet().stream().mapToInt(lun -> lun).sorted().toArray();
    }

    void lunsReported() {
        accesses.values().forEach(access -> access.attentions().clear(UnitAttention.LUNS_CHANGE));
    }

    /**
     * Makes the accesses those of a mapping: what stays the same keeps its tasks, what goes aborts them.
     *
     * @param units finds a unit by name
     */
    void remap(LunMap luns, Function<String, Optional<LogicalUnit>> units) {
        boolean changed = removeAllBut(luns, units);
        for (Map.Entry<Integer, LunMap.Mapping> entry : luns.units().entrySet()) {
            LunMap.Mapping mapping = entry.getValue();
            LunAccess known = accesses.get(entry.getKey());
            if (known != null) {
                known.mapReadOnly(mapping.readOnly());
                continue;
            }
            Optional<LogicalUnit> unit = units.apply(mapping.unit());
            if (unit.isPresent()) {
                LunAccess added = new LunAccess(this, unit.get(), mapping.readOnly());
                unit.get().join(added);
                accesses.put(entry.getKey(), added);
                changed = true;
            }
        }
        if (changed) {
            accesses.values().forEach(access -> access.attentions().establish(UnitAttention.LUNS_CHANGE));
        }
    }

    /** The nexus is lost. */
    void close() {
        accesses.values().forEach(NexusPaths::drop);
        accesses.clear();
    }

    private boolean removeAllBut(LunMap luns, Function<String, Optional<LogicalUnit>> units) {
        return accesses.entrySet().removeIf(entry -> {
            LunMap.Mapping mapping = luns.units().get(entry.getKey());
            LunAccess access = entry.getValue();
            boolean stays = mapping != null
                    && units.apply(mapping.unit())
                            .filter(unit -> unit == access.unit())
                            .isPresent();
            if (!stays) {
                drop(access);
            }
            return !stays;
        });
    }

    private static void drop(LunAccess access) {
        access.unit().part(access);
        access.close();
    }
}
