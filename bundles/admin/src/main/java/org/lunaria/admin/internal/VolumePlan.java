package org.lunaria.admin.internal;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.lunaria.admin.ApplianceException;
import org.lunaria.admin.BackendKind;
import org.lunaria.admin.ByteSize;
import org.lunaria.admin.NewVolume;
import org.lunaria.admin.SettingKey;

/**
 * The two configurations that a new volume needs, checked as far as that is possible before anything is made. Immutable.
 *
 * @param first the backend's text for its first activation, which may make the store
 * @param lasting the backend's text for every later one, which must not: a store that has gone missing, because its file
 *     system is not mounted say, is an error and no reason to serve an empty volume
 * @param newFile the file that the first activation makes, if there is one; it must not exist yet
 */
record VolumePlan(
        InstanceId backendId, CfgText first, CfgText lasting, InstanceId unitId, CfgText unit, Optional<Path> newFile) {
    /** The keys that mean the same for every kind of backend that declares them. */
    private static final String ID = "backend.id";

    static final String SIZE = "sizeBytes";
    static final String PATH = "path";
    static final String DEVICE = "device";
    private static final String CREATE = "create";

    /** Keys that have an option of their own, or none at all. */
    private static final Set<String> NOT_BY_SET = Set.of(ID, SIZE, PATH, "serial", "naa", "blockBytes");

    /** Of the logical unit: what initiators see. */
    private static final String TYPE = "type";

    private static final String CDROM = "CDROM";
    private static final List<Integer> BLOCK_BYTES = List.of(512, 4096);
    private static final int CD_BLOCK_BYTES = 2048;

    static VolumePlan of(
            NewVolume volume,
            BackendKind kind,
            List<SettingKey> unitKeys,
            DataFolder data,
            Identity identity,
            CfgText empty) {
        checkSize(volume);
        Set<String> declared = names(kind.keys());
        Map<String, String> backend = new LinkedHashMap<>();
        Map<String, String> unit = new LinkedHashMap<>();
        backend.put(ID, volume.name());
        unit.put(ID, volume.name());
        unit.put("serial", identity.serial());
        unit.put("naa", identity.naa());
        unit.put("blockBytes", Integer.toString(volume.blockBytes()));
        volume.size().ifPresent(size -> putDeclared(backend, kind, SIZE, Long.toString(size.bytes())));
        volume.path()
                .ifPresent(path -> putDeclared(
                        backend, kind, PATH, DataFolder.absolute(path).toString()));
        if (declared.contains(CREATE) && !isCdrom(volume)) {
            backend.put(CREATE, "true");
        }
        volume.settings().forEach((key, value) -> {
            requireSettable(key, kind, unitKeys);
            (declared.contains(key) || declared.isEmpty() ? backend : unit).put(key, value);
        });
        boolean creates = "true".equals(backend.get(CREATE));
        requireSize(volume, kind, creates);
        boolean ownPath = declared.contains(PATH) && volume.path().isEmpty();
        CfgText first = text(empty, backend);
        if (ownPath) {
            first = first.withRaw(PATH, data.textFor(volume.name()));
        }
        return new VolumePlan(
                InstanceId.backend(kind.name(), volume.name()),
                first,
                creates ? first.without(CREATE) : first,
                InstanceId.unit(volume.name()),
                text(empty, unit),
                creates && declared.contains(PATH) ? Optional.of(path(first)) : Optional.empty());
    }

    /** Where the data is, for a kind that has a path. */
    Optional<Path> path() {
        return Optional.ofNullable(first.values().get(PATH)).map(path -> Path.of(path.toString()));
    }

    /** What the data is on, for a kind that has a device; one that is not absolute is for the backend to refuse. */
    Optional<Path> device() {
        return Optional.ofNullable(first.values().get(DEVICE))
                .map(device -> Path.of(device.toString()))
                .filter(Path::isAbsolute);
    }

    /** Whether it is to be a drive, whose disc is there already. */
    private static boolean isCdrom(NewVolume volume) {
        return CDROM.equalsIgnoreCase(volume.settings().getOrDefault(TYPE, ""));
    }

    private static void checkSize(NewVolume volume) {
        int block = volume.blockBytes();
        if (isCdrom(volume) && block != CD_BLOCK_BYTES) {
            throw new ApplianceException("block " + block + ": give 2048 for a CD.");
        }
        if (!isCdrom(volume) && !BLOCK_BYTES.contains(block)) {
            throw new ApplianceException("block " + block + ": give 512 or 4096.");
        }
        volume.size().map(ByteSize::bytes).ifPresent(bytes -> {
            if (bytes == 0 || bytes % block != 0) {
                throw new ApplianceException(
                        "size " + bytes + ": give a multiple of the block length " + block + " above 0, such as 10G.");
            }
        });
    }

    private static void requireSize(NewVolume volume, BackendKind kind, boolean creates) {
        Optional<SettingKey> size =
                kind.keys().stream().filter(key -> key.name().equals(SIZE)).findFirst();
        boolean usable =
                size.map(key -> key.defaultValue().matches("[1-9]\\d*")).orElse(true);
        boolean hasSizeAlready = names(kind.keys()).contains(CREATE) && !creates;
        if (volume.size().isEmpty() && !usable && !hasSizeAlready) {
            throw new ApplianceException(
                    "a volume of kind " + kind.name() + " needs a size; give one, such as --size 10G.");
        }
    }

    private static void requireSettable(String key, BackendKind kind, List<SettingKey> unitKeys) {
        Set<String> settable = names(kind.keys());
        boolean anything = settable.isEmpty();
        settable.addAll(names(unitKeys));
        settable.removeAll(NOT_BY_SET);
        if (NOT_BY_SET.contains(key) || !anything && !settable.contains(key)) {
            throw new ApplianceException("key '" + key + "': a volume of kind " + kind.name() + " takes "
                    + String.join(", ", settable) + ".");
        }
    }

    private static void putDeclared(Map<String, String> backend, BackendKind kind, String key, String value) {
        if (!kind.keys().isEmpty() && !names(kind.keys()).contains(key)) {
            throw new ApplianceException("a volume of kind " + kind.name() + " has no " + key + "; leave it out.");
        }
        backend.put(key, value);
    }

    private static Set<String> names(List<SettingKey> keys) {
        return keys.stream().map(SettingKey::name).collect(Collectors.toCollection(TreeSet::new));
    }

    private static CfgText text(CfgText empty, Map<String, String> values) {
        CfgText text = empty;
        for (Map.Entry<String, String> value : values.entrySet()) {
            text = text.with(value.getKey(), value.getValue());
        }
        return text;
    }

    private static Path path(CfgText text) {
        return DataFolder.absolute(String.valueOf(text.values().get(PATH)));
    }
}
