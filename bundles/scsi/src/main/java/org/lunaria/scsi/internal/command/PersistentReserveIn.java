package org.lunaria.scsi.internal.command;

import org.lunaria.scsi.ScsiStatus;
import org.lunaria.scsi.internal.page.BitField;
import org.lunaria.scsi.internal.reservation.ReservationState;
import org.lunaria.scsi.internal.reservation.ReserveIn;

/** PERSISTENT RESERVE IN (SPC-4 6.15). While the unit is reserved by RESERVE it conflicts, whoever asks (SPC-2 5.5.1). */
final class PersistentReserveIn implements Handler {
    private final BitField allocationLength;
    private final ReserveIn action;

    PersistentReserveIn(Cdb cdb, ReserveIn action) {
        allocationLength = cdb.place(FieldName.ALLOCATION_LENGTH);
        this.action = action;
    }

    @Override
    public void handle(Execution execution) {
        ReservationState state = execution.access().reservations();
        if (state.reservedBy().isPresent()) {
            execution.refuse(ScsiStatus.RESERVATION_CONFLICT);
            return;
        }
        execution.good(action.data(state), allocationLength.get(execution.cdb()));
    }
}
