package org.lunaria.scsi.internal.unit;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.lunaria.backend.Completions;
import org.lunaria.scsi.ScsiStatus;
import org.lunaria.scsi.Task;
import org.lunaria.scsi.TaskAttribute;
import org.lunaria.scsi.TaskResult;
import org.lunaria.scsi.internal.command.Blocks;
import org.lunaria.scsi.internal.command.Command;
import org.lunaria.scsi.internal.command.CountedAs;
import org.lunaria.scsi.internal.command.Execution;
import org.lunaria.scsi.internal.command.Procedure;
import org.lunaria.scsi.internal.page.Sense;

/**
 * A task in the task set of its unit: from the pipeline to its answer. Confined to the task's executor, but for what it
 * says.
 */
final class TaskEntry extends Execution {
    private final LunAccess access;
    private final boolean ofCopy;
    private final long arrivedNanos;

    /** Neighbours among the nexus' tasks, and who waits for the end; guarded by {@link NexusTasks}. */
    TaskEntry previous;

    TaskEntry next;
    List<AbortCountdown> awaitedBy = List.of();

    /**
     * Whether those who claim blocks have to wait for it, if it touches them. Written by its thread when it is listed, with
     * the lock of {@link NexusTasks}; from then on with that of {@link BlockOrder}, whose walk holds both.
     */
    boolean atWork;

    private volatile boolean aborted;

    /** Whether it is aborted without an answer; written before {@link #aborted}. */
    private volatile boolean silent;

    /** What it is answered with, if it is, instead of TASK ABORTED; written before {@link #aborted}. */
    private volatile Optional<Sense> ending = Optional.empty();

    private boolean admitted;
    private boolean over;
    private Procedure procedure;

    /** @param ofCopy whether it is a command of a third-party copy, and not of an initiator */
    TaskEntry(Task task, LunAccess access, Command command, boolean ofCopy) {
        super(task, access, command);
        this.access = access;
        this.ofCopy = ofCopy;
        this.arrivedNanos = System.nanoTime();
    }

    /** Whether it is a command of a third-party copy, and not of an initiator. */
    boolean isOfCopy() {
        return ofCopy;
    }

    /** Whether it is done while a unit attention is pending. */
    boolean ignoresUnitAttention() {
        return ofCopy || command().ignoresUnitAttention();
    }

    /** Whether it begins at once, and nobody waits for it. */
    boolean waitsForNobody() {
        return ofCopy || command().waitsForNobody();
    }

    boolean isOrdered() {
        return !waitsForNobody() && task().attribute() == TaskAttribute.ORDERED;
    }

    boolean isHeadOfQueue() {
        return !waitsForNobody() && task().attribute() == TaskAttribute.HEAD_OF_QUEUE;
    }

    /** Asks the task set, and starts where it may. */
    void enter() {
        switch (access.unit().tasks().admit(this)) {
            case STARTED -> start();
            case DORMANT -> {
                // It is woken.
            }
            case FULL -> refuse(ScsiStatus.TASK_SET_FULL);
        }
    }

    long arrivedNanos() {
        return arrivedNanos;
    }

    /** Its turn has come. Called by any thread. */
    void wake() {
        task().executor().execute(this::start);
    }

    private void start() {
        admitted = true;
        if (aborted) {
            abandoned();
            return;
        }
        if (atWork) {
            begin();
            return;
        }
        CompletionStage<Void> turn = access.unit().blockOrder().enter(this);
        if (Completions.isDone(turn)) {
            begin();
        } else {
            turn.thenRun(() -> task().executor().execute(this::begin));
        }
    }

