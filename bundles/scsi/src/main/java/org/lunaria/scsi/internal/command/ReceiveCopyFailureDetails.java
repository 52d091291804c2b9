package org.lunaria.scsi.internal.command;

import java.util.Optional;
import org.lunaria.scsi.TaskResult;
import org.lunaria.scsi.internal.copy.CopyOperation;
import org.lunaria.scsi.internal.copy.CopyOperation.State;
import org.lunaria.scsi.internal.page.BitField;

/** RECEIVE COPY FAILURE DETAILS(LID1) (SPC-4 6.21): the status and sense data of a copy that has failed, if it has. */
final class ReceiveCopyFailureDetails implements Handler {
    private static final int HEADER_BYTES = 60;
    private static final int NOTHING_AVAILABLE_BYTES = 4;
    private static final BitField AVAILABLE_DATA = BitField.bytes(0, 4);
    private static final BitField EXTENDED_COPY_COMMAND_STATUS = BitField.bytes(56, 1);
    private static final BitField SENSE_DATA_LENGTH = BitField.bytes(58, 2);

    private final BitField listIdentifier;
    private final BitField allocationLength;

    ReceiveCopyFailureDetails(Cdb cdb) {
        listIdentifier = cdb.place(FieldName.LIST_IDENTIFIER);
        allocationLength = cdb.place(FieldName.ALLOCATION_LENGTH);
    }

    @Override
    public void handle(Execution execution) {
        byte[] cdb = execution.cdb();
        Optional<CopyOperation> failed = execution
                .access()
                .copies()
                .find(listIdentifier.get(cdb))
                .filter(found -> found.state() == State.FAILED || found.state() == State.TERMINATED);
        execution.good(
                failed.map(operation -> details(operation.result())).orElseGet(() -> new byte[NOTHING_AVAILABLE_BYTES]),
                allocationLength.get(cdb));
    }

    private static byte[] details(TaskResult result) {
        byte[] data = new byte[HEADER_BYTES + result.sense().length];
        AVAILABLE_DATA.put(data, data.length - 4);
        EXTENDED_COPY_COMMAND_STATUS.put(data, result.status().code());
        SENSE_DATA_LENGTH.put(data, result.sense().length);
        System.arraycopy(result.sense(), 0, data, HEADER_BYTES, result.sense().length);
        return data;
    }
}
