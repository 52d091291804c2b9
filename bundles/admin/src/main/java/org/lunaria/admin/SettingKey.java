package org.lunaria.admin;

import java.util.List;

/**
 * A key of a configuration.
 *
 * @param description what it means, its unit and range, for people
 * @param defaultValue or empty
 * @param choices the values it takes, where they are a list; else empty
 * @param type what its values are
 */
public record SettingKey(String name, String description, String defaultValue, List<String> choices, Type type) {

    /** What a value is. Whether one is in range only the component knows that takes it. */
    public enum Type {
        TEXT("any text", ""),
        NUMBER("a whole number", "[+-]?\\d{1,19}"),
        FLAG("true or false", "true|false");

        private final String text;
        private final String pattern;

        Type(String text, String pattern) {
            this.text = text;
            this.pattern = pattern;
        }
    }

    /** One of texts. */
    public SettingKey(String name, String description, String defaultValue, List<String> choices) {
        this(name, description, defaultValue, choices, Type.TEXT);
    }

    /** @throws ApplianceException when a value cannot be one of this key's */
    public void check(String value) {
        if (type != Type.TEXT && !value.strip().matches(type.pattern)) {
            throw new ApplianceException(name + " = " + value + ": give " + type.text + ".");
        }
    }
}
