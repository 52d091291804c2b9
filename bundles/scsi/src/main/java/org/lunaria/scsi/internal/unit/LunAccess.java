package org.lunaria.scsi.internal.unit;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.lunaria.scsi.AccessState;
import org.lunaria.scsi.DataTransfer;
import org.lunaria.scsi.Nexus;
import org.lunaria.scsi.SenseCode;
import org.lunaria.scsi.Task;
import org.lunaria.scsi.TaskAttribute;
import org.lunaria.scsi.TaskResult;
import org.lunaria.scsi.internal.buffer.EchoBuffer;
import org.lunaria.scsi.internal.command.Access;
import org.lunaria.scsi.internal.command.AccessTransition;
import org.lunaria.scsi.internal.command.Command;
import org.lunaria.scsi.internal.command.Device;
import org.lunaria.scsi.internal.command.Execution;
import org.lunaria.scsi.internal.command.Lun;
import org.lunaria.scsi.internal.copy.CopyOperations;
import org.lunaria.scsi.internal.operation.MediumOperation;
import org.lunaria.scsi.internal.operation.StartedOperation;
import org.lunaria.scsi.internal.page.AccessStatus;
import org.lunaria.scsi.internal.page.InformationType;
import org.lunaria.scsi.internal.page.ModeParameter;
import org.lunaria.scsi.internal.page.PortIdentity;
import org.lunaria.scsi.internal.page.Sense;
import org.lunaria.scsi.internal.reservation.NexusName;
import org.lunaria.scsi.internal.reservation.Reply;
import org.lunaria.scsi.internal.reservation.ReservationRequest;
import org.lunaria.scsi.internal.reservation.ReservationState;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * SAM's I_T_L nexus: an initiator's access to a unit under a number, with its unit attentions and its tasks. Thread-safe.
 */
final class LunAccess implements Access {
    private static final Logger LOG = LoggerFactory.getLogger(LunAccess.class);
    private static final Consumer<List<TaskEntry>> NOTHING = aborted -> {};

    private final NexusPaths paths;
    private final int lun;
    private final LogicalUnit unit;
    private final Optional<Device> device;
    private final UnitAttentions attentions;
    private final EchoBuffer echoBuffer;
    private final CopyOperations copies = new CopyOperations(System::nanoTime);

    private volatile boolean mappedReadOnly;
    private volatile boolean removalPrevented;

    /** {@link Tray#moves} that the initiator was told of. */
    private final AtomicInteger seenMoves;

    private final NexusTasks tasks = new NexusTasks(this);

    LunAccess(NexusPaths paths, int lun, LogicalUnit unit, boolean mappedReadOnly) {
        this.paths = paths;
        this.lun = lun;
        this.unit = unit;
        this.device = Optional.of(unit);
        this.mappedReadOnly = mappedReadOnly;
        echoBuffer = unit.echoBuffers().newBuffer();
        seenMoves = new AtomicInteger(unit.tray().moves());
        attentions = new UnitAttentions(condition -> paths.event(lun, condition, unit.senseFormat()));
        attentions.establish(UnitAttention.POWER_ON);
    }

    Nexus nexus() {
        return paths.nexus();
    }

    NexusName nexusName() {
        return paths.name();
    }

    /** Whether it is the other one, or the same unit under another number. */
    boolean isOfSameNexus(LunAccess other) {
        return nexus().equals(other.nexus());
    }

    /** A command of an initiator has ended. */
    void took(long nanos) {
        paths.latencies().record(nanos, 1);
    }

    LogicalUnit unit() {
        return unit;
    }

    UnitAttentions attentions() {
        return attentions;
    }

    NexusTasks tasks() {
        return tasks;
    }

    void mapReadOnly(boolean readOnly) {
        if (mappedReadOnly != readOnly) {
            mappedReadOnly = readOnly;
            attentions.establish(UnitAttention.MODE_PARAMETERS_CHANGE);
        }
    }

    boolean preventsRemoval() {
        return removalPrevented;
    }

