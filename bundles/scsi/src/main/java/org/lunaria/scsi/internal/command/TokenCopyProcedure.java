package org.lunaria.scsi.internal.command;

import java.util.concurrent.CompletionStage;
import org.lunaria.scsi.ScsiStatus;

/** WRITE USING TOKEN that is answered when all is written. */
final class TokenCopyProcedure extends Procedure {
    private final Execution execution;
    private final TokenCopy copy;
    private boolean started;

    TokenCopyProcedure(Execution execution, TokenCopy copy) {
        super(execution);
        this.execution = execution;
        this.copy = copy;
    }

    @Override
    protected CompletionStage<?> step() {
        if (!started) {
            started = true;
            return medium(copy.start());
        }
        if (copy.isStopped()) {
            return then(() -> execution.refuse(ScsiStatus.TASK_ABORTED));
        }
        return copy.failure().isPresent()
                ? then(() -> execution.refuse(copy.failure().get()))
                : end();
    }

    @Override
    protected void interrupt() {
        copy.stop();
    }

    @Override
    protected void release() {
        if (!started) {
            copy.cancel();
        }
    }
}
