package org.lunaria.scsi.internal.command;

import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.lunaria.scsi.SenseCode;

/** Has the unit save something, and answers when it is durable. */
final class SavedChange extends Procedure {
    private final Execution execution;
    private final Supplier<CompletionStage<Boolean>> change;
    private CompletionStage<Boolean> saved;

    /** @param change completes with whether it was done */
    SavedChange(Execution execution, Supplier<CompletionStage<Boolean>> change) {
        super(execution);
        this.execution = execution;
        this.change = change;
    }

    @Override
    protected CompletionStage<?> step() {
        if (saved == null) {
            saved = change.get();
            return medium(saved);
        }
        return value(saved) ? end() : then(() -> execution.refuse(SenseCode.INTERNAL_TARGET_FAILURE));
    }

    @Override
    protected void release() {}
}
