package org.lunaria.scsi.internal.command;

import java.util.concurrent.CompletionStage;

/** Makes what was written durable, and then goes on with the command. */
final class Flush extends Procedure {
    private final Execution execution;
    private final Runnable next;
    private boolean flushed;

    Flush(Execution execution, Runnable next) {
        super(execution);
        this.execution = execution;
        this.next = next;
    }

    @Override
    protected CompletionStage<?> step() {
        if (flushed) {
            return then(next);
        }
        flushed = true;
        return medium(execution.device().medium().flush());
    }

    @Override
    protected void release() {}
}
