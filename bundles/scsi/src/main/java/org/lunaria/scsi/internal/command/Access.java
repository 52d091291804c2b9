package org.lunaria.scsi.internal.command;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import org.lunaria.scsi.DataTransfer;
import org.lunaria.scsi.TaskResult;
import org.lunaria.scsi.internal.buffer.EchoBuffer;
import org.lunaria.scsi.internal.copy.CopyOperations;
import org.lunaria.scsi.internal.operation.MediumOperation;
import org.lunaria.scsi.internal.operation.StartedOperation;
import org.lunaria.scsi.internal.page.AccessStatus;
import org.lunaria.scsi.internal.page.InformationType;
import org.lunaria.scsi.internal.page.ModeParameter;
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

    /** Whether it is to the REPORT LUNS well known logical unit, which is no device. */
    default boolean isWellKnown() {
        return false;
    }

    PortIdentity port();

    /** Whether commands that change the medium are refused: by the mapping, the unit, an initiator (SWP) or the backend. */
    boolean writeProtected();

    /** In which state the target port group of the nexus is for the unit, and why. */
    AccessStatus accessStatus();

    /** Whether the initiator may say how others reach the unit: its mapping is not read-only. */
    boolean mayConfigure();

    /** Begins to set another state of the group for the unit; empty while another one is at it. */
    Optional<AccessTransition> beginTransition();

    /** Every logical unit number under which the initiator sees a unit of the target, ascending. */
    int[] luns();

    /** The initiator was told the numbers: REPORTED LUNS DATA HAS CHANGED has done its work (SPC-4 6.33). */
    void lunsReported();

    /** Takes the most important pending unit attention away, for REQUEST SENSE. */
    Optional<Sense> takeUnitAttention();

    /** PREVENT ALLOW MEDIUM REMOVAL, until the nexus is lost or the unit is reset. */
    void preventRemoval(boolean prevent);

    /** What became of the medium that this initiator has not been told by GET EVENT STATUS NOTIFICATION. */
    enum MediumEvent {
        NONE,
        INSERTED,
        REMOVED
    }

    /** Tells what became of the medium since it was asked last. */
    MediumEvent takeMediumEvent();
    /**
     * Changes mode parameters of the unit, and saves all of them if that is asked for. Completes on any thread, when they hold
     * and are durable where they have to be, and the other nexuses were told: with true, or with false when they cannot be
     * saved and nothing has changed.
     */
    CompletionStage<Boolean> changeModes(Map<ModeParameter, Long> values, boolean saves);

    /** Saves identifying information. Completes on any thread, when it is durable and the other nexuses were told; with whether. */
    CompletionStage<Boolean> changeIdentifyingInformation(InformationType type, byte[] information);

    /** The statistics of the unit begin anew; the other nexuses are told. */
    void resetStatistics();

    /** Sets the device clock, and tells the other nexuses. */
    void setTimestamp(long millis);

    /** The reservations of the unit at this moment. */
    ReservationState reservations();

    /**
     * Changes the reservations of the unit. Completes on any thread, when the change is made and durable, and the commands
     * have ended that it aborts.
     *
     * @param by the command that asks, which is not aborted
     */
    CompletionStage<Reply> reserve(ReservationRequest request, Execution by);

    /**
     * Begins an operation on the whole medium: all commands but those that are allowed meanwhile are ended, that it is under way
     * is made durable, and then it is. Completes on any thread, also when the command is aborted.
     *
     * @param by the command that asks for it, which is not ended
     */
    CompletionStage<StartedOperation> begin(MediumOperation operation, Execution by);

    /** After a failed operation, all is as if it had been done. Completes likewise, when that is durable. */
    CompletionStage<StartedOperation> exitFailureMode();

    /** The third-party copies that the nexus has begun with the unit. */
    CopyOperations copies();

    /** The echo buffer of the nexus at the unit. */
    EchoBuffer echoBuffer();

    /** Access of the same nexus to each unit of the target that it sees, by ascending number; for a copy. */
    List<? extends Access> reachable();

    /**
     * Does a command that a copy of the nexus has for the unit, and waits for no other task. It passes all that a command
     * of the nexus passes, but that pending unit attentions stay: they are for the initiator to hear.
     *
     * @param tag below 0, which no initiator's is
     * @param data its {@link DataTransfer#cancel} is called when the command ends without an answer
     */
    void executeForCopy(long tag, byte[] cdb, DataTransfer data, Executor executor, Consumer<TaskResult> answer);

    /** Aborts such a command: it ends as soon as its store lets it. */
    void abortForCopy(long tag);

    /** Runs something soon, on another thread. */
    void later(Runnable work);
}
