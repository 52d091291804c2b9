package org.lunaria.scsi.internal.command;

import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import org.lunaria.backend.Completions;

/**
 * The part of a command that waits, in steps: each step starts something and names what the next one waits for. Where that
 * is done already the next step follows at once, in a loop and without a hop; else it follows on the task's executor,
 * whatever thread the completion came on. Between two steps an abort is heard.
 *
 * <p>Confined to the task's executor.
 */
public abstract class Procedure {
    /** What the last step returns: there is nothing to wait for. Never completed. */
    private static final CompletableFuture<Void> END = new CompletableFuture<>();

    private final Execution execution;

    private boolean running;
    private boolean onTransfer;
    private boolean detached;

    /** What the next step waits for; the last such stage. */
    private CompletionStage<?> awaited = END;

    private boolean over;

    /** A stage completed while {@link #run} was about to wait for it. */
    private boolean completed;

    private Throwable thrown;

    /** What follows the last step; none for GOOD. */
    private Optional<Runnable> successor = Optional.empty();

    protected Procedure(Execution execution) {
        this.execution = execution;
    }

    /**
     * Does the next step.
     *
     * @return a stage by way of {@link #medium}, {@link #transfer} or {@link #detached}; or at last {@link #end} or {@link #then}
     */
    protected abstract CompletionStage<?> step();

    /** Gives back the buffers that it holds. Called once, when it ends, however it ends. */
    protected abstract void release();

    /** The task was aborted while something is under way: a procedure that can end that early does so. Maybe more than once. */
    protected void interrupt() {}

    /** The next step waits for the store, and an abort waits for it too once there is a store. */
    protected final CompletionStage<?> medium(CompletionStage<?> stage) {
        return stage;
    }

    /** The next step waits for the initiator, and an abort that is not answered does not. */
    protected final CompletionStage<?> transfer(CompletionStage<?> stage) {
        onTransfer = true;
        return stage;
    }

    /** The next step waits for what goes on by itself, and an abort does not wait for it. */
    protected final CompletionStage<?> detached(CompletionStage<?> stage) {
        detached = true;
        return stage;
    }

    /** The command is done: GOOD. */
    protected final CompletionStage<?> end() {
        return END;
    }

    /** The procedure is done and has given its buffers back: something else goes on with the command, or answers it. */
    protected final CompletionStage<?> then(Runnable next) {
        successor = Optional.of(next);
        return END;
    }

    /** The value of a stage that a step waited for. */
    protected static <T> T value(CompletionStage<T> stage) {
        return stage.toCompletableFuture().join();
    }

    final void run() {
        running = true;
        while (advance()) {
            // Each turn is a step whose stage was complete.
        }
        running = false;
    }

    /** The task was aborted. Called on the executor. */
    public final void abort() {
        if (running || over) {
            return;
        }
        interrupt();
        if (!over && canEnd()) {
            abandon();
        }
    }

    /** Does a step, and says whether the next one can follow at once. */
    private boolean advance() {
        if (execution.aborted()) {
            abandon();
            return false;
        }
        onTransfer = false;
        detached = false;
        completed = false;
        CompletionStage<?> stage;
        try {
            stage = step();
        } catch (RuntimeException bug) {
            finish();
            execution.fail(bug);
            return false;
        }
        if (stage == END) {
            finish();
            answer();
            return false;
        }
        if (Completions.isDone(stage)) {
            return true;
        }
        awaited = stage;
        stage.whenComplete((value, failure) -> execution.executor().execute(() -> resume(failure)));
        if (completed && thrown != null) {
            fail();
            return false;
        }
        if (!completed && execution.aborted()) {
            interrupt();
        }
        if (!completed && execution.aborted() && canEnd()) {
            abandon();
        }
        return completed;
    }

    /** Whether the aborted task need not wait for what its next step waits for. */
    private boolean canEnd() {
        if (detached) {
            return true;
        }
        return onTransfer ? execution.endsWithoutInitiator() : execution.withdraws(awaited);
    }

    private void resume(Throwable failure) {
        if (over) {
            return;
        }
        thrown = failure;
        if (running) {
            completed = true;
        } else if (failure == null) {
            run();
        } else {
            fail();
        }
    }

    private void fail() {
        Throwable cause = thrown instanceof CompletionException wrapped && wrapped.getCause() != null
                ? wrapped.getCause()
                : thrown;
        finish();
        if (onTransfer && cause instanceof CancellationException) {
            execution.dropped();
        } else {
            execution.fail(Completions.failure(cause));
        }
    }

    private void answer() {
        if (successor.isEmpty()) {
            execution.good();
        } else {
            successor.get().run();
        }
    }

    private void abandon() {
        finish();
        execution.abandoned();
    }

    private void finish() {
        over = true;
        release();
    }
}
