package org.lunaria.scsi.internal.unit;

import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.lunaria.backend.BlockBackend.Failure;
import org.lunaria.backend.Completions;
import org.lunaria.scsi.SenseCode;
import org.lunaria.scsi.internal.command.Command;
import org.lunaria.scsi.internal.command.Execution;
import org.lunaria.scsi.internal.operation.MediumOperation;
import org.lunaria.scsi.internal.operation.MediumOperation.Kind;
import org.lunaria.scsi.internal.operation.OperationRun;
import org.lunaria.scsi.internal.operation.OperationState;
import org.lunaria.scsi.internal.operation.Position;
import org.lunaria.scsi.internal.operation.SavedOperation;
import org.lunaria.scsi.internal.operation.StartedOperation;
import org.lunaria.scsi.internal.page.Sense;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The operation on the whole medium of a unit, one at a time (SBC-4 4.11.3, 4.11.4, 4.33). That it is under way is durable before it
 * begins, so that a sanitize operation goes on after a restart, and a format that did not is known to have ended; that it is over is
 * durable before somebody can use the medium. Of what initiators do, only a reset ends a format. Thread-safe.
 */
final class MediumOperations {
    private static final Logger LOG = LoggerFactory.getLogger(MediumOperations.class);

    private final LogicalUnit unit;
    private final ScheduledExecutorService work;
    private final Optional<SavedOperation> kept;

    private volatile OperationState state;
    private volatile Optional<OperationRun> run = Optional.empty();
    private volatile Optional<Ending> ending = Optional.empty();
    private final AtomicInteger resets = new AtomicInteger();

    /** @param work does them piece by piece: one thread */
    MediumOperations(LogicalUnit unit, ScheduledExecutorService work) {
        this.unit = unit;
        this.work = work;
        this.kept = SavedOperation.find(unit.saved().values());
        this.state = kept.map(this::state).orElse(OperationState.NONE);
    }

    private OperationState state(SavedOperation saved) {
        // A loss of power ends a format (SBC-4 4.33.3.1).
        return saved.failed() || !saved.operation().kind().isSanitize()
                ? OperationState.failed(saved.operation())
                : running(saved.operation());
    }

    OperationState state() {
        return state;
    }

    /** Why a command cannot be done in a state; empty when it can. */
    static Optional<Sense> refusal(OperationState state, Command command, byte[] cdb) {
        if (state.isNone()) {
            return Optional.empty();
        }
        Kind kind = state.operation().orElseThrow().kind();
        boolean allowed = state.isFailed() ? command.isAllowedAfter(kind, cdb) : command.isAllowedDuring(kind, cdb);
        return allowed ? Optional.empty() : state.sense();
    }

    /** Goes on with what was under way when the unit ended. */
    void resume() {
        if (state.isRunning()) {
            SavedOperation saved = kept.orElseThrow();
            LOG.info(
                    "unit {}: {} goes on", unit.name(), saved.operation().kind().text());
            start(saved.operation(), saved.at(), new CompletableFuture<>());
        }
    }

    /** The unit ends: the operation stays kept. */
    void close() {
        run.ifPresent(OperationRun::stop);
    }

    /** The unit is reset: a format ends, and the medium is format corrupt; a sanitize operation goes on (SBC-4 4.11.3, 4.33.3.1). */
    void reset() {
        resets.incrementAndGet();
        Optional<Ending> formatting =
                ending.filter(found -> !found.operation.kind().isSanitize());
        if (state.isRunning() && formatting.isPresent()) {
            run.ifPresent(OperationRun::stop);
            formatting.get().abandon();
        }
    }

    /** @param by whose command it is, which goes on */
    CompletionStage<StartedOperation> begin(MediumOperation operation, LunAccess by, Execution command) {
        OperationState before;
        OperationState begun = running(operation);
        int resetsBefore = resets.get();
        synchronized (this) {
            before = state;
            if (before.isRunning()) {
                return Completions.of(StartedOperation.refused(before.sense().orElseThrow()));
            }
            if (isRestricted(before) && operation.unrestricted()) {
                return Completions.of(StartedOperation.RESTRICTED);
            }
            state = begun;
        }
        unit.selfTests().abort();
        CompletableFuture<StartedOperation> started = new CompletableFuture<>();
        Optional<OperationRun> former = run;
        run = Optional.empty();
        AbortCountdown countdown = new AbortCountdown(() -> keep(operation, before, by, resetsBefore, started));
        unit.nexuses()
                .endTasks(
                        entry -> entry != command
                                && refusal(begun, entry.command(), entry.task().cdb())
                                        .isPresent(),
                        begun.sense().orElseThrow(),
                        countdown);
        former.ifPresent(last -> {
            // What it had under way when it was stopped.
            countdown.add();
            last.stop().thenRun(countdown::arrive);
        });
        countdown.arrive();
        return started;
    }

