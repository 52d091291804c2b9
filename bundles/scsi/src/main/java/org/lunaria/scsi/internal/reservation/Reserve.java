package org.lunaria.scsi.internal.reservation;

import java.util.Optional;
import java.util.Set;

/**
 * RESERVE and RELEASE as SPC-2 5.5 has them, with the exceptions of SPC-4 5.13.3 (CRH): to who is admitted by a persistent
 * reservation they are GOOD and do nothing. While anybody is registered they conflict otherwise.
 */
public enum Reserve implements ReservationRequest {
    RESERVE {
        @Override
        Outcome apply(ReservationState state, NexusName by) {
            boolean taken =
                    state.reservedBy().isPresent() && !state.reservedBy().get().equals(by);
            return taken
                    ? Outcome.unchanged(state, Reply.CONFLICT)
                    : Outcome.unchanged(state.withReserve(by), Reply.GOOD);
        }
    },
    RELEASE {
        @Override
        Outcome apply(ReservationState state, NexusName by) {
            boolean own = state.reservedBy().equals(Optional.of(by));
            return Outcome.unchanged(own ? state.withoutReserve() : state, Reply.GOOD);
        }
    };

    abstract Outcome apply(ReservationState state, NexusName by);

    @Override
    public Outcome apply(ReservationState state, NexusName by, Set<NexusName> present) {
        boolean registered = state.find(by).isPresent();
        boolean admitted = state.isHolder(by)
                || registered
                        && state.reservation()
                                .filter(held -> held.type().admitsRegistrants())
                                .isPresent();
        if (admitted) {
            return Outcome.unchanged(state, Reply.GOOD);
        }
        return state.registrations().isEmpty() ? apply(state, by) : Outcome.unchanged(state, Reply.CONFLICT);
    }
}
