package org.lunaria.scsi.internal.reservation;

import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * All that a logical unit knows of its reservations at one moment. Immutable, so that a command that looks at it sees
 * nothing half done, and that there is no lock on the way of a READ.
 */
public final class ReservationState {

    /** Registrations of a unit at most: more are refused with INSUFFICIENT REGISTRATION RESOURCES. */
    public static final int MAX_REGISTRATIONS = 1024;

    /** Nobody is registered, nothing is reserved. */
    public static final ReservationState NONE =
            new ReservationState(0, Map.of(), Optional.empty(), Optional.empty(), false, false);

    /** What was kept cannot be read: nobody knows who may do what (SPC-4 5.13.5.3.2). */
    public static final ReservationState LOST =
            new ReservationState(0, Map.of(), Optional.empty(), Optional.empty(), true, true);

    private final int generation;
    private final Map<NexusName, Registration> registrations;
    private final Optional<Reservation> reservation;
    private final Optional<NexusName> reservedBy;
    private final boolean persistent;
    private final boolean lost;
    private final boolean restricts;

    private ReservationState(
            int generation,
            Map<NexusName, Registration> registrations,
            Optional<Reservation> reservation,
            Optional<NexusName> reservedBy,
            boolean persistent,
            boolean lost) {
        this.generation = generation;
        this.registrations = registrations;
        this.reservation = reservation;
        this.reservedBy = reservedBy;
        this.persistent = persistent;
        this.lost = lost;
        this.restricts = reservation.isPresent() || reservedBy.isPresent() || lost;
    }

    /**
     * A state of persistent reservations.
     *
     * @param registrations in the order in which they are reported
     */
    static ReservationState of(
            int generation,
            Collection<Registration> registrations,
            Optional<Reservation> reservation,
            boolean persistent) {
        Map<NexusName, Registration> byNexus = new LinkedHashMap<>();
        registrations.forEach(registration -> byNexus.put(registration.nexus(), registration));
        return new ReservationState(
                generation, Collections.unmodifiableMap(byNexus), reservation, Optional.empty(), persistent, false);
    }

    /** The same, reserved by RESERVE. */
    ReservationState withReserve(NexusName nexus) {
        return reservedBy(Optional.of(nexus));
    }

    private ReservationState reservedBy(Optional<NexusName> nexus) {
        return new ReservationState(generation, registrations, reservation, nexus, persistent, lost);
    }

    /** The same, reserved by RESERVE no longer. */
    public ReservationState withoutReserve() {
        return reservedBy.isEmpty() ? this : reservedBy(Optional.empty());
    }

    /** PRgeneration, unsigned. */
    public int generation() {
        return generation;
    }

    /** In the order in which they came. */
    public List<Registration> registrations() {
        return List.copyOf(registrations.values());
    }

    /** The persistent reservation. */
    public Optional<Reservation> reservation() {
        return reservation;
    }

    /** Who holds the unit by RESERVE (6) or (10). */
    public Optional<NexusName> reservedBy() {
        return reservedBy;
    }

    /** Whether it outlasts a loss of power (APTPL). */
    public boolean isPersistent() {
        return persistent;
    }

    public boolean isLost() {
        return lost;
    }

    /** The registration that a nexus has: its own, else that of its initiator port through all ports. */
    public Optional<Registration> find(NexusName nexus) {
        if (registrations.isEmpty()) {
            return Optional.empty();
        }
        Registration own = registrations.get(nexus);
        return Optional.ofNullable(own != null ? own : registrations.get(nexus.throughAnyPort()));
    }

    /** Whether a nexus holds the persistent reservation (SPC-4 5.13.10). */
    public boolean isHolder(NexusName nexus) {
        return reservation.isPresent()
                && (reservation.get().type().isHeldByAllRegistrants()
                        ? find(nexus).isPresent()
                        : reservation.get().nexus().equals(nexus));
    }

    /** Whether a registration is that of a holder. */
    public boolean isOfHolder(Registration registration) {
        return reservation.isPresent()
                && (reservation.get().type().isHeldByAllRegistrants()
                        || find(reservation.get().nexus()).equals(Optional.of(registration)));
    }

    /** The key of the one holder; zero if there is none, or every registrant is one. */
    public long holderKey() {
        return reservation
                .filter(held -> !held.type().isHeldByAllRegistrants())
                .flatMap(held -> find(held.nexus()))
                .map(Registration::key)
                .orElse(0L);
    }

    /** Whether there is anything that commands have to be held against: all that one without reservations has to ask. */
    public boolean restricts() {
        return restricts;
    }

    /** Whether a command of a nexus meets RESERVATION CONFLICT. */
    public boolean conflicts(NexusName nexus, ReservationAccess access) {
        return conflictsWithReserve(nexus, access) || conflictsWithReservation(nexus, access);
    }

    private boolean conflictsWithReserve(NexusName nexus, ReservationAccess access) {
        return reservedBy.isPresent()
                && access != ReservationAccess.ALLOWED
                && !reservedBy.get().equals(nexus);
    }

    private boolean conflictsWithReservation(NexusName nexus, ReservationAccess access) {
        if (reservation.isEmpty()) {
            return false;
        }
        ReservationType type = reservation.get().type();
        boolean restricted = switch (access) {
            case ALLOWED, ALLOWED_IF_PERSISTENT -> false;
            case READ -> type.isExclusiveAccess();
            case CHANGE -> true;
        };
        boolean admitted = restricted
                && (isHolder(nexus) || type.admitsRegistrants() && find(nexus).isPresent());
        return restricted && !admitted;
    }
}