    /** The blocks that it touches are its own, or shared with others that do not claim them. */
    private void begin() {
        if (aborted) {
            abandoned();
            return;
        }
        Optional<Sense> inaccessible = access.refusal(command());
        if (inaccessible.isPresent()) {
            // It has waited, and the state of access has changed.
            refuse(inaccessible.get());
            return;
        }
        if (command().writesMedium() && access.writeProtected()) {
            // Looked at now, since who protects the unit waits for all that has begun.
            refuse(access.writeProtection());
            return;
        }
        if (command().endsSelfTest()) {
            access.unit().selfTests().abort();
        }
        try {
            command().handle(this);
        } catch (RuntimeException bug) {
            fail(bug);
        }
    }

    /**
     * From now on it is not answered, or TASK ABORTED. Once without an answer always without. Called by {@link NexusTasks}
     * with its lock held.
     */
    void markAborted(boolean withStatus) {
        if (!withStatus) {
            silent = true;
        }
        aborted = true;
    }

    /** From now on it is answered with sense data, unless it is aborted without an answer. Called likewise. */
    void markEnded(Sense sense) {
        if (!aborted) {
            ending = Optional.of(sense);
        }
        aborted = true;
    }

    /** Ends a marked task; what is under way with the store is waited for. Called by any thread, by each that aborts it. */
    void abort() {
        task().executor().execute(this::endEarly);
    }

    private void endEarly() {
        if (over) {
            return;
        }
        if (procedure != null) {
            procedure.abort();
        } else if (admitted ? withdrawClaim() : access.unit().tasks().withdraw(this)) {
            abandoned();
        }
    }

    /** It waits in the task set, and so is not at work. Called by {@link TaskSet} without its lock. */
    void postpone() {
        access.unit().blockOrder().postpone(this);
    }

    /** The blocks that it touches, unless it claims them. */
    Blocks blocks() {
        return command().blocks(task().cdb());
    }

    @Override
    protected CompletionStage<Void> claim(Blocks blocks) {
        return access.unit().blockOrder().claim(this, blocks);
    }

    @Override
    protected boolean withdrawClaim() {
        return access.unit().blockOrder().withdraw(this);
    }

    @Override
    protected boolean aborted() {
        return aborted;
    }

    /**
     * A task that is to be answered waits on, since an answer comes after the data that its initiator was asked for (RFC 7143
     * 4.2.3.3); whoever aborts it need not wait for that.
     */
    @Override
    protected boolean endsWithoutInitiator() {
        if (!silent) {
            access.tasks().release(this).forEach(AbortCountdown::arrive);
        }
        return silent;
    }

    @Override
    protected void started(Procedure begun) {
        procedure = begun;
    }

    @Override
    protected void ended(TaskResult result) {
        if (over) {
            return;
        }
        List<AbortCountdown> waiting = leave();
        if (silent) {
            task().data().cancel();
        } else if (result.status() == ScsiStatus.CHECK_CONDITION && !ofCopy) {
            access.unit()
                    .queueErrors()
                    .complete(access, task().executor(), () -> task().answer().accept(result));
        } else {
            task().answer().accept(result);
        }
        waiting.forEach(AbortCountdown::arrive);
    }

    @Override
    protected void abandoned() {
        ending.ifPresentOrElse(this::refuse, () -> refuse(ScsiStatus.TASK_ABORTED));
    }

    @Override
    protected void dropped() {
        if (!over) {
            leave().forEach(AbortCountdown::arrive);
        }
    }

    /** Takes the task out of the set and off the list; from then on nobody can abort it. */
    private List<AbortCountdown> leave() {
        over = true;
        long now = System.nanoTime();
        if (!ofCopy) {
            count(now - arrivedNanos);
        }
        if (admitted) {
            access.unit().tasks().leave(this, now);
        }
        List<AbortCountdown> waiting = access.tasks().remove(this);
        access.unit().blockOrder().leave(this);
        return waiting;
    }

    private void count(long nanos) {
        access.took(nanos);
        if (command().countedAs() != CountedAs.NEITHER) {
            long blocks = movedBytes() / access.unit().settings().blockBytes();
            access.unit().counted().count(command().countedAs(), blocks, nanos);
        }
    }
}
