package org.lunaria.scsi.internal.command;

import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.lunaria.scsi.internal.page.PortIdentity;
import org.lunaria.scsi.internal.page.Sense;
import org.lunaria.scsi.internal.reservation.Reply;
import org.lunaria.scsi.internal.reservation.ReservationRequest;
import org.lunaria.scsi.internal.reservation.ReservationState;

/**
 * An initiator's access to a logical unit number, as command handlers see it: SAM's I_T_L nexus. Thread-safe; no method
 * blocks.
 */
public interface Access {

    /** The unit under the number; empty for a number that has none. */
    Optional<Device> device();

    PortIdentity port();

    /** Whether commands that change the medium are refused: by the mapping, the unit or the backend. */
    boolean writeProtected();

    /** Every logical unit number under which the initiator sees a unit of the target, ascending. */
    int[] luns();

    /** The initiator was told the numbers: REPORTED LUNS DATA HAS CHANGED has done its work (SPC-4 6.33). */
    void lunsReported();

    /** Takes the most important pending unit attention away, for REQUEST SENSE. */
    Optional<Sense> takeUnitAttention();

    /** PREVENT ALLOW MEDIUM REMOVAL, until the nexus is lost or the unit is reset. */
    void preventRemoval(boolean prevent);

    /** The reservations of the unit at this moment. */
    ReservationState reservations();

    /**
     * Changes the reservations of the unit. Completes on any thread, when the change is made and durable, and the commands
     * have ended that it aborts.
     *
     * @param by the command that asks, which is not aborted
     */
    CompletionStage<Reply> reserve(ReservationRequest request, Execution by);
}
