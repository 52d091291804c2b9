package org.lunaria.scsi.internal.command;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.lunaria.scsi.ScsiStatus;
import org.lunaria.scsi.SenseCode;
import org.lunaria.scsi.TaskResult;
import org.lunaria.scsi.internal.copy.CopyOperation;
import org.lunaria.scsi.internal.copy.CopyOperation.State;
import org.lunaria.scsi.internal.page.CopyError;
import org.lunaria.scsi.internal.page.CopyError.ThirdParty;
import org.lunaria.scsi.internal.page.Sense;

/**
 * The work of WRITE USING TOKEN, within its command or after it. What was read is written only if the token is valid after the
 * read, so that it is what the token stands for. Confined to the task's executor.
 */
final class TokenCopy implements CopyFlow.Owner {
    private final Execution execution;
    private final CopyOperation operation;
    private final TokenWrite write;
    private final List<ByteBuffer> buffers;
    private final RodTokens tokens;
    private final CopyFlow flow;
    private Optional<Sense> failure = Optional.empty();

    /** @param buffers of {@link CopyBuffers}, given back when it is over */
    TokenCopy(Execution execution, CopyOperation operation, TokenWrite write, List<ByteBuffer> buffers) {
        this.execution = execution;
        this.operation = operation;
        this.write = write;
        this.buffers = buffers;
        this.tokens = execution.device().tokens().all();
        this.flow = new CopyFlow(execution, operation, new CopyTurn(), write.pieces(), buffers, this);
        write.token().ifPresent(tokens::hold);
        operation.worker(() -> execution.executor().execute(flow::stop));
    }

    /** Completes on the task's executor when it is over and nothing is under way any more. */
    CompletionStage<Void> start() {
        return flow.start().thenRun(this::end);
    }

    /** Answers the command, and goes on. Whoever aborts the command meanwhile finds it, or else the copy in background. */
    void startInBackground() {
        operation.goToBackground();
        if (execution.aborted()) {
            cancel();
            execution.abandoned();
            return;
        }
        execution.good();
        start();
    }

    /** Why it has ended before all was written. */
    Optional<Sense> failure() {
        return failure;
    }

    boolean isStopped() {
        return flow.isStopped();
    }

    void stop() {
        flow.stop();
    }

    /** It is never started. */
    void cancel() {
        flow.stop();
        end();
    }

    @Override
    public Optional<Sense> afterRead() {
        return write.token()
                .map(RodToken::state)
                .filter(state -> state != RodToken.State.VALID)
                .map(state -> Sense.of(state.code()));
    }

    @Override
    public Sense failure(boolean writing, Optional<TaskResult> answer) {
        Optional<ThirdParty> party = answer.map(result -> new ThirdParty(writing, result.status(), result.sense()));
        SenseCode code =
                party.isPresent() ? SenseCode.THIRD_PARTY_DEVICE_FAILURE : SenseCode.COPY_TARGET_DEVICE_NOT_REACHABLE;
        return Sense.ofCopy(code, -1, new CopyError(0, party));
    }

    private void end() {
        CopyBuffers.SHARED.give(buffers);
        write.token().ifPresent(tokens::release);
        failure = flow.failure().or(this::shortfall);
        if (flow.isStopped()) {
            operation.end(State.TERMINATED, TaskResult.of(ScsiStatus.TASK_ABORTED, 0));
        } else if (failure.isPresent()) {
            byte[] sense = execution.device().senseFormat().encode(failure.get());
            State state = flow.failure().isPresent() ? State.FAILED : State.PARTIAL;
            operation.end(state, new TaskResult(ScsiStatus.CHECK_CONDITION, sense, 0));
        } else {
            write.token().filter(token -> write.deletes()).ifPresent(token -> token.end(RodToken.State.DELETED));
            operation.end(State.COMPLETED, TaskResult.GOOD);
        }
    }

    /** How many blocks the token had, where more were wanted (SBC-3 4.28.3). */
    private Optional<Sense> shortfall() {
        long blocks = operation.bytes() / execution.device().geometry().blockBytes();
        return write.isPartial()
                ? Optional.of(Sense.withInformation(SenseCode.COPY_TARGET_DEVICE_DATA_UNDERRUN, blocks))
                : Optional.empty();
    }
}
