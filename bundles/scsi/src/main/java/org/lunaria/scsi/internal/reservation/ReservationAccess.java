package org.lunaria.scsi.internal.reservation;

/**
 * What a command is to a reservation that another nexus holds: a row of the tables of commands that are allowed in the
 * presence of various reservations (SPC-4 5.13.1, SBC-4 4.17), of which there are no more kinds than these.
 */
public enum ReservationAccess {
    /** Allowed always, or the command looks at reservations itself. */
    ALLOWED,
    /** Allowed whatever the type of a persistent reservation, but not while another nexus holds one of RESERVE (SPC-2 5.5.1). */
    ALLOWED_IF_PERSISTENT,
    /** Allowed unless the type is one of exclusive access, and who is admitted then. */
    READ,
    /** Allowed to who is admitted only. */
    CHANGE
}
