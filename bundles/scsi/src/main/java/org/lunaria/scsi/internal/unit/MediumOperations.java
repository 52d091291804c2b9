package org.lunaria.scsi.internal.unit;

import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ScheduledExecutorService;
import org.lunaria.backend.BlockBackend.Failure;
import org.lunaria.backend.Completions;
import org.lunaria.scsi.SenseCode;
import org.lunaria.scsi.internal.command.Command;
import org.lunaria.scsi.internal.command.Execution;
import org.lunaria.scsi.internal.operation.MediumOperation;
import org.lunaria.scsi.internal.operation.OperationRun;
import org.lunaria.scsi.internal.operation.OperationState;
import org.lunaria.scsi.internal.operation.Position;
import org.lunaria.scsi.internal.operation.SavedOperation;
import org.lunaria.scsi.internal.operation.StartedOperation;
import org.lunaria.scsi.internal.page.Sense;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The operation on the whole medium of a unit, one at a time (SBC-4 4.11.3, 4.11.4). That it is under way is durable before it
 * begins, so that it goes on after a restart; that it is over is durable before somebody can use the medium. Nothing that
 * initiators do stops it. Thread-safe.
 */
final class MediumOperations {
    private static final Logger LOG = LoggerFactory.getLogger(MediumOperations.class);

    private final LogicalUnit unit;
    private final ScheduledExecutorService work;
    private final Optional<SavedOperation> kept;

    private volatile OperationState state;
    private volatile Optional<OperationRun> run = Optional.empty();

    /** @param work does them piece by piece: one thread */
    MediumOperations(LogicalUnit unit, ScheduledExecutorService work) {
        this.unit = unit;
        this.work = work;
        this.kept = SavedOperation.find(unit.saved().values());
        this.state = kept.map(this::state).orElse(OperationState.NONE);
    }

    private OperationState state(SavedOperation saved) {
        return saved.failed() ? OperationState.failed(saved.operation()) : running(saved.operation());
    }

    OperationState state() {
        return state;
    }

    /** Why a command cannot be done in a state; empty when it can. */
    static Optional<Sense> refusal(OperationState state, Command command, byte[] cdb) {
        if (state.isNone()) {
            return Optional.empty();
        }
        boolean allowed =
                command.isAllowedDuring(state.operation().orElseThrow().kind(), cdb)
                        || state.isFailed() && command.endsFailedOperation();
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

    /** @param by whose command it is, which goes on */
    CompletionStage<StartedOperation> begin(MediumOperation operation, LunAccess by, Execution command) {
        OperationState before;
        OperationState begun = running(operation);
        synchronized (this) {
            before = state;
            if (before.isRunning()) {
                return Completions.of(StartedOperation.refused(before.sense().orElseThrow()));
            }
            if (isRestricted(before) && operation.unrestricted()) {
                return Completions.of(StartedOperation.RESTRICTED);
            }
            run = Optional.empty();
            state = begun;
        }
        unit.selfTests().abort();
        CompletableFuture<StartedOperation> started = new CompletableFuture<>();
        AbortCountdown countdown = new AbortCountdown(() -> keep(operation, before, by, started));
        unit.endTasks(
                entry -> entry != command
                        && refusal(begun, entry.command(), entry.task().cdb()).isPresent(),
                begun.sense().orElseThrow(),
                countdown);
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
        if (failure.isNone()) {
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
            CompletableFuture<StartedOperation> started) {
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
        OperationRun started = new OperationRun(
                unit.medium(), operation, from, unit.settings().blockBytes(), work, new Ending(operation, end));
        run = Optional.of(started);
        started.start();
    }

    /** What becomes of an operation. */
    private final class Ending implements OperationRun.Listener {
        private final MediumOperation operation;
        private final CompletableFuture<Optional<Sense>> end;

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
            LOG.error("unit {}: {} has failed", unit.name(), operation.kind().text(), why);
            SavedOperation failed = new SavedOperation(operation, Position.START, true);
            unit.saved().change(failed::in, () -> {}).whenComplete((durable, bug) -> fail());
        }

        private void fail() {
            state = OperationState.failed(operation);
            end.complete(Optional.of(Sense.of(operation.kind().failed())));
        }
    }
}
