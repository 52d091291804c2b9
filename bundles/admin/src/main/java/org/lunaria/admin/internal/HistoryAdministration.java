package org.lunaria.admin.internal;

import java.util.List;
import java.util.function.Supplier;
import org.lunaria.admin.Configuration;
import org.lunaria.admin.ConfigurationDifference;
import org.lunaria.admin.History;
import org.lunaria.admin.Steps;
import org.lunaria.admin.Version;

/** The configuration as a whole, and its versions. Thread-safe. */
final class HistoryAdministration implements History {
    private final WholeConfiguration whole;
    private final VersionStore versions;

    HistoryAdministration(WholeConfiguration whole, VersionStore versions) {
        this.whole = whole;
        this.versions = versions;
    }

    @Override
    public Configuration current() {
        return whole.current();
    }

    @Override
    public ConfigurationDifference apply(Configuration wanted, Steps steps) {
        return whole.apply(wanted, steps);
    }

    @Override
    public ConfigurationDifference preview(Configuration wanted) {
        return whole.preview(wanted);
    }

    @Override
    public List<Version> list() {
        return versions.list();
    }

    @Override
    public Configuration get(int version) {
        return whole.configuration(versions.texts(version));
    }

    @Override
    public ConfigurationDifference previewRollback(int version) {
        return whole.previewFiles(versions.texts(version));
    }

    @Override
    public List<String> remarks(int version) {
        return whole.remarks(versions.texts(version));
    }

    @Override
    public ConfigurationDifference rollback(int version) {
        return whole.applyFiles(versions.texts(version));
    }

    @Override
    public <T> T by(String who, String what, Supplier<T> work) {
        return new Author(who, what).during(work);
    }
}
