package org.lunaria.scsi.internal.operation;

import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.lunaria.backend.Completions;
import org.lunaria.scsi.internal.page.Sense;

/**
 * What became of the request for an operation. Immutable.
 *
 * @param restricted whether it is refused because an operation without AUSE has failed (SBC-4 5.30.1)
 * @param refusal why else it has not begun
 * @param end completes on any thread when the operation is over, with why it has failed, if it has
 */
public record StartedOperation(boolean restricted, Optional<Sense> refusal, CompletionStage<Optional<Sense>> end) {
    private static final CompletionStage<Optional<Sense>> OVER = Completions.of(Optional.empty());

    public static final StartedOperation RESTRICTED = new StartedOperation(true, Optional.empty(), OVER);

    /** There is nothing to do, or it is done already. */
    public static final StartedOperation DONE = begun(OVER);

    public static StartedOperation refused(Sense why) {
        return new StartedOperation(false, Optional.of(why), OVER);
    }

    public static StartedOperation begun(CompletionStage<Optional<Sense>> end) {
        return new StartedOperation(false, Optional.empty(), end);
    }
}
