package org.lunaria.scsi.internal.unit;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import org.lunaria.scsi.DataTransfer;
import org.lunaria.scsi.SenseCode;
import org.lunaria.scsi.Task;
import org.lunaria.scsi.TaskResult;
import org.lunaria.scsi.internal.buffer.EchoBuffer;
import org.lunaria.scsi.internal.command.Access;
import org.lunaria.scsi.internal.command.AccessTransition;
import org.lunaria.scsi.internal.command.Command;
import org.lunaria.scsi.internal.command.Device;
import org.lunaria.scsi.internal.command.Execution;
import org.lunaria.scsi.internal.command.Trait;
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

/** Access to a number that has no unit: what there is to say of the target can be said. Immutable. */
class AbsentAccess implements Access {
    private final NexusPaths paths;

    AbsentAccess(NexusPaths paths) {
        this.paths = paths;
    }

    /** Why a command is not done, apart from its CDB; empty for one that is. */
    Optional<Sense> refusal(Task task, Optional<Command> command) {
        return command.filter(known -> known.traits().contains(Trait.ANSWERS_WITHOUT_UNIT))
                        .isPresent()
                ? Optional.empty()
                : Optional.of(Sense.of(SenseCode.LOGICAL_UNIT_NOT_SUPPORTED));
    }

    @Override
    public Optional<Device> device() {
        return Optional.empty();
    }

    @Override
    public PortIdentity port() {
        return paths.port();
    }

    @Override
    public boolean writeProtected() {
        return false;
    }

    @Override
    public AccessStatus accessStatus() {
        throw new IllegalStateException("there is no unit");
    }

    @Override
    public boolean mayConfigure() {
        return false;
    }

    @Override
    public Optional<AccessTransition> beginTransition() {
        throw new IllegalStateException("there is no unit");
    }

    @Override
    public int[] luns() {
        return paths.luns();
    }

    @Override
    public void lunsReported() {
        paths.lunsReported();
    }

    @Override
    public Optional<Sense> takeUnitAttention() {
        return Optional.empty();
    }

    @Override
    public CompletionStage<Boolean> changeModes(Map<ModeParameter, Long> values, boolean saves) {
        throw new IllegalStateException("there is no unit");
    }

    @Override
    public CompletionStage<Boolean> changeIdentifyingInformation(InformationType type, byte[] information) {
        throw new IllegalStateException("there is no unit");
    }

    @Override
    public void resetStatistics() {
        throw new IllegalStateException("there is no unit");
    }

    @Override
    public void setTimestamp(long millis) {
        throw new IllegalStateException("there is no unit");
    }

    @Override
    public ReservationState reservations() {
        throw new IllegalStateException("there is no unit");
    }

    @Override
    public CompletionStage<Reply> reserve(ReservationRequest request, Execution by) {
        throw new IllegalStateException("there is no unit");
    }

    @Override
    public MediumEvent takeMediumEvent() {
        throw new IllegalStateException("there is no unit");
    }

    @Override
    public CompletionStage<StartedOperation> begin(MediumOperation operation, Execution by) {
        throw new IllegalStateException("there is no unit");
    }

    @Override
    public CompletionStage<StartedOperation> exitFailureMode() {
        throw new IllegalStateException("there is no unit");
    }

    @Override
    public CopyOperations copies() {
        throw new IllegalStateException("there is no unit");
    }

    @Override
    public EchoBuffer echoBuffer() {
        throw new IllegalStateException("there is no unit");
    }

    @Override
    public List<? extends Access> reachable() {
        return paths.reachable();
    }

    @Override
    public void executeForCopy(
            long tag, byte[] cdb, DataTransfer data, Executor executor, Consumer<TaskResult> answer) {
        throw new IllegalStateException("there is no unit");
    }

    @Override
    public void abortForCopy(long tag) {
        throw new IllegalStateException("there is no unit");
    }

    @Override
    public void later(Runnable work) {
        paths.later(work);
    }

    @Override
    public void preventRemoval(boolean prevent) {
        throw new IllegalStateException("there is no unit");
    }
}
