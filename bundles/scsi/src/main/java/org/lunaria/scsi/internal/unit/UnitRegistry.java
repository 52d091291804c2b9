package org.lunaria.scsi.internal.unit;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;

/**
 * The logical units that there are, by name, and the targets that have to hear when one comes or goes: units and targets
 * come in any order. Thread-safe.
 */
final class UnitRegistry {
    private final Map<String, LogicalUnit> units = new ConcurrentSkipListMap<>();
    private final Set<Target> targets = ConcurrentHashMap.newKeySet();

    Optional<LogicalUnit> find(String name) {
        return Optional.ofNullable(units.get(name));
    }

    /** By name. */
    List<LogicalUnit> all() {
        return List.copyOf(units.values());
    }

    /**
     * Adds a unit.
     *
     * @return empty, or why it cannot be: its name or one of its identifiers is taken
     */
    Optional<String> add(LogicalUnit unit) {
        synchronized (this) {
            Optional<String> clash = clash(unit.settings());
            if (clash.isPresent()) {
                return clash;
            }
            units.put(unit.name(), unit);
        }
        targets.forEach(Target::remap);
        return Optional.empty();
    }

    void remove(LogicalUnit unit) {
        if (units.remove(unit.name(), unit)) {
            targets.forEach(Target::remap);
        }
    }

    void watch(Target target) {
        targets.add(target);
    }

    void forget(Target target) {
        targets.remove(target);
    }

    private Optional<String> clash(UnitSettings settings) {
        for (LogicalUnit other : units.values()) {
            UnitSettings taken = other.settings();
            if (taken.name().equals(settings.name())) {
                return Optional.of("name " + settings.name() + " is taken by a unit that runs");
            }
            if (taken.identity().serial().equals(settings.identity().serial())) {
                return Optional.of("serial = " + settings.identity().serial() + " is the serial of unit " + taken.name()
                        + ": give each unit its own");
            }
            if (taken.identity().naa().equals(settings.identity().naa())) {
                return Optional.of("naa = " + settings.identity().naa() + " is the naa of unit " + taken.name()
                        + ": give each unit its own");
            }
        }
        return Optional.empty();
    }
}
