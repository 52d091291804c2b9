package org.lunaria.admin.internal;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** The values of one configuration, read leniently: for listings, which must show what is wrong too. Immutable. */
record Values(Map<String, Object> values) {
    static final Values NONE = new Values(Map.of());

    /** The text of a key, or empty. */
    String text(String key) {
        Object value = values.getOrDefault(key, "");
        return value instanceof Object[] several
                ? String.join(",", Arrays.stream(several).map(Object::toString).toList())
                : value.toString().trim();
    }

    /** The parts that commas separate. */
    List<String> list(String key) {
        return Stream.of(text(key).split(","))
                .map(String::trim)
                .filter(part -> !part.isEmpty())
                .toList();
    }

    /** A whole number, or a default where there is none. */
    long number(String key, long otherwise) {
        try {
            return Long.parseLong(text(key));
        } catch (NumberFormatException e) {
            return otherwise;
        }
    }

    boolean flag(String key) {
        return text(key).equals("true");
    }

    Map<String, String> texts() {
        Map<String, String> texts = new TreeMap<>();
        values.keySet().forEach(key -> texts.put(key, text(key)));
        return texts;
    }
}
