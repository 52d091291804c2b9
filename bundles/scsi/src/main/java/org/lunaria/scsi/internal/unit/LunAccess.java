package org.lunaria.scsi.internal.unit;

import java.util.ArrayList;
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
import org.lunaria.scsi.internal.operation.OperationState;
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

/**
 * SAM's I_T_L nexus: an initiator's access to a unit under a number, with its unit attentions and its tasks. Thread-safe;
 * its lock guards the list of tasks, and only the nexus' own tasks and those who abort them take it.
 */
final class LunAccess implements Access {
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

    /** The newest of the tasks, which are linked. */
    private TaskEntry newest;

    private boolean closed;

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
        return unit.changeModes(values, saves, this);
    }

    @Override
    public CompletionStage<Boolean> changeIdentifyingInformation(InformationType type, byte[] information) {
        return unit.changeIdentifyingInformation(type, information, this);
    }

    @Override
    public void resetStatistics() {
        unit.resetStatistics(this);
    }

    @Override
    public void setTimestamp(long millis) {
        unit.setTimestamp(millis, this);
    }

    @Override
    public ReservationState reservations() {
        return unit.reservations().state();
    }

    @Override
    public CompletionStage<Reply> reserve(ReservationRequest request, Execution by) {
        return unit.reserve(request, this, by);
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

    /** What became of a task that asked to be listed. */
    enum Listing {
        LISTED,
        /** Something has changed since the task was looked at: a unit attention, or reservations. */
        CHANGED,
        /** The nexus is lost. */
        CLOSED
    }

    /**
     * Lists a task. Tasks are aborted under the same lock: a task is either among them, or finds the unit attention that was
     * established before, or the reservations that were changed.
     *
     * @param seen the reservations that the task was held against
     * @param operation likewise that on the whole medium
     */
    synchronized Listing add(TaskEntry entry, ReservationState seen, OperationState operation) {
        if (closed) {
            return Listing.CLOSED;
        }
        if (!attentions.isEmpty() && !entry.ignoresUnitAttention()) {
            return Listing.CHANGED;
        }
        if (reservations() != seen || unit.operation() != operation) {
            return Listing.CHANGED;
        }
        entry.atWork = unit.blockOrder().isIdle();
        entry.previous = newest;
        if (newest != null) {
            newest.next = entry;
        }
        newest = entry;
        return Listing.LISTED;
    }

    /** Takes a task off the list; gives those who wait for its end. */
    synchronized List<AbortCountdown> remove(TaskEntry entry) {
        boolean listed = entry == newest || entry.next != null;
        if (!listed) {
            return List.of();
        }
        if (entry.previous != null) {
            entry.previous.next = entry.next;
        }
        if (entry.next != null) {
            entry.next.previous = entry.previous;
        } else {
            newest = entry.previous;
        }
        entry.previous = null;
        entry.next = null;
        return entry.awaitedBy;
    }

    /** Gives those who wait for the end of a task that is listed on, but changes nothing any more. */
    synchronized List<AbortCountdown> release(TaskEntry entry) {
        List<AbortCountdown> waiting = entry.awaitedBy;
        entry.awaitedBy = List.of();
        return waiting;
    }

    synchronized void forEachTask(Consumer<TaskEntry> visitor) {
        for (TaskEntry entry = newest; entry != null; entry = entry.previous) {
            visitor.accept(entry);
        }
    }

    /** Whether it is closed and has no task left: it will never have one again. */
    synchronized boolean isSpent() {
        return closed && newest == null;
    }

    /** Whether the initiator has one, not a copy of its. */
    synchronized boolean hasTasks() {
        return !select(entry -> !entry.isOfCopy()).isEmpty();
    }

    synchronized boolean hasTask(long tag) {
        return !select(entry -> entry.task().tag() == tag).isEmpty();
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
        abort(which, NOTHING, entry -> entry.markEnded(sense), countdown);
    }

    /** The nexus is lost, or its unit gone: takes no more tasks, and aborts those that there are. */
    void close(AbortCountdown countdown) {
        synchronized (this) {
            closed = true;
        }
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

    synchronized boolean isClosed() {
        return closed;
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
        return abort(which, announcement, entry -> entry.markAborted(withStatus), countdown);
    }

    private boolean abort(
            Predicate<TaskEntry> which,
            Consumer<List<TaskEntry>> announcement,
            Consumer<TaskEntry> mark,
            AbortCountdown countdown) {
        List<TaskEntry> selected;
        synchronized (this) {
            selected = select(which);
            announcement.accept(selected);
            for (TaskEntry entry : selected) {
                mark.accept(entry);
                countdown.add();
                List<AbortCountdown> waiting = new ArrayList<>(entry.awaitedBy);
                waiting.removeIf(AbortCountdown::isOver);
                waiting.add(countdown);
                entry.awaitedBy = waiting;
            }
        }
        selected.forEach(TaskEntry::abort);
        return !selected.isEmpty();
    }

    /** Oldest first. With the lock held. */
    private List<TaskEntry> select(Predicate<TaskEntry> which) {
        List<TaskEntry> selected = new ArrayList<>();
        for (TaskEntry entry = newest; entry != null; entry = entry.previous) {
            if (which.test(entry)) {
                selected.add(0, entry);
            }
        }
        return selected;
    }
}
