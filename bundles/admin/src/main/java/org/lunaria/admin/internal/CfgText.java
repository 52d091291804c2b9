package org.lunaria.admin.internal;

import java.io.IOException;
import java.io.StringReader;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import org.apache.felix.utils.properties.TypedProperties;
import org.lunaria.admin.ApplianceException;

/**
 * The text of a {@code .cfg} file, and the values that File Install reads from it: it is read with File Install's own
 * code, so that both agree on escapes, on {@code ${...}} and on types. Comments and the order of keys stay when a key
 * changes. Immutable.
 */
final class CfgText {
    /** Longest value that a key may have, in characters. */
    static final int MAX_VALUE = 64 * 1024;

    private final String text;
    private final UnaryOperator<String> substitution;

    private CfgText(String text, UnaryOperator<String> substitution) {
        this.text = text;
        this.substitution = substitution;
    }

    /** @param substitution gives the value of a name in {@code ${...}}, or null */
    static CfgText of(String text, UnaryOperator<String> substitution) {
        return new CfgText(text, substitution);
    }

    /** This text with a key set to exactly a value. */
    CfgText with(String key, String value) {
        return with(key, value, key + " = " + printable(value));
    }

    /** Likewise for several. */
    CfgText with(Map<String, String> values) {
        CfgText text = this;
        for (Map.Entry<String, String> value : values.entrySet()) {
            text = text.with(value.getKey(), value.getValue());
        }
        return text;
    }

    /** Likewise; what it says of a value that cannot be does not tell it. */
    CfgText withSecret(String key, String value) {
        return with(key, value, key);
    }

    private CfgText with(String key, String value, String shown) {
        CfgText changed = withRaw(key, escape(value));
        if (value.length() > MAX_VALUE || !value.equals(changed.values().get(key))) {
            throw new ApplianceException(
                    shown + ": a configuration file cannot hold this value; use shorter or plainer text.");
        }
        return changed;
    }

    /** This text with a key set to a value in which {@code ${...}} is resolved each time that the file is read. */
    CfgText withRaw(String key, String value) {
        TypedProperties properties = read();
        properties.put(key, value);
        return written(properties);
    }

    CfgText without(String key) {
        TypedProperties properties = read();
        properties.remove(key);
        return written(properties);
    }

    /** What File Install makes of the text: a key's text, or its typed value. */
    Map<String, Object> values() {
        return Collections.unmodifiableMap(new TreeMap<>(read()));
    }

    @Override
    public String toString() {
        return text;
    }

    private TypedProperties read() {
        TypedProperties properties =
                new TypedProperties((String name, String key, String value) -> substitution.apply(value));
        try {
            properties.load(new StringReader(text));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return properties;
    }

    private CfgText written(TypedProperties properties) {
        StringWriter writer = new StringWriter();
        try {
            properties.save(writer);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new CfgText(writer.toString(), substitution);
    }

    /** A brace or backslash behind a backslash stands for itself; without braces there is no {@code ${...}}. */
    private static String escape(String value) {
        StringBuilder escaped = new StringBuilder();
        for (char c : value.toCharArray()) {
            if (List.of('\\', '{', '}').contains(c)) {
                escaped.append('\\');
            }
            escaped.append(c);
        }
        return escaped.toString();
    }

    private static String printable(String value) {
        String head = value.length() > 60 ? value.substring(0, 60) + "..." : value;
        return head.replaceAll("\\p{Cntrl}", "?");
    }
}
