package org.lunaria.admin;

import java.util.List;

/**
 * A key of a configuration.
 *
 * @param description what it means, its unit and range, for people
 * @param defaultValue or empty
 * @param choices the values it takes, where they are a list; else empty
 */
public record SettingKey(String name, String description, String defaultValue, List<String> choices) {}
