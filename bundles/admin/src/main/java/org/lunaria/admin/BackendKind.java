package org.lunaria.admin;

import java.util.List;

/**
 * A kind of backend.
 *
 * @param name for {@link NewVolume#kind}
 * @param description one line for people
 * @param bundle symbolic name of the bundle that brings it
 * @param version of that bundle
 * @param keys its configuration's, by name
 */
public record BackendKind(String name, String description, String bundle, String version, List<SettingKey> keys) {}
