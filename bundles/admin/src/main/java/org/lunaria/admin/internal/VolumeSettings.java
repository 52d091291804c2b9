package org.lunaria.admin.internal;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import org.lunaria.admin.ApplianceException;
import org.lunaria.admin.SettingKey;
import org.lunaria.admin.Volume;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sets keys of volumes that serve: of their logical units, and of their backends. A backend ends for it and begins anew, so that its
 * refusal is known, while its unit holds what comes. Thread-safe.
 */
final class VolumeSettings {
    private static final Logger LOG = LoggerFactory.getLogger(VolumeSettings.class);
    private static final String OTHER_STORE =
            "a volume that is there keeps its store; see volume:swap and volume:migrate";
    private static final String IDENTITY = "initiators know the volume by it, so it is never changed";

    /** Keys that are not set, with what to do instead. */
    private static final Map<String, String> NOT_BY_SET = notBySet();

    private final Changes changes;
    private final Stores stores;
    private final VolumeView view;
    private final BiFunction<InstanceId, Map<String, Object>, Progress> taken;

    /** @param taken whether those who serve a configuration have taken these values of it, which its component has */
    VolumeSettings(
            Changes changes,
            Stores stores,
            VolumeView view,
            BiFunction<InstanceId, Map<String, Object>, Progress> taken) {
        this.changes = changes;
        this.stores = stores;
        this.view = view;
        this.taken = taken;
    }

    /** What may be set: nothing of a volume whose backend or unit is missing. */
    List<SettingKey> keys(String name) {
        Volume volume = view.get(name);
        if (volume.state() == Volume.State.INCOMPLETE) {
            return List.of();
        }
        List<SettingKey> keys = new ArrayList<>(backendKeys(volume));
        keys.addAll(unitKeys());
        keys.sort(Comparator.comparing(SettingKey::name));
        return List.copyOf(keys);
    }

    void set(String name, Map<String, String> settings) {
        try (Change change = changes.begin()) {
            Volume volume = view.get(name);
            if (volume.state() == Volume.State.INCOMPLETE) {
                throw new ApplianceException("volume " + name + " is incomplete: " + volume.detail());
            }
            List<SettingKey> keys = keys(name);
            settings.forEach((key, value) -> check(volume, keys, key, value));
            Map<String, String> ofBackend = new LinkedHashMap<>(settings);
            Map<String, String> ofUnit = new LinkedHashMap<>(settings);
            ofBackend.keySet().retainAll(names(backendKeys(volume)));
            ofUnit.keySet().removeAll(ofBackend.keySet());
            InstanceId backend = view.backendOf(name).orElseThrow();
            apply(change, volume, keys, backend, ofBackend);
            apply(change, volume, keys, InstanceId.unit(name), ofUnit);
            change.commit();
        }
        LOG.info("Volume {} has new settings: {}.", name, settings.keySet());
    }

    private void apply(
            Change change, Volume volume, List<SettingKey> keys, InstanceId id, Map<String, String> settings) {
        if (settings.isEmpty()) {
            return;
        }
        CfgText text = Edit.of("volume " + volume.name(), changes.textOf(id), keys, settings);
        if (id.isBackend()) {
            change.startAnew(id, text);
        } else {
            change.tryOut(id, text);
        }
        change.require(() -> taken.apply(id, text.values()));
        if (volume.state() == Volume.State.READY) {
            change.require(() -> view.serves(volume.name()));
        }
    }

    private void check(Volume volume, List<SettingKey> keys, String key, String value) {
        if (NOT_BY_SET.containsKey(key)) {
            throw new ApplianceException("key '" + key + "': " + NOT_BY_SET.get(key) + ".");
        }
        if (names(stores.kind(volume.kind()).keys()).contains(key)) {
            checkBackend(volume, key);
        }
        if (!value.isEmpty()) {
            keys.stream().filter(candidate -> candidate.name().equals(key)).forEach(known -> known.check(value));
        }
    }

    private static void checkBackend(Volume volume, String key) {
        if (!StoreGuard.hasPlace(volume.backend())) {
            throw new ApplianceException("key '" + key + "': volume " + volume.name()
                    + " has its bytes only as long as its backend runs, which therefore stays as it is.");
        }
        if (volume.copy().isPresent()) {
            throw new ApplianceException("key '" + key + "': volume " + volume.name()
                    + " is being moved; wait until that is done, or end it by volume:migrate " + volume.name()
                    + " --cancel.");
        }
    }

    private List<SettingKey> unitKeys() {
        return settable(stores.backends().unitKeys());
    }

    /** None of a store that would lose its bytes. */
    private List<SettingKey> backendKeys(Volume volume) {
        return StoreGuard.hasPlace(volume.backend())
                ? settable(stores.kind(volume.kind()).keys())
                : List.of();
    }

    private static List<SettingKey> settable(List<SettingKey> keys) {
        return keys.stream().filter(key -> !NOT_BY_SET.containsKey(key.name())).toList();
    }

    private static List<String> names(List<SettingKey> keys) {
        return keys.stream().map(SettingKey::name).toList();
    }

    private static Map<String, String> notBySet() {
        Map<String, String> keys = new LinkedHashMap<>();
        StoreGuard.PLACES.forEach(place -> keys.put(place, OTHER_STORE));
        keys.put(StorePlan.ID, OTHER_STORE);
        keys.put(StorePlan.CREATE, "only a volume that is made has it");
        keys.put(StorePlan.SIZE, "see volume:resize");
        VolumeMoves.COPY_KEYS.forEach(key -> keys.put(key, "see volume:migrate"));
        WholeConfiguration.OF_ITS_BEGINNING.forEach(key -> keys.put(key, IDENTITY));
        return Map.copyOf(keys);
    }
}
