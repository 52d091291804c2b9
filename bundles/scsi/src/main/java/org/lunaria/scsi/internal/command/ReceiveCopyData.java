package org.lunaria.scsi.internal.command;

import org.lunaria.scsi.internal.page.BitField;

/** RECEIVE COPY DATA(LID1) (SPC-4 6.20): what a copy holds for the initiator. No kind of segment holds anything. */
final class ReceiveCopyData implements Handler {
    private static final int NOTHING_AVAILABLE_BYTES = 4;

    private final BitField listIdentifier;
    private final BitField allocationLength;

    ReceiveCopyData(Cdb cdb) {
        listIdentifier = cdb.place(FieldName.LIST_IDENTIFIER);
        allocationLength = cdb.place(FieldName.ALLOCATION_LENGTH);
    }

    @Override
    public void handle(Execution execution) {
        byte[] cdb = execution.cdb();
        if (execution.access().copies().find(listIdentifier.get(cdb)).isEmpty()) {
            execution.refuseField(listIdentifier);
            return;
        }
        execution.good(new byte[NOTHING_AVAILABLE_BYTES], allocationLength.get(cdb));
    }
}
