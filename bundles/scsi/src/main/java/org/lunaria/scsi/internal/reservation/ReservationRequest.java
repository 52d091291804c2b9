package org.lunaria.scsi.internal.reservation;

import java.util.Set;

/** A request to change reservations. Pure: it may be asked, and its outcome thrown away. */
@FunctionalInterface
public interface ReservationRequest {

    /**
     * @param by whose request it is
     * @param present the nexuses that have access to the unit now
     */
    Outcome apply(ReservationState state, NexusName by, Set<NexusName> present);
}
