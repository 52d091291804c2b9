package org.lunaria.scsi.internal.command;

import java.util.concurrent.CompletionStage;
import org.lunaria.scsi.AccessState;

/** A change of the asymmetric access state of a target port group for a unit, while it lasts. Thread-safe; no method blocks. */
public interface AccessTransition {

    /**
     * Saves another state. Completes on any thread, when it is durable and holds and the other nexuses were told: with true, or
     * with false when it cannot be saved and nothing has changed.
     */
    CompletionStage<Boolean> change(AccessState state);

    /** It is over: the state is that which was saved last. Maybe called again. */
    void end();
}
