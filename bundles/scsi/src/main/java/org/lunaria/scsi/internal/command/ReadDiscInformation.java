package org.lunaria.scsi.internal.command;

import org.lunaria.scsi.internal.page.BitField;

/** READ DISC INFORMATION (MMC-6 6.21): the standard data type. */
final class ReadDiscInformation implements Handler {
    private final BitField dataType;
    private final BitField allocationLength;

    ReadDiscInformation(Cdb cdb) {
        dataType = cdb.place(FieldName.DATA_TYPE);
        allocationLength = cdb.place(FieldName.ALLOCATION_LENGTH);
    }

    @Override
    public void handle(Execution execution) {
        if (dataType.isSet(execution.cdb())) {
            execution.refuseField(dataType);
            return;
        }
        execution.good(LoadedDisc.of(execution.device()).information(), allocationLength.get(execution.cdb()));
    }
}
