package org.lunaria.scsi.internal.reservation;

/**
 * What the nexuses of a registration have to be told by a unit attention. Immutable.
 *
 * @param registration as it was before the change
 */
public record Notice(Registration registration, Kind kind) {

    /** The unit attentions of SPC-4 5.13.11. */
    public enum Kind {
        RESERVATIONS_PREEMPTED,
        REGISTRATIONS_PREEMPTED,
        RESERVATIONS_RELEASED
    }
}
