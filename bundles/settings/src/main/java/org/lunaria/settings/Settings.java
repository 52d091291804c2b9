package org.lunaria.settings;

import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * One instance's configuration, read with the checks that an administrator deserves: a key that nobody knows, a value
 * that is no number, a number out of range are refused with an {@link InvalidSetting} that says which, and what would do.
 *
 * <p>The known keys and their defaults are those of the annotation type that describes the configuration to OSGi's
 * metatype (an {@code @ObjectClassDefinition}), so that they are written down once. Names map as Declarative Services
 * does it: {@code backend_id} is {@code backend.id}, {@code for$} is {@code for}.
 *
 * <p>Keys of the framework ({@code service.*}, {@code component.*}, {@code felix.*}, {@code osgi.*}, {@code org.apache.karaf.*}, names
 * with a leading dot, and reference targets) pass. Immutable.
 */
public final class Settings {

    private final String factoryPid;
    private final String name;
    private final Map<String, Object> values;
    private final Map<String, Range> ranges;

    /**
     * @param factoryPid whose instance this is, for messages
     * @param properties as Declarative Services hands them over; {@code service.pid} carries the instance's name
     * @param definition the annotation type that declares the keys
     */
    public Settings(String factoryPid, Map<String, ?> properties, Class<?> definition) {
        this.factoryPid = factoryPid;
        this.name = instanceName(properties.get("service.pid"));
        this.values = new LinkedHashMap<>();
        this.ranges = new LinkedHashMap<>();
        for (Method method : definition.getDeclaredMethods()) {
            values.put(key(method), method.getDefaultValue());
            if (method.isAnnotationPresent(Range.class)) {
                ranges.put(key(method), method.getAnnotation(Range.class));
            }
        }
        for (Map.Entry<String, ?> property : properties.entrySet()) {
            if (values.containsKey(property.getKey())) {
                values.put(property.getKey(), property.getValue());
            } else if (!ofTheFramework(property.getKey())) {
                throw new InvalidSetting(this + ": unknown key " + property.getKey() + "; known keys are "
                        + String.join(", ", new TreeSet<>(values.keySet())) + ".");
            }
        }
    }

    /** The instance's name: what follows {@code ~} in its PID, as {@code disk-1} of etc/org.lunaria.unit-disk-1.cfg. */
    public String name() {
        return name;
    }

    /** The text of a key, trimmed; empty when it is neither set nor has a default. */
    public String text(String key) {
        Object value = value(key);
        if (value instanceof String[] array) {
            return String.join(",", array).trim();
        }
        return value == null ? "" : value.toString().trim();
    }

    /** The text of a key that must be there. */
    public String requiredText(String key, String hint) {
        String text = text(key);
        if (text.isEmpty()) {
            throw invalid(key, hint);
        }
        return text;
    }

    /** The parts of a text that commas separate, trimmed, without empty ones. */
    public List<String> list(String key) {
        Object value = value(key);
        Stream<?> parts = value instanceof Object[] array
                ? Arrays.stream(array)
                : Stream.of(text(key).split(","));
        return parts.map(part -> part.toString().trim())
                .filter(part -> !part.isEmpty())
                .toList();
    }

    public boolean flag(String key) {
        String text = text(key);
        return switch (text) {
            case "true" -> true;
            case "false" -> false;
            default -> throw invalid(key, "give true or false");
        };
    }

    /** A whole number, within the {@link Range} that its declaration has. */
    public long number(String key) {
        String text = text(key);
        Range range = ranges.get(key);
        try {
            long value = Long.parseLong(text);
            if (value >= range.least() && value <= range.most()) {
                return value;
            }
        } catch (NumberFormatException e) {
            // Falls through: no number and out of range get the same sentence.
        }
        throw invalid(key, "give a whole number from " + range.least() + " to " + range.most());
    }

    /** One of an enum's constants, by name. */
    public <E extends Enum<E>> E choice(String key, Class<E> type) {
        String text = text(key);
        for (E constant : type.getEnumConstants()) {
            if (constant.name().equalsIgnoreCase(text)) {
                return constant;
            }
        }
        throw invalid(
                key,
                "give one of "
                        + String.join(
                                ", ",
                                Arrays.stream(type.getEnumConstants())
                                        .map(Enum::name)
                                        .toList()));
    }

    /** The sentence for a value that this class cannot judge: "... key = value: hint." */
    public InvalidSetting invalid(String key, String hint) {
        String text = text(key);
        return new InvalidSetting(
                this + ": " + key + (text.isEmpty() ? " is not set" : " = " + text) + ": " + hint + ".");
    }

    /** The key that a method of the describing annotation type declares. */
    public static String key(Method method) {
        return method.getName()
                .replace("$", "")
                .replace("__", "\0")
                .replace('_', '.')
                .replace('\0', '_');
    }

    /** Factory PID and instance, as {@code org.lunaria.unit disk-1}; of a singleton its PID. */
    @Override
    public String toString() {
        return name.isEmpty() || name.equals(factoryPid) ? factoryPid : factoryPid + " " + name;
    }

    private Object value(String key) {
        if (!values.containsKey(key)) {
            throw new IllegalStateException(key + " is not declared for " + factoryPid);
        }
        return values.get(key);
    }

    private static String instanceName(Object servicePid) {
        String pid = servicePid == null ? "" : servicePid.toString();
        int tilde = pid.indexOf('~');
        return tilde < 0 ? pid : pid.substring(tilde + 1);
    }

    private static boolean ofTheFramework(String key) {
        return key.startsWith(".")
                || key.startsWith("service.")
                || key.startsWith("component.")
                || key.startsWith("felix.")
                || key.startsWith("osgi.")
                || key.startsWith("org.apache.karaf.")
                || key.endsWith(".target");
    }
}
