package org.lunaria.scsi;

import java.util.Map;

/**
 * Which logical units an initiator sees of a target, and under which numbers. Immutable.
 *
 * @param units the mapping of each logical unit number, 0 to 16383
 */
public record LunMap(Map<Integer, Mapping> units) {
    /** The largest number that fits the flat space addressing method (SAM-5 4.7.7.4). */
    public static final int MAX_LUN = 16383;

    /**
     * One logical unit under a number.
     *
     * @param unit its name, which is the volume's
     * @param readOnly whether commands that change the medium are refused under this number, where the map holds
     */
    public record Mapping(String unit, boolean readOnly) {}

    public LunMap {
        units = Map.copyOf(units);
        for (int lun : units.keySet()) {
            if (lun < 0 || lun > MAX_LUN) {
                throw new IllegalArgumentException("logical unit number " + lun + " is not in 0 to " + MAX_LUN);
            }
        }
    }
}