    @Override
    public Optional<Device> device() {
        return device;
    }

    @Override
    public PortIdentity port() {
        return paths.port();
    }

    @Override
    public boolean writeProtected() {
        return cannotWrite() || unit.softwareWriteProtected();
    }

    /** Why it is refused to write. */
    Sense writeProtection() {
        return Sense.of(cannotWrite() ? SenseCode.WRITE_PROTECTED : SenseCode.LOGICAL_UNIT_SOFTWARE_WRITE_PROTECTED);
    }

    private boolean cannotWrite() {
        return mappedReadOnly || unit.readOnly() || !unit.geometry().writable();
    }

    AccessState accessState() {
        return accessStatus().state();
    }

    /** Why a command is not done in the state that the target port group is in now. */
    Optional<Sense> refusal(Command command) {
        AccessState state = accessState();
        return command.isDoneIn(state) ? Optional.empty() : state.refusal().map(Sense::of);
    }

    @Override
    public AccessStatus accessStatus() {
        return unit.accessStates().status(port().group());
    }

    @Override
    public boolean mayConfigure() {
        return !mappedReadOnly;
    }

    @Override
    public Optional<AccessTransition> beginTransition() {
        return unit.accessStates().begin(this);
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
        return attentions.take().map(UnitAttention::sense);
    }

    @Override
    public void preventRemoval(boolean prevent) {
        removalPrevented = prevent;
    }

    @Override
    public MediumEvent takeMediumEvent() {
        int moves = unit.tray().moves();
        if (seenMoves.getAndSet(moves) == moves) {
            return MediumEvent.NONE;
        }
        return Tray.isOut(moves) ? MediumEvent.REMOVED : MediumEvent.INSERTED;
    }

    @Override
    public CompletionStage<Boolean> changeModes(Map<ModeParameter, Long> values, boolean saves) {
        return unit.modes().change(values, saves, () -> {
            LOG.info("unit {}: mode parameters {} by {}", unit.name(), values, nexusName());
            tellOthers(UnitAttention.MODE_PARAMETERS_CHANGE);
        });
    }

    @Override
    public CompletionStage<Boolean> changeIdentifyingInformation(InformationType type, byte[] information) {
        return unit.identifyingInformation()
                .change(type, information, () -> tellOthers(UnitAttention.DEVICE_IDENTIFIER_CHANGE));
    }

    @Override
    public void resetStatistics() {
        unit.counted().reset();
        tellOthers(UnitAttention.LOG_PARAMETERS_CHANGE);
    }

    @Override
    public void setTimestamp(long millis) {
        unit.clock().set(millis);
        tellOthers(UnitAttention.TIMESTAMP_CHANGE);
    }

    private void tellOthers(UnitAttention condition) {
        unit.nexuses().establishForOthers(condition, nexus());
    }

    @Override
    public ReservationState reservations() {
        return unit.reservations().state();
    }

    @Override
    public CompletionStage<Reply> reserve(ReservationRequest request, Execution by) {
        return unit.reservations().change(request, unit.nexuses().present(), this, by);
    }

    @Override
    public CompletionStage<StartedOperation> begin(MediumOperation operation, Execution by) {
        return unit.operations().begin(operation, this, by);
    }

    @Override
    public CompletionStage<StartedOperation> exitFailureMode() {
        return unit.operations().exitFailureMode();
    }

    @Override
    public CopyOperations copies() {
        return copies;
    }

    @Override
    public EchoBuffer echoBuffer() {
        return echoBuffer;
    }

    @Override
    public List<LunAccess> reachable() {
        return paths.reachable();
    }

    @Override
    public void executeForCopy(
            long tag, byte[] cdb, DataTransfer data, Executor executor, Consumer<TaskResult> answer) {
        Pipeline.executeForCopy(
                new Task(nexus(), Lun.encode(lun), tag, TaskAttribute.SIMPLE, cdb, data, executor, answer), this);
    }

    @Override
    public void abortForCopy(long tag) {
        abort(tag, new AbortCountdown(() -> {}));
    }

