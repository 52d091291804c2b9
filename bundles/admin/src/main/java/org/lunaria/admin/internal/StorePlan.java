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
import org.lunaria.admin.NewStore;
import org.lunaria.admin.SettingKey;

/**
 * The configuration that a new backend needs, checked as far as that is possible before anything is made. Immutable.
 *
 * @param first its text for its first activation, which may make the store
 * @param lasting its text for every later one, which must not: a store that has gone missing, because its file system is not
 *     mounted say, is an error and no reason to serve an empty volume
 * @param newFile the file that the first activation makes, if there is one; it must not exist yet
 * @param ownFolder whether the data is to lie in the appliance's own folder
 */
record StorePlan(InstanceId id, CfgText first, CfgText lasting, Optional<Path> newFile, boolean ownFolder) {
    /** The keys that mean the same for every kind of backend that declares them. */
    static final String ID = "backend.id";

    static final String SIZE = "sizeBytes";
    static final String PATH = "path";
    static final String DEVICE = "device";
    static final String CREATE = "create";

    /** Keys that have an option of their own, or none at all. */
    private static final Set<String> NOT_BY_SET = Set.of(ID, SIZE, PATH);

    /**
     * @param name of the backend
     * @param makes whether a store that is not there is to be made, as far as the kind can
     * @param empty the text of no configuration
     */
    static StorePlan of(String name, NewStore store, BackendKind kind, boolean makes, DataFolder data, CfgText empty) {
        Set<String> declared = names(kind.keys());
        Map<String, String> values = new LinkedHashMap<>();
        values.put(ID, name);
        store.size().ifPresent(size -> putDeclared(values, kind, SIZE, Long.toString(size.bytes())));
        store.path()
                .ifPresent(path -> putDeclared(
                        values, kind, PATH, DataFolder.absolute(path).toString()));
        if (declared.contains(CREATE) && makes) {
            values.put(CREATE, "true");
        }
        values.putAll(store.settings());
        for (SettingKey key : kind.keys()) {
            Optional.ofNullable(store.settings().get(key.name())).ifPresent(key::check);
        }
        boolean creates = "true".equals(values.get(CREATE));
        requireSize(store, kind, creates);
        boolean ownFolder = declared.contains(PATH) && store.path().isEmpty();
        CfgText first = empty.with(values);
        if (ownFolder) {
            first = first.withRaw(PATH, data.textFor(name));
        }
        return new StorePlan(
                InstanceId.backend(kind.name(), name),
                first,
                creates ? first.without(CREATE) : first,
                creates && declared.contains(PATH) ? Optional.of(path(first)) : Optional.empty(),
                ownFolder);
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

    /**
     * @param subject what takes keys, for the message
     * @param more keys that it takes beside those of the kind
     */
    static void requireSettable(String key, String subject, BackendKind kind, Set<String> more) {
        Set<String> settable = names(kind.keys());
        boolean anything = settable.isEmpty();
        settable.removeAll(NOT_BY_SET);
        settable.addAll(more);
        if (NOT_BY_SET.contains(key) || !anything && !settable.contains(key)) {
            throw new ApplianceException("key '" + key + "': " + subject + " of kind " + kind.name() + " takes "
                    + String.join(", ", settable) + ".");
        }
    }

    /** Whether a key is one of a backend's; those of a kind that declares none are. */
    static boolean isOf(BackendKind kind, String key) {
        return kind.keys().isEmpty() || names(kind.keys()).contains(key);
    }

    private static void requireSize(NewStore store, BackendKind kind, boolean creates) {
        Optional<SettingKey> size =
                kind.keys().stream().filter(key -> key.name().equals(SIZE)).findFirst();
        boolean usable =
                size.map(key -> key.defaultValue().matches("[1-9]\\d*")).orElse(true);
        boolean hasSizeAlready = names(kind.keys()).contains(CREATE) && !creates;
        if (store.size().isEmpty() && !usable && !hasSizeAlready) {
            throw new ApplianceException(
                    "a volume of kind " + kind.name() + " needs a size; give one, such as --size 10G.");
        }
    }

    private static void putDeclared(Map<String, String> values, BackendKind kind, String key, String value) {
        if (!isOf(kind, key)) {
            throw new ApplianceException("a volume of kind " + kind.name() + " has no " + key + "; leave it out.");
        }
        values.put(key, value);
    }

    private static Set<String> names(List<SettingKey> keys) {
        return keys.stream().map(SettingKey::name).collect(Collectors.toCollection(TreeSet::new));
    }

    private static Path path(CfgText text) {
        return DataFolder.absolute(String.valueOf(text.values().get(PATH)));
    }
}
