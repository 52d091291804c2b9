package org.lunaria.scsi.internal.command;

import org.lunaria.scsi.internal.page.BitField;
import org.lunaria.scsi.internal.page.Timestamp;

/** REPORT TIMESTAMP (SPC-4 6.38). */
final class ReportTimestamp implements Handler {
    private static final int DATA_BYTES = 12;

    private final BitField allocationLength;

    ReportTimestamp(Cdb cdb) {
        allocationLength = cdb.place(FieldName.ALLOCATION_LENGTH);
    }

    @Override
    public void handle(Execution execution) {
        Timestamp now = execution.device().timestamp();
        byte[] data = new byte[DATA_BYTES];
        BitField.bytes(0, 2).put(data, DATA_BYTES - 2);
        data[2] = (byte) now.origin().code();
        SetTimestamp.TIMESTAMP.put(data, now.millis());
        execution.good(data, allocationLength.get(execution.cdb()));
    }
}
