package org.lunaria.exchange.document;

import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.lunaria.admin.Configuration;

/**
 * The configuration of a backend.
 *
 * @param name of the instance
 */
public record BackendOf(String kind, String name, SortedMap<String, String> values) {
    static final String ID = "backend.id";

    /** The backend of a unit, if it has a configuration. */
    public static Optional<BackendOf> id(Configuration configuration, String id) {
        return all(configuration).values().stream()
                .filter(backend -> backend.id().equals(id))
                .findFirst();
    }

    /** All of them, by PID and name. */
    static SortedMap<String, BackendOf> all(Configuration configuration) {
        SortedMap<String, BackendOf> all = new TreeMap<>();
        configuration.instances().forEach((pid, named) -> {
            if (isBackend(pid)) {
                String kind = pid.substring(Section.BACKEND_NAMESPACE.length());
                named.forEach((name, values) -> all.put(pid + " " + name, new BackendOf(kind, name, values)));
            }
        });
        return all;
    }

    /** What the unit with these values has its bytes in. */
    public static String idOf(String unit, Map<String, String> values) {
        String id = values.getOrDefault(ID, "");
        return id.isEmpty() ? unit : id;
    }

    static boolean isBackend(String pid) {
        return pid.startsWith(Section.BACKEND_NAMESPACE);
    }

    String pid() {
        return pid(kind);
    }

    static String pid(String kind) {
        return Section.BACKEND_NAMESPACE + kind;
    }

    String id() {
        return values.getOrDefault(ID, "");
    }
}
