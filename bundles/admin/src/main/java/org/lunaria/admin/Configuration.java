package org.lunaria.admin;

import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The whole configuration of the appliance, as its files in {@code etc/} say it: of every PID the instances, and of each
 * its keys. A value is the text that stands in the file: {@code ${...}} is resolved only when a component gets it, and a
 * brace or a backslash that stands for itself has a backslash before it. It holds secrets; {@link #toString} tells none.
 * Immutable.
 *
 * @param instances by PID and by name; the one instance of a PID that is no factory has the name {@code ""}
 */
public record Configuration(SortedMap<String, SortedMap<String, SortedMap<String, String>>> instances) {
    public static final Configuration EMPTY = new Configuration(new TreeMap<>());

    public Configuration {
        TreeMap<String, SortedMap<String, SortedMap<String, String>>> copy = new TreeMap<>();
        instances.forEach((pid, named) -> {
            if (!named.isEmpty()) {
                copy.put(pid, copyOf(named));
            }
        });
        instances = Collections.unmodifiableSortedMap(copy);
    }

    /** The instances of a PID, by name. */
    public SortedMap<String, SortedMap<String, String>> instances(String pid) {
        return instances.getOrDefault(pid, Collections.emptySortedMap());
    }

    /** The keys of one instance. */
    public Optional<SortedMap<String, String>> values(String pid, String name) {
        return Optional.ofNullable(instances(pid).get(name));
    }

    /** This configuration with an instance that has just these keys. */
    public Configuration with(String pid, String name, Map<String, String> values) {
        SortedMap<String, SortedMap<String, SortedMap<String, String>>> changed = new TreeMap<>(instances);
        SortedMap<String, SortedMap<String, String>> named = new TreeMap<>(instances(pid));
        named.put(name, new TreeMap<>(values));
        changed.put(pid, named);
        return new Configuration(changed);
    }

    public Configuration without(String pid, String name) {
        SortedMap<String, SortedMap<String, SortedMap<String, String>>> changed = new TreeMap<>(instances);
        SortedMap<String, SortedMap<String, String>> named = new TreeMap<>(instances(pid));
        named.remove(name);
        changed.put(pid, named);
        return new Configuration(changed);
    }

    /** The file of an instance in {@code etc/}. */
    public static String fileName(String pid, String name) {
        return pid + (name.isEmpty() ? "" : "-" + name) + ".cfg";
    }

    @Override
    public String toString() {
        StringBuilder names = new StringBuilder("Configuration");
        instances.forEach((pid, named) -> names.append(' ').append(pid).append(named.keySet()));
        return names.toString();
    }

    private static SortedMap<String, SortedMap<String, String>> copyOf(
            SortedMap<String, SortedMap<String, String>> named) {
        TreeMap<String, SortedMap<String, String>> copy = new TreeMap<>();
        named.forEach((name, values) -> copy.put(name, Collections.unmodifiableSortedMap(new TreeMap<>(values))));
        return Collections.unmodifiableSortedMap(copy);
    }
}