    CompletionStage<StartedOperation> exitFailureMode() {
        OperationState failure = state;
        if (failure.isRunning()) {
            return Completions.of(StartedOperation.refused(failure.sense().orElseThrow()));
        }
        if (isRestricted(failure)) {
            return Completions.of(StartedOperation.RESTRICTED);
        }
        if (failure.isNone() || !failure.operation().orElseThrow().kind().isSanitize()) {
            return Completions.of(StartedOperation.DONE);
        }
        return unit.saved()
                .change(SavedOperation::absent, () -> leave(failure))
                .thenApply(durable -> durable ? StartedOperation.DONE : notKept());
    }

    private synchronized void leave(OperationState failure) {
        if (state == failure) {
            state = OperationState.NONE;
            LOG.info("unit {}: its failed operation is given up, by an initiator", unit.name());
        }
    }

    private static boolean isRestricted(OperationState state) {
        return state.isFailed() && !state.operation().orElseThrow().unrestricted();
    }

    private static StartedOperation notKept() {
        return StartedOperation.refused(Sense.of(SenseCode.INTERNAL_TARGET_FAILURE));
    }

    private OperationState running(MediumOperation operation) {
        return OperationState.running(
                operation, () -> run.map(OperationRun::progress).orElse(0));
    }

    /** All others have ended. */
    private void keep(
            MediumOperation operation,
            OperationState before,
            LunAccess by,
            int resetsBefore,
            CompletableFuture<StartedOperation> started) {
        if (resets.get() != resetsBefore && !operation.kind().isSanitize()) {
            // The command is aborted, and hears nothing.
            state = before;
            started.complete(StartedOperation.refused(Sense.of(operation.kind().inProgress())));
            return;
        }
        if (by.writeProtected()) {
            state = before;
            started.complete(StartedOperation.refused(by.writeProtection()));
            return;
        }
        CompletableFuture<Optional<Sense>> end = new CompletableFuture<>();
        SavedOperation beginning = new SavedOperation(operation, Position.START, false);
        unit.saved()
                .change(beginning::in, () -> {
                    LOG.info(
                            "unit {}: {} begins, for {}",
                            unit.name(),
                            operation.kind().text(),
                            by.nexusName());
                    start(operation, Position.START, end);
                })
                .whenComplete((durable, bug) -> {
                    if (bug == null && durable) {
                        started.complete(StartedOperation.begun(end));
                    } else {
                        state = before;
                        started.complete(notKept());
                    }
                });
    }

    private void start(MediumOperation operation, Position from, CompletableFuture<Optional<Sense>> end) {
        Ending listener = new Ending(operation, end);
        OperationRun started = new OperationRun(
                unit.medium(), operation, from, unit.settings().blockBytes(), work, unit.slot()::attachments, listener);
        ending = Optional.of(listener);
        run = Optional.of(started);
        started.start();
    }

    /** What becomes of an operation. */
    private final class Ending implements OperationRun.Listener {
        private final MediumOperation operation;
        private final CompletableFuture<Optional<Sense>> end;
        private final AtomicBoolean over = new AtomicBoolean();

        Ending(MediumOperation operation, CompletableFuture<Optional<Sense>> end) {
            this.operation = operation;
            this.end = end;
        }

        @Override
        public CompletionStage<?> reached(Position position) {
            return unit.saved().change(new SavedOperation(operation, position, false)::in, () -> {});
        }

        @Override
        public void done() {
            if (!over.compareAndSet(false, true)) {
                return;
            }
            unit.saved().change(SavedOperation::absent, () -> {}).whenComplete((durable, bug) -> {
                if (bug == null && durable) {
                    LOG.info(
                            "unit {}: {} is done", unit.name(), operation.kind().text());
                    state = OperationState.NONE;
                    end.complete(Optional.empty());
                } else {
                    LOG.error(
                            "unit {}: {} is done, but that cannot be kept, and would be done again after a restart: it"
                                    + " counts as failed",
                            unit.name(),
                            operation.kind().text());
                    fail();
                }
            });
        }

        @Override
        public void failed(Failure why) {
            if (over.compareAndSet(false, true)) {
                LOG.error(
                        "unit {}: {} has failed", unit.name(), operation.kind().text(), why);
                keepFailure();
            }
        }

        /** A reset has ended it. */
        void abandon() {
            if (over.compareAndSet(false, true)) {
                LOG.warn(
                        "unit {}: {} is ended by a reset",
                        unit.name(),
                        operation.kind().text());
                keepFailure();
            }
        }

        private void keepFailure() {
            SavedOperation failed = new SavedOperation(operation, Position.START, true);
            unit.saved().change(failed::in, () -> {}).whenComplete((durable, bug) -> fail());
        }

        private void fail() {
            state = OperationState.failed(operation);
            end.complete(Optional.of(Sense.of(operation.kind().failed())));
        }
    }
}
