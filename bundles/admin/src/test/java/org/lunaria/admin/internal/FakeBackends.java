package org.lunaria.admin.internal;

import java.util.List;
import java.util.stream.Stream;
import org.lunaria.admin.Backend;
import org.lunaria.admin.BackendKind;
import org.lunaria.admin.Backends;
import org.lunaria.admin.SettingKey;

/** Three kinds of backends with some of their keys, and a backend of a MiB for each that is configured. Thread-safe. */
final class FakeBackends implements Backends {
    private final Configurations configurations;

    FakeBackends(Configurations configurations) {
        this.configurations = configurations;
    }

    @Override
    public List<BackendKind> kinds() {
        return List.of(
                kind("file", "backend.id", "path", "sizeBytes", "create", "preallocate"),
                kind("memory", "backend.id", "sizeBytes", "discardWrites"),
                kind("block", "backend.id", "device"));
    }

    @Override
    public List<SettingKey> unitKeys() {
        return keys("vendor", "readOnly", "type");
    }

    @Override
    public List<Backend> list() {
        return configurations.list(InstanceId.BACKEND_NAMESPACE + "*").keySet().stream()
                .map(id -> new Backend(
                        id.name(),
                        id.kind(),
                        "org.lunaria.backend." + id.kind(),
                        "0.1.0",
                        1 << 20,
                        512,
                        512,
                        0,
                        1 << 20,
                        0,
                        id.kind().equals("block") ? List.of() : List.of("RESIZE")))
                .toList();
    }

    private static BackendKind kind(String name, String... keys) {
        return new BackendKind(name, "", "org.lunaria.backend." + name, "0.1.0", keys(keys));
    }

    /** Keys with these names, without a word on what they are for. */
    static List<SettingKey> keys(String... names) {
        return Stream.of(names)
                .map(name -> new SettingKey(
                        name,
                        "",
                        name.equals("sizeBytes") ? "-1" : "",
                        List.of(),
                        name.equals("preallocate") ? SettingKey.Type.FLAG : SettingKey.Type.TEXT))
                .toList();
    }
}
