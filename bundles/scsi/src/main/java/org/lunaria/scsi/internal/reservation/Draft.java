package org.lunaria.scsi.internal.reservation;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The next state of persistent reservations while a request works on it. Confined to one {@link ReservationRequest#apply}. */
final class Draft {
    private final ReservationState before;
    private final NexusName by;
    private final Map<NexusName, Registration> registrations = new LinkedHashMap<>();
    private final List<Notice> notices = new ArrayList<>();
    private final Set<Registration> aborted = new LinkedHashSet<>();

    private Optional<Reservation> reservation;
    private boolean persistent;
    private int generation;

    Draft(ReservationState before, NexusName by) {
        this.before = before;
        this.by = by;
        before.registrations().forEach(registration -> registrations.put(registration.nexus(), registration));
        reservation = before.reservation();
        persistent = before.isPersistent();
        generation = before.generation();
    }

    void persistent(boolean isPersistent) {
        persistent = isPersistent;
    }

    /** PRgeneration counts the requests that may change registrations (SPC-4 6.15.2). */
    void count() {
        generation++;
    }

    /**
     * Sets the key of a nexus. One through any port takes the place of those through each; where there is one already, it
     * changes as a whole.
     */
    void register(NexusName nexus, long key) {
        NexusName throughAnyPort = nexus.throughAnyPort();
        if (nexus.equals(throughAnyPort)) {
            registrations.keySet().removeIf(other -> other.isOfSamePorts(nexus) && !other.equals(nexus));
        }
        NexusName registered = registrations.containsKey(throughAnyPort) ? throughAnyPort : nexus;
        registrations.put(registered, new Registration(registered, key));
    }

    boolean isOverfull() {
        return registrations.size() > ReservationState.MAX_REGISTRATIONS;
    }

    boolean hasAny(NexusName nexus) {
        return nexus.isThroughAnyPort()
                ? registrations.keySet().stream().anyMatch(other -> other.isOfSamePorts(nexus))
                : registrations.containsKey(nexus) || registrations.containsKey(nexus.throughAnyPort());
    }

    void removeAllOfSamePorts(NexusName nexus) {
        registrations.keySet().removeIf(other -> other.isOfSamePorts(nexus));
    }

    void remove(Registration registration) {
        registrations.remove(registration.nexus());
    }

    void reserve(ReservationType type, NexusName nexus) {
        reservation = Optional.of(new Reservation(type, nexus));
    }

    void release() {
        reservation = Optional.empty();
    }

    /** A reservation goes with the registration of its holder, or the last of its holders (SPC-4 5.13.10). */
    void releaseIfHolderIsGone() {
        if (reservation.isPresent()) {
            Reservation held = reservation.get();
            boolean isHeld = held.type().isHeldByAllRegistrants() ? !registrations.isEmpty() : hasAny(held.nexus());
            if (!isHeld) {
                release();
            }
        }
    }

    boolean isReserved() {
        return reservation.isPresent();
    }

    /** Tells the nexuses of a registration, other than the one that the request came from. */
    void tell(Registration registration, Notice.Kind kind) {
        if (!before.find(by).equals(Optional.of(registration)) || registration.isForAllPorts()) {
            notices.add(new Notice(registration, kind));
        }
    }

    /** Tells all who are still registered. */
    void tellRegistrants(Notice.Kind kind) {
        for (Registration registration : before.registrations()) {
            if (registrations.containsKey(registration.nexus())) {
                tell(registration, kind);
            }
        }
    }

    void abort(Registration registration) {
        aborted.add(registration);
    }

    Outcome good() {
        ReservationState state = ReservationState.of(generation, registrations.values(), reservation, persistent);
        return new Outcome(state, Reply.GOOD, List.copyOf(notices), Set.copyOf(aborted));
    }
}
