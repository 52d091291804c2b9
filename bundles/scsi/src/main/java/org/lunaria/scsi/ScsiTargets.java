package org.lunaria.scsi;

import java.util.List;
import java.util.Map;
import java.util.Optional;
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
     * A unit is gone for good: what it has saved and what is kept of its persistent reservations goes too. Blocks until that
     * is durable.
     *
     * @param naa the unit's NAA identifier in hexadecimal digits
     */
    void forget(String naa);

    /**
     * Takes a unit's removable medium out, as an operator does, while initiators use the unit: they are told that there is
     * none. What was written is durable then. Blocks until it is, half a minute at most.
     *
     * @param force whether it is done though an initiator prevents the removal
     * @return one sentence on why it stays, or empty
     */
    Optional<String> eject(String unit, boolean force);

    /**
     * Puts a removable medium in and starts it: that of the backend that the unit has now, and may have got meanwhile.
     *
     * @return one sentence on why there is none, or empty
     */
    Optional<String> load(String unit);

    /**
     * Makes a unit's store larger or smaller while the unit serves; initiators are told, and what they have under way goes on.
     * When it is done it is durable. Blocks until then, a minute at most. It is not done to a unit whose medium is out, is
     * being copied or worked on as a whole, or is a CD.
     *
     * @param capacityBytes a multiple of the unit's block length; as much as there is already is no change
     * @param shrink whether it may become smaller, which destroys what is behind: never while an initiator is logged in to it
     */
    SizeChange resize(String unit, long capacityBytes, boolean shrink);

    /**
     * What became of a configuration of a logical unit.
     *
     * @param pid of the configuration
     * @param values that it has
     * @return empty when those values were not looked at yet; else one sentence on why they were refused, or an empty text
     */
    Optional<String> verdict(String pid, Map<String, ?> values);

    /** The state of every logical unit, by name. A snapshot. */
    List<UnitStatus> units();

    /** What every logical unit has done, by name. A snapshot. */
    List<UnitTraffic> traffic();
}
