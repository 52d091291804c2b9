package org.lunaria.scsi;

import java.time.Instant;

/**
 * A time in which a logical unit held what came, since its backend was exchanged or away: for listings, immutable.
 *
 * @param began when it began
 * @param millis how long it was, rounded up
 */
public record UnitHold(Instant began, long millis) {}
