package org.lunaria.scsi.internal.reservation;

/**
 * A persistent reservation; its scope is always the logical unit (SPC-4 6.15.3.3). Immutable.
 *
 * @param nexus by which it was made; it alone is the holder, but for the types that every registrant holds
 */
public record Reservation(ReservationType type, NexusName nexus) {}
