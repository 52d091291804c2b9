package org.lunaria.scsi.internal.command;

import java.util.concurrent.CompletionStage;
import org.lunaria.scsi.ScsiStatus;
import org.lunaria.scsi.internal.reservation.Reply;
import org.lunaria.scsi.internal.reservation.ReservationRequest;

/** Asks the unit for a change of its reservations, and answers when it is made, durable where that is asked for. */
final class ReservationChange extends Procedure {
    private final Execution execution;
    private final ReservationRequest request;
    private CompletionStage<Reply> reply;

    ReservationChange(Execution execution, ReservationRequest request) {
        super(execution);
        this.execution = execution;
        this.request = request;
    }

    @Override
    protected CompletionStage<?> step() {
        if (reply != null) {
            return then(() -> answer(value(reply)));
        }
        reply = execution.access().reserve(request, execution);
        return medium(reply);
    }

    private void answer(Reply given) {
        if (given.sense().isPresent()) {
            execution.refuse(given.sense().get());
        } else if (given.status() == ScsiStatus.GOOD) {
            execution.good();
        } else {
            execution.refuse(given.status());
        }
    }

    @Override
    protected void release() {}
}