    @Override
    public void later(Runnable work) {
        paths.later(work);
    }

    /** The nexus aborts its task with a tag; says whether there was one. */
    boolean abort(long tag, AbortCountdown countdown) {
        return abort(entry -> entry.task().tag() == tag, NOTHING, false, countdown);
    }

    /** The nexus aborts all its tasks. */
    void abortAll(AbortCountdown countdown) {
        abort(entry -> true, NOTHING, false, countdown);
    }

    /** The nexus resets itself. */
    void resetNexus(AbortCountdown countdown) {
        removalPrevented = false;
        unit.reservations().lose(nexusName());
        abort(entry -> true, aborted -> attentions.establish(UnitAttention.NEXUS_LOSS), false, countdown);
        stopCopies(countdown);
    }

    /**
     * Another nexus clears the task set: this one hears of each task that it loses by TASK ABORTED, or else of all together
     * by a unit attention, but not anew of those that were aborted before (SAM-5 5.3.1, SPC-5 TAS).
     */
    void clearByAnother(AbortCountdown countdown) {
        boolean withStatus = unit.taskAbortedStatus();
        Consumer<List<TaskEntry>> announcement = aborted -> {
            if (!aborted.stream().allMatch(TaskEntry::aborted)) {
                attentions.establish(UnitAttention.COMMANDS_CLEARED);
            }
        };
        abort(entry -> true, withStatus ? NOTHING : announcement, withStatus, countdown);
    }

    /** The nexus preempts itself: it loses its tasks, but for the command that says so (SPC-4 5.13.11.2.6). */
    void abortAllBut(Execution command, AbortCountdown countdown) {
        removalPrevented = false;
        abort(entry -> entry != command, NOTHING, false, countdown);
        stopCopies(countdown);
    }

    /** Another nexus preempts this one, which is told that it has. */
    void preempt(AbortCountdown countdown) {
        removalPrevented = false;
        abort(entry -> true, NOTHING, unit.taskAbortedStatus(), countdown);
        stopCopies(countdown);
    }

    /**
     * The unit is reset. Who asked for it is told as well (SAM-5 6.3.3): it may be another one behind the same nexus that
     * goes on as if nothing had been.
     *
     * @param byAnother whether another nexus has asked for it
     */
    void reset(boolean byAnother, AbortCountdown countdown) {
        removalPrevented = false;
        abort(
                entry -> true,
                aborted -> attentions.establish(UnitAttention.LOGICAL_UNIT_RESET),
                byAnother && unit.taskAbortedStatus(),
                countdown);
        stopCopies(countdown);
    }

    /** The unit ends tasks for an operation on the whole medium: they are answered with its sense data. */
    void endFor(Predicate<TaskEntry> which, Sense sense, AbortCountdown countdown) {
        tasks.abort(which, NOTHING, entry -> entry.markEnded(sense), countdown);
    }

    /** The nexus is lost, or its unit gone: takes no more tasks, and aborts those that there are. */
    void close(AbortCountdown countdown) {
        tasks.close();
        unit.reservations().lose(nexusName());
        removalPrevented = false;
        abortAll(countdown);
        stopCopies(countdown);
        echoBuffer.clear();
    }

    /** Ends the copies whose commands were answered before they are done; after the commands, so that none is missed. */
    private void stopCopies(AbortCountdown countdown) {
        for (CompletionStage<Void> end : copies.stopBackground()) {
            countdown.add();
            end.thenRun(countdown::arrive);
        }
    }

    /**
     * Aborts tasks.
     *
     * @param announcement looks at them before they are, and establishes a unit attention; with the lock held
     * @param withStatus whether they are answered TASK ABORTED
     */
    private boolean abort(
            Predicate<TaskEntry> which,
            Consumer<List<TaskEntry>> announcement,
            boolean withStatus,
            AbortCountdown countdown) {
        return tasks.abort(which, announcement, entry -> entry.markAborted(withStatus), countdown);
    }
}
