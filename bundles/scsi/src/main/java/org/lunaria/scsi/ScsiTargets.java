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

    /**
     * A unit is gone for good: what is kept of its persistent reservations goes too. Blocks until that is durable.
     *
     * @param naa the unit's NAA identifier in hexadecimal digits
     */
    void forgetReservations(String naa);

    /** The state of every logical unit, by name. A snapshot. */
    List<UnitStatus> units();
}
