package org.lunaria.scsi.internal.command;

import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import org.lunaria.backend.BlockBackend.Space;

/** Asks the store what it takes and what is left, and then goes on with the command. */
final class SpaceReading extends Procedure {
    private final Execution execution;
    private final Consumer<Space> next;
    private CompletionStage<Space> reading;

    SpaceReading(Execution execution, Consumer<Space> next) {
        super(execution);
        this.execution = execution;
        this.next = next;
    }

    @Override
    protected CompletionStage<?> step() {
        if (reading == null) {
            reading = execution.device().medium().space();
            return medium(reading);
        }
        return then(() -> next.accept(value(reading)));
    }

    @Override
    protected void release() {}
}
