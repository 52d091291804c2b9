package org.lunaria.admin.internal;

import java.io.IOException;
import java.io.StringReader;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
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

    /** Around a name that was to be resolved; of the characters that mean nothing (Unicode, private use). */
    private static final char MARK_BEGIN = '\uE000';

    private static final char MARK_END = '\uE001';
    private static final Pattern MARKED = Pattern.compile(MARK_BEGIN + "([^" + MARK_END + "]*)" + MARK_END);

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

    /**
     * The text of each key with nothing resolved: a {@code ${...}} stands as it does in the file, and a brace or backslash
     * that stands for itself has a backslash before it.
     */
    SortedMap<String, String> rawValues() {
        TypedProperties marked =
                new TypedProperties((String name, String key, String value) -> MARK_BEGIN + value + MARK_END);
        load(marked);
        SortedMap<String, String> raw = new TreeMap<>();
        marked.keySet()
                .forEach(key -> raw.put(
                        key,
                        MARKED.matcher(escape(new Values(marked).text(key)))
                                .replaceAll(Matcher.quoteReplacement("${") + "$1}")));
        return raw;
    }

    /** This text with just these keys, each as {@link #rawValues} gives it; comments and order stay as far as they can. */
    CfgText withRawValues(SortedMap<String, String> wanted) {
        CfgText changed = this;
        SortedMap<String, String> present = rawValues();
        for (String key : present.keySet()) {
            if (!wanted.containsKey(key)) {
                changed = changed.without(key);
            }
        }
        for (Map.Entry<String, String> value : wanted.entrySet()) {
            if (!value.getValue().equals(present.get(value.getKey()))) {
                changed = changed.withRaw(value.getKey(), value.getValue());
            }
        }
        if (!changed.rawValues().equals(wanted)) {
            throw new ApplianceException("a configuration file cannot hold the value of "
                    + String.join(" or ", unlike(changed.rawValues(), wanted)) + "; use shorter or plainer text.");
        }
        return changed;
    }

    private static Set<String> unlike(SortedMap<String, String> some, SortedMap<String, String> others) {
        Set<String> keys = new TreeSet<>(some.keySet());
        keys.addAll(others.keySet());
        keys.removeIf(key -> Objects.equals(some.get(key), others.get(key)));
        return keys;
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
        load(properties);
        return properties;
    }

    private void load(TypedProperties properties) {
        try {
            properties.load(new StringReader(text));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
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
