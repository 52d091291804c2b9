package org.lunaria.admin;

import java.util.List;
import org.osgi.annotation.versioning.ProviderType;

/**
 * The whole appliance, as its administrator sees it: an OSGi service. Every method below its parts throws an
 * {@link ApplianceException} when it cannot do what it is asked; then nothing has changed.
 */
@ProviderType
public interface Appliance {

    Volumes volumes();

    Targets targets();

    Portals portals();

    Accounts accounts();

    Sessions sessions();

    Backends backends();

    History history();

    Events events();

    /** The keys of the configurations of a PID, as the bundle that takes them declares them; none where no bundle does. */
    List<SettingKey> keys(String pid);

    /** What is not well now. */
    Health health();

    /** Begins to measure what goes through; each caller has a meter of its own. */
    TrafficMeter meter();
}
