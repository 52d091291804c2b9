package org.lunaria.admin.internal;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.lunaria.admin.ApplianceException;

/**
 * Keeps a volume's bytes from being exchanged by a change of the configuration as a whole: in another store lies what the volume
 * was at another time, if it was that volume at all, and hosts that are logged in would read it as theirs. Stores change by
 * volume:migrate and volume:swap, which see to the bytes. Stateless.
 */
final class StoreGuard {
    /** What says where bytes are; a store that has none of these is only as long as it runs. */
    static final List<String> PLACES = List.of(StorePlan.PATH, StorePlan.DEVICE, "uri");

    private StoreGuard() {}

    /** Whether a store outlives its backend, by the values of that. */
    static boolean hasPlace(Map<String, String> backend) {
        return PLACES.stream().anyMatch(backend::containsKey);
    }

    /** @throws ApplianceException when a unit that stays would have another store */
    static void check(SortedMap<InstanceId, CfgText> present, SortedMap<InstanceId, CfgText> wanted) {
        present.forEach((id, text) -> {
            if (id.factoryPid().equals(InstanceId.UNIT) && wanted.containsKey(id)) {
                Optional<Map<String, String>> before = store(text, present);
                Optional<Map<String, String>> after = store(wanted.get(id), wanted);
                if (before.isPresent() && after.isPresent() && !before.equals(after)) {
                    throw new ApplianceException(id.fileName() + ": volume " + id.name()
                            + " would have another store, without the bytes that it has now (" + after.get()
                            + " instead of " + before.get()
                            + "); see volume:migrate and volume:swap, or leave that volume"
                            + " as it is. Nothing was changed.");
                }
            }
        });
    }

    private static Optional<Map<String, String>> store(CfgText unit, SortedMap<InstanceId, CfgText> all) {
        String name = new Values(unit.values()).text(StorePlan.ID);
        return all.entrySet().stream()
                .filter(entry ->
                        entry.getKey().isBackend() && entry.getKey().name().equals(name))
                .map(entry -> place(entry.getKey(), new Values(entry.getValue().values())))
                .findFirst();
    }

    private static Map<String, String> place(InstanceId backend, Values values) {
        Map<String, String> place = new TreeMap<>();
        PLACES.stream().filter(key -> !values.text(key).isEmpty()).forEach(key -> place.put(key, values.text(key)));
        if (place.isEmpty()) {
            place.putAll(values.texts());
        }
        place.put("kind", backend.kind());
        return place;
    }
}
