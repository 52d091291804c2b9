package org.lunaria.exchange.document;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.lunaria.admin.ApplianceException;
import org.lunaria.admin.ConfigurationDifference;
import org.lunaria.admin.SettingKey;

/** The keys of the configurations of one PID, to and from the document. Immutable. */
final class Keys {
    private final String pid;
    private final Map<String, SettingKey> known = new LinkedHashMap<>();
    private final List<String> first;

    /** @param without keys that stand elsewhere in the document */
    Keys(Catalog catalog, String pid, Set<String> without) {
        this.pid = pid;
        catalog.keys(pid).stream()
                .filter(key -> !without.contains(key.name()))
                .forEach(key -> known.put(key.name(), key));
        first = Section.ofPid(pid).map(Section::first).orElse(List.of("path", "device", "uri", "sizeBytes"));
    }

    Map<String, SettingKey> known() {
        return known;
    }

    /** In which order keys stand in the document. */
    Comparator<String> order() {
        return Comparator.comparing((String key) -> first.contains(key) ? first.indexOf(key) : first.size())
                .thenComparing(Comparator.naturalOrder());
    }

    /** A value as the document says it. */
    JsonNode toDocument(String key, String raw) {
        return shape(key).toDocument(raw);
    }

    /**
     * The values of one configuration. What says the same as the file does keeps the file's text.
     *
     * @param path of the object in the document, for messages
     * @param present what the file says now
     */
    SortedMap<String, String> toFile(String path, Map<String, JsonNode> values, Map<String, String> present) {
        SortedMap<String, String> raw = new TreeMap<>();
        values.forEach((key, value) -> {
            String there = present.get(key);
            boolean same = there != null && toDocument(key, there).toString().equals(value.toString());
            raw.put(key, same ? there : toFile(path, key, value));
        });
        return raw;
    }

    private String toFile(String path, String key, JsonNode value) {
        if (!known.isEmpty() && !known.containsKey(key)) {
            throw new ApplianceException(
                    path + ": unknown key " + key + "; give " + String.join(", ", new TreeSet<>(known.keySet())) + ".");
        }
        if (known.isEmpty() && shape(key) == Shape.TEXT && value.isValueNode() && !value.isNull()) {
            // Nobody says what this configuration takes; its component will.
            return RawText.toFile(value.asText());
        }
        return shape(key)
                .toFile(value)
                .orElseThrow(() -> new ApplianceException(path + "." + key
                        + (ConfigurationDifference.isSecret(key) ? "" : " = " + printable(value)) + ": give "
                        + shape(key).wanted() + "."));
    }

    private Shape shape(String key) {
        return Shape.of(pid, known.getOrDefault(key, new SettingKey(key, "", "", List.of())));
    }

    private static String printable(JsonNode value) {
        String text = value.toString();
        return text.length() > 60 ? text.substring(0, 60) + "..." : text;
    }
}
