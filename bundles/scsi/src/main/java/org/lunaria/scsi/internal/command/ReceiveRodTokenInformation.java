package org.lunaria.scsi.internal.command;

import java.util.Optional;
import org.lunaria.scsi.internal.copy.CopyOperation;
import org.lunaria.scsi.internal.page.BitField;

/**
 * RECEIVE ROD TOKEN INFORMATION (SPC-4 6.28, SBC-3 5.30): what became of a copy, as RECEIVE COPY STATUS(LID4) says it, and the token
 * that it made. Can be asked again, for as long as that.
 */
final class ReceiveRodTokenInformation implements Handler {
    private static final BitField TRANSFER_COUNT_UNITS = BitField.bytes(15, 1);
    private static final BitField TRANSFER_COUNT = BitField.bytes(16, 8);
    private static final int LOGICAL_BLOCKS = 0xF1;
    private static final int LENGTH_BYTES = 4;

    /** Before the token in its descriptor. */
    private static final int DESCRIPTOR_HEADER_BYTES = 2;

    private final BitField listIdentifier;
    private final BitField allocationLength;

    ReceiveRodTokenInformation(Cdb cdb) {
        listIdentifier = cdb.place(FieldName.LIST_IDENTIFIER);
        allocationLength = cdb.place(FieldName.ALLOCATION_LENGTH);
    }

    @Override
    public void handle(Execution execution) {
        byte[] cdb = execution.cdb();
        Optional<CopyOperation> operation = execution.access().copies().find(listIdentifier.get(cdb));
        if (operation.isEmpty()) {
            execution.refuseField(listIdentifier);
            return;
        }
        byte[] data = answer(operation.get(), execution.device().geometry().blockBytes());
        execution.good(data, allocationLength.get(cdb));
    }

    private static byte[] answer(CopyOperation operation, int blockBytes) {
        byte[] token = operation.token();
        int descriptorBytes = token.length == 0 ? 0 : DESCRIPTOR_HEADER_BYTES + token.length;
        byte[] data = ReceiveCopyStatus.status(operation, LENGTH_BYTES + descriptorBytes);
        if (TokenCommands.isOf(operation)) {
            TRANSFER_COUNT_UNITS.put(data, LOGICAL_BLOCKS);
            TRANSFER_COUNT.put(data, operation.bytes() / blockBytes);
        }
        int lengthAt = data.length - descriptorBytes - LENGTH_BYTES;
        BitField.bytes(lengthAt, LENGTH_BYTES).put(data, descriptorBytes);
        System.arraycopy(token, 0, data, data.length - token.length, token.length);
        return data;
    }
}
