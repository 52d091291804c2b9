package org.lunaria.admin;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What leads from one configuration to another. It may be shown to anybody: of a secret it tells that it differs, and never
 * what it is or was. Immutable.
 *
 * @param instances that are not the same in both, ordered by PID and name
 */
public record ConfigurationDifference(List<Instance> instances) {
    /** What stands for a secret. */
    public static final String HIDDEN = "********";

    /** What became of an instance. */
    public enum Kind {
        ADDED,
        CHANGED,
        REMOVED
    }

    /**
     * An instance that is not the same in both.
     *
     * @param name empty for the one instance of a PID that is no factory
     * @param keys that differ: all of them when it was added or removed
     */
    public record Instance(String pid, String name, Kind kind, List<Key> keys) {
        public Instance {
            keys = List.copyOf(keys);
        }

        public String fileName() {
            return Configuration.fileName(pid, name);
        }
    }

    /**
     * A key whose value is not the same in both.
     *
     * @param before absent where there was none
     * @param after absent where there is none
     * @param secret whether the values are hidden
     */
    public record Key(String name, Optional<String> before, Optional<String> after, boolean secret) {}

    public ConfigurationDifference {
        instances = List.copyOf(instances);
    }

    public boolean isEmpty() {
        return instances.isEmpty();
    }

    public static ConfigurationDifference between(Configuration from, Configuration to) {
        List<Instance> instances = new ArrayList<>();
        Set<String> pids = new TreeSet<>(from.instances().keySet());
        pids.addAll(to.instances().keySet());
        for (String pid : pids) {
            Set<String> names = new TreeSet<>(from.instances(pid).keySet());
            names.addAll(to.instances(pid).keySet());
            for (String name : names) {
                instance(pid, name, from.values(pid, name), to.values(pid, name))
                        .ifPresent(instances::add);
            }
        }
        return new ConfigurationDifference(instances);
    }

    /** Whether the value of a key of that name is never shown. */
    public static boolean isSecret(String key) {
        String name = key.toLowerCase(Locale.ROOT);
        return name.endsWith("secret") || name.endsWith("password");
    }

    private static Optional<Instance> instance(
            String pid,
            String name,
            Optional<SortedMap<String, String>> before,
            Optional<SortedMap<String, String>> after) {
        if (before.equals(after)) {
            return Optional.empty();
        }
        Kind kind = before.isEmpty() ? Kind.ADDED : after.isEmpty() ? Kind.REMOVED : Kind.CHANGED;
        SortedMap<String, String> old = before.orElseGet(TreeMap::new);
        SortedMap<String, String> young = after.orElseGet(TreeMap::new);
        Set<String> keys = new TreeSet<>(old.keySet());
        keys.addAll(young.keySet());
        keys.removeIf(key -> Optional.ofNullable(old.get(key)).equals(Optional.ofNullable(young.get(key))));
        return Optional.of(new Instance(
                pid, name, kind, keys.stream().map(key -> key(key, old, young)).toList()));
    }

    private static Key key(String name, SortedMap<String, String> before, SortedMap<String, String> after) {
        boolean secret = isSecret(name);
        return new Key(
                name,
                Optional.ofNullable(before.get(name)).map(value -> secret ? HIDDEN : value),
                Optional.ofNullable(after.get(name)).map(value -> secret ? HIDDEN : value),
                secret);
    }
}
