package org.lunaria.scsi.internal.command;

import org.lunaria.scsi.internal.command.Device.MediumState;
import org.lunaria.scsi.internal.page.BitField;

/** MECHANISM STATUS (MMC-6 6.8) of a drive that is idle and has no slots. */
final class MechanismStatus implements Handler {
    private static final int LENGTH_BYTES = 8;
    private static final int DOOR_OPEN = 0x10;

    private final BitField allocationLength;

    MechanismStatus(Cdb cdb) {
        allocationLength = cdb.place(FieldName.ALLOCATION_LENGTH);
    }

    @Override
    public void handle(Execution execution) {
        byte[] data = new byte[LENGTH_BYTES];
        data[1] = (byte) (execution.device().mediumState() == MediumState.EJECTED ? DOOR_OPEN : 0);
        execution.good(data, allocationLength.get(execution.cdb()));
    }
}
