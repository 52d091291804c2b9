package org.lunaria.scsi.internal.reservation;

import java.util.List;
import java.util.Set;

/**
 * What a request comes to. Immutable.
 *
 * @param state from now on; the same object if nothing changes
 * @param notices to all nexuses but the one that the request came from
 * @param aborted registrations as they were before, whose nexuses lose their commands
 */
public record Outcome(ReservationState state, Reply reply, List<Notice> notices, Set<Registration> aborted) {

    static Outcome unchanged(ReservationState state, Reply reply) {
        return new Outcome(state, reply, List.of(), Set.of());
    }
}
