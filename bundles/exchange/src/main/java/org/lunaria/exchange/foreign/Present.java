package org.lunaria.exchange.foreign;

import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.lunaria.admin.Configuration;
import org.lunaria.exchange.document.BackendOf;
import org.lunaria.exchange.document.Section;

/**
 * The names of what is carried over. What the appliance has already keeps its name, so that a file can be read twice; what it
 * has not gets one that nobody has. Confined to one thread.
 */
final class Present {
    private final Map<String, String> known = new HashMap<>();
    private final Set<String> taken = new HashSet<>();

    /**
     * @param pid whose names these are
     * @param keys by whose values something is known again
     */
    static Present of(Configuration configuration, String pid, String... keys) {
        Present present = new Present();
        configuration.instances().forEach((there, named) -> {
            if (there.startsWith(pid)) {
                named.forEach((name, values) -> {
                    present.taken.add(name);
                    present.known.put(mark(values, keys), name);
                });
            }
        });
        return present;
    }

    /** Of the volumes, by what they are on. */
    static Present ofVolumes(Configuration configuration) {
        Present present = of(configuration, Section.BACKEND_NAMESPACE);
        present.known.clear();
        configuration.instances(Section.VOLUMES.pid()).forEach((name, unit) -> {
            present.taken.add(name);
            BackendOf.id(configuration, BackendOf.idOf(name, unit))
                    .ifPresent(backend -> present.known.put(mark(backend.values(), "path", "device"), name));
        });
        return present;
    }

    Optional<String> find(String... marks) {
        return Optional.ofNullable(known.get(String.join("\n", marks)));
    }

    /** The name of something; always the same one. */
    String name(String wished, String... marks) {
        return known.computeIfAbsent(String.join("\n", marks), mark -> unused(plain(wished)));
    }

    private String unused(String wished) {
        String name = wished;
        for (int number = 2; !taken.add(name); number++) {
            name = wished + "-" + number;
        }
        return name;
    }

    /** As names may be: 1 to 64 of a-z, 0-9, dot, dash and underscore, with a letter or digit first. */
    private static String plain(String wished) {
        String plain =
                wished.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9._-]+", "-").replaceAll("^[._-]+|[-]+$", "");
        String short60 = plain.substring(0, Math.min(plain.length(), 60));
        return short60.isEmpty() ? "unnamed" : short60;
    }

    private static String mark(Map<String, String> values, String... keys) {
        return String.join(
                "\n",
                Arrays.stream(keys).map(key -> values.getOrDefault(key, "")).toList());
    }
}
