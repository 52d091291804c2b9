package org.lunaria.scsi.internal.command;

import java.util.Arrays;
import org.lunaria.scsi.SenseCode;
import org.lunaria.scsi.internal.operation.MediumOperation;
import org.lunaria.scsi.internal.page.BitField;
import org.lunaria.scsi.internal.page.FieldPointer;
import org.lunaria.scsi.internal.page.Sense;

/** SANITIZE, OVERWRITE (SBC-4 5.30.2.2). The vendor specific values of TEST mean nothing here, and are refused. */
final class SanitizeOverwrite implements Handler {
    private static final int HEADER_BYTES = 4;
    private static final BitField INVERT = new BitField(0, 7, 1);
    private static final BitField TEST = new BitField(0, 6, 2);
    private static final BitField OVERWRITE_COUNT = new BitField(0, 4, 5);
    private static final BitField RESERVED = BitField.bytes(1, 1);
    private static final BitField PATTERN_LENGTH = BitField.bytes(2, 2);

    private final BitField immediate;
    private final BitField unrestricted;
    private final BitField parameterListLength;

    SanitizeOverwrite(Cdb cdb) {
        immediate = cdb.place(FieldName.IMMED);
        unrestricted = cdb.place(FieldName.AUSE);
        parameterListLength = cdb.place(FieldName.PARAMETER_LIST_LENGTH);
    }

    @Override
    public void handle(Execution execution) {
        int blockBytes = execution.device().geometry().blockBytes();
        int length = (int) parameterListLength.get(execution.cdb());
        if (length <= HEADER_BYTES || length > blockBytes + HEADER_BYTES) {
            execution.refuseField(parameterListLength);
        } else if (execution.expectDataOut(length) < length) {
            execution.refuse(SenseCode.PARAMETER_LIST_LENGTH_ERROR);
        } else {
            execution.perform(new ParameterList(execution, length, list -> begin(execution, list, blockBytes)));
        }
    }

    private void begin(Execution execution, byte[] list, int blockBytes) {
        long patternBytes = PATTERN_LENGTH.get(list);
        if (TEST.isSet(list)) {
            refuse(execution, TEST);
        } else if (!OVERWRITE_COUNT.isSet(list)) {
            refuse(execution, OVERWRITE_COUNT);
        } else if (RESERVED.isSet(list)) {
            refuse(execution, RESERVED);
        } else if (patternBytes == 0 || patternBytes > blockBytes) {
            refuse(execution, PATTERN_LENGTH);
        } else if (patternBytes != list.length - HEADER_BYTES) {
            execution.refuse(SenseCode.PARAMETER_LIST_LENGTH_ERROR);
        } else {
            MediumOperation operation = MediumOperation.overwrite(
                    unrestricted.isSet(execution.cdb()),
                    (int) OVERWRITE_COUNT.get(list),
                    INVERT.isSet(list),
                    Arrays.copyOfRange(list, HEADER_BYTES, list.length));
            execution.perform(
                    new MediumOperationCommand(execution, operation, immediate.isSet(execution.cdb()), unrestricted));
        }
    }

    private static void refuse(Execution execution, BitField field) {
        execution.refuse(Sense.invalidField(new FieldPointer(false, field.byteIndex(), field.bit())));
    }
}
