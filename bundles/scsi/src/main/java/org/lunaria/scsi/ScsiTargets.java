package org.lunaria.scsi;

import java.util.List;
import org.osgi.annotation.versioning.ProviderType;

/**
 * The SCSI engine as an OSGi service: makes targets for transports, and tells what its logical units are doing.
 * Thread-safe.
 */
@ProviderType
public interface ScsiTargets {

    /**
     * A new target without logical units.
     *
     * @param name the SCSI device name, for the device identification of its units
     */
    ScsiTarget create(String name);

    /** The state of every logical unit, by name. A snapshot. */
    List<UnitStatus> units();
}
