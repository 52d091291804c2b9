package org.lunaria.admin.internal;

import org.lunaria.admin.Configuration;
import org.lunaria.admin.ConfigurationDifference;
import org.lunaria.admin.History;

/** The configuration as a whole. Thread-safe. */
final class HistoryAdministration implements History {
    private final WholeConfiguration whole;

    HistoryAdministration(WholeConfiguration whole) {
        this.whole = whole;
    }

    @Override
    public Configuration current() {
        return whole.current();
    }

    @Override
    public ConfigurationDifference apply(Configuration wanted) {
        return whole.apply(wanted);
    }

    @Override
    public ConfigurationDifference preview(Configuration wanted) {
        return whole.preview(wanted);
    }
}
