package org.lunaria.scsi;

import java.time.Instant;

/**
 * An operation that a logical unit's backend did not do: for listings, immutable.
 *
 * @param at when that was known
 * @param operation READ, WRITE, FLUSH, UNMAP, WRITE_ZEROES or OTHER
 * @param lba the first block that is known to be concerned, or -1
 * @param sense what initiators were answered, in the standard's words: sense key and additional sense, or a status
 * @param reason the backend's own words
 */
public record UnitFailure(Instant at, String operation, long lba, String sense, String reason) {}
