package org.lunaria.admin;

import org.osgi.annotation.versioning.ProviderType;

/** Measures what goes through the appliance, from when it was made on. Thread-safe. */
@ProviderType
public interface TrafficMeter {

    /** What there was since the last call, or since the meter was made. */
    Traffic next();
}
