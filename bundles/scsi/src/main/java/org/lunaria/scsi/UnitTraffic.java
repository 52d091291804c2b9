package org.lunaria.scsi;

import java.util.List;

/**
 * What a logical unit's backends were asked since the unit was started, and how long that took: for whoever measures,
 * immutable.
 *
 * @param name of the unit, which is the volume's
 * @param inFlight backend operations under way that were not done at once
 * @param held operations that wait for a backend
 * @param operations of each kind of which there was one
 */
public record UnitTraffic(String name, int inFlight, int held, List<Operations> operations) {

    /**
     * Operations of one kind.
     *
     * @param kind READ, WRITE, FLUSH, UNMAP, WRITE_ZEROES or OTHER
     * @param count how many were begun
     * @param bytes of their ranges
     * @param latency of those that have ended, from when a backend got them; of the reads and writes that are done at once one in
     *     eight is timed, and counts for eight
     */
    public record Operations(String kind, long count, long bytes, Latency latency) {}
}
