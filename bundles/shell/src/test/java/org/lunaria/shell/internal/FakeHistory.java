package org.lunaria.shell.internal;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.lunaria.admin.ApplianceException;
import org.lunaria.admin.Configuration;
import org.lunaria.admin.ConfigurationDifference;
import org.lunaria.admin.History;
import org.lunaria.admin.Steps;
import org.lunaria.admin.Version;

/** A configuration with two versions, which takes whatever it is to be, and notes who does what. Confined to its test. */
public final class FakeHistory implements History {
    private final List<Version> versions = List.of(
            new Version(1, Instant.parse("2026-11-26T03:26:53.229Z"), Version.BY_HAND, "files in etc/ are others"),
            new Version(2, Instant.parse("2026-11-26T03:27:53.229Z"), "karaf", "account:create host1"));

    private final List<Configuration> configurations = List.of(
            Configuration.EMPTY.with("org.lunaria.unit", "d1", Map.of("readOnly", "true", "serial", "1")),
            Configuration.EMPTY
                    .with("org.lunaria.unit", "d1", Map.of("readOnly", "false", "serial", "1"))
                    .with("org.lunaria.account", "host1", Map.of("secret", "ohNobodyMayKnow")));

    /** What the files say. */
    public Configuration configuration = configurations.get(1);

    /** Who did what. */
    public final List<String> done = new ArrayList<>();

    @Override
    public Configuration current() {
        return configuration;
    }

    @Override
    public ConfigurationDifference apply(Configuration wanted, Steps steps) {
        ConfigurationDifference difference = preview(wanted);
        configuration = wanted;
        return difference;
    }

    @Override
    public List<Version> list() {
        return versions;
    }

    @Override
    public Configuration get(int version) {
        if (version > versions.size()) {
            throw new ApplianceException("version " + version + " is not kept.");
        }
        return configurations.get(version - 1);
    }

    @Override
    public ConfigurationDifference previewRollback(int version) {
        return preview(get(version));
    }

    @Override
    public List<String> remarks(int version) {
        return version == 1 && !configuration.equals(get(1)) ? List.of("target t1 has a flaw.") : List.of();
    }

    @Override
    public ConfigurationDifference rollback(int version) {
        return apply(get(version));
    }

    @Override
    public <T> T by(String who, String what, Supplier<T> work) {
        done.add(who + ": " + what);
        return work.get();
    }

    @Override
    public ConfigurationDifference preview(Configuration wanted) {
        return ConfigurationDifference.between(configuration, wanted);
    }
}
