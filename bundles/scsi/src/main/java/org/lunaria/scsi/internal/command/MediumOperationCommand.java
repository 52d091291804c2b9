package org.lunaria.scsi.internal.command;

import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.lunaria.scsi.internal.operation.MediumOperation;
import org.lunaria.scsi.internal.operation.StartedOperation;
import org.lunaria.scsi.internal.page.BitField;
import org.lunaria.scsi.internal.page.Sense;

/**
 * A command that asks for an operation on the whole medium: answers when that has begun or is over. An abort ends the command
 * and not the operation.
 */
final class MediumOperationCommand extends Procedure {
    private final Execution execution;
    private final Function<Access, CompletionStage<StartedOperation>> request;
    private final boolean immediate;
    private final BitField restricted;
    private CompletionStage<StartedOperation> started;
    private CompletionStage<Optional<Sense>> end;

    MediumOperationCommand(Execution execution, MediumOperation operation, boolean immediate, BitField restricted) {
        this(execution, access -> access.begin(operation, execution), immediate, restricted);
    }

    /**
     * @param immediate whether it is answered once the operation has begun
     * @param restricted the field of the CDB that must not be so after an operation without AUSE has failed
     */
    MediumOperationCommand(
            Execution execution,
            Function<Access, CompletionStage<StartedOperation>> request,
            boolean immediate,
            BitField restricted) {
        super(execution);
        this.execution = execution;
        this.request = request;
        this.immediate = immediate;
        this.restricted = restricted;
    }

    @Override
    protected CompletionStage<?> step() {
        if (started == null) {
            started = request.apply(execution.access());
            return detached(started);
        }
        if (end != null) {
            return answer(value(end));
        }
        StartedOperation begun = value(started);
        if (begun.restricted()) {
            return then(() -> execution.refuseField(restricted));
        }
        if (immediate || begun.refusal().isPresent()) {
            return answer(begun.refusal());
        }
        end = begun.end();
        return detached(end);
    }

    private CompletionStage<?> answer(Optional<Sense> failure) {
        return failure.isEmpty() ? end() : then(() -> execution.refuse(failure.get()));
    }

    @Override
    protected void release() {}
}
