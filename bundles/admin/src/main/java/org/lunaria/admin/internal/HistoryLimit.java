package org.lunaria.admin.internal;

import java.util.Map;
import org.lunaria.settings.Settings;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ConfigurationPolicy;
import org.osgi.service.metatype.annotations.Designate;

/** How many versions of the configuration are kept, if a file says so. Immutable. */
@Component(
        name = HistoryLimit.PID,
        configurationPid = HistoryLimit.PID,
        configurationPolicy = ConfigurationPolicy.REQUIRE,
        immediate = true,
        service = HistoryLimit.class)
@Designate(ocd = HistoryConfig.class)
public final class HistoryLimit {
    static final String PID = "org.lunaria.history";

    /** Where no file says how many. */
    static final int VERSIONS = 50;

    private final int versions;

    /** @throws org.lunaria.settings.InvalidSetting when it is no number that may be */
    @Activate
    public HistoryLimit(Map<String, Object> properties) {
        versions = (int) new Settings(PID, properties, HistoryConfig.class).number("versions");
    }

    int versions() {
        return versions;
    }
}
