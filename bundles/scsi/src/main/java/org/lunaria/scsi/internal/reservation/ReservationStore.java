package org.lunaria.scsi.internal.reservation;

import java.io.IOException;
import java.util.Optional;

/**
 * Where persistent reservations are kept over a loss of power (APTPL). A unit is known by its NAA identifier, which no other
 * unit ever gets. Blocks. Used by one thread at a time for a unit.
 */
public interface ReservationStore {

    /**
     * What is kept for a unit; empty when nothing is.
     *
     * @throws IOException when that cannot be told: the reservations are lost
     */
    Optional<ReservationState> load(String unit) throws IOException;

    /** Keeps a state. When it returns, the state outlasts a loss of power; if it fails, the former one may have gone or not. */
    void save(String unit, ReservationState state) throws IOException;

    /** Keeps nothing for a unit any more. When it returns, that is durable. */
    void delete(String unit) throws IOException;
}
