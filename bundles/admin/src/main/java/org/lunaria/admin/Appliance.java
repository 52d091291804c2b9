package org.lunaria.admin;

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

    /** What is not well now. */
    Health health();

    /** Begins to measure what goes through; each caller has a meter of its own. */
    TrafficMeter meter();
}
