package org.lunaria.scsi.internal.command;

import org.lunaria.scsi.SenseCode;
import org.lunaria.scsi.internal.page.BitField;
import org.lunaria.scsi.internal.reservation.ReserveOut;
import org.lunaria.scsi.internal.reservation.ReserveOutAction;

/** PERSISTENT RESERVE OUT (SPC-4 6.16). */
final class PersistentReserveOut implements Handler {
    /** Room for the TransportIDs of as many initiator ports as can be registered, of usual length. */
    private static final int MAX_LIST_BYTES = 64 * 1024;

    private final BitField parameterListLength;
    private final ReserveOutAction action;

    PersistentReserveOut(Cdb cdb, ReserveOutAction action) {
        parameterListLength = cdb.place(FieldName.PARAMETER_LIST_LENGTH);
        this.action = action;
    }

    @Override
    public void handle(Execution execution) {
        long length = parameterListLength.get(execution.cdb());
        long fits = execution.expectDataOut(length);
        if (length == 0 || length > MAX_LIST_BYTES || fits < length) {
            execution.refuse(SenseCode.PARAMETER_LIST_LENGTH_ERROR);
            return;
        }
        execution.perform(new ParameterList(
                execution,
                (int) length,
                list -> execution.perform(
                        new ReservationChange(execution, ReserveOut.of(action, execution.cdb(), list)))));
    }
}
