package org.lunaria.scsi.internal.command;

import org.lunaria.scsi.SenseCode;
import org.lunaria.scsi.internal.page.BitField;
import org.lunaria.scsi.internal.page.FieldPointer;
import org.lunaria.scsi.internal.page.Sense;

/** SET TIMESTAMP (SPC-4 6.46): until the unit starts anew. */
final class SetTimestamp implements Handler {
    /** In both parameter lists. */
    static final BitField TIMESTAMP = BitField.bytes(4, 6);

    private static final int LIST_BYTES = 12;

    private final BitField parameterListLength;

    SetTimestamp(Cdb cdb) {
        parameterListLength = cdb.place(FieldName.PARAMETER_LIST_LENGTH);
    }

    @Override
    public void handle(Execution execution) {
        long length = parameterListLength.get(execution.cdb());
        long fits = execution.expectDataOut(length);
        if (length == 0) {
            execution.good();
        } else if (length != LIST_BYTES || fits < length) {
            execution.refuse(SenseCode.PARAMETER_LIST_LENGTH_ERROR);
        } else {
            execution.perform(new ParameterList(execution, LIST_BYTES, list -> set(execution, list)));
        }
    }

    private static void set(Execution execution, byte[] list) {
        for (int at = 0; at < LIST_BYTES; at++) {
            boolean isReserved = at < TIMESTAMP.byteIndex() || at >= TIMESTAMP.byteIndex() + TIMESTAMP.bits() / 8;
            if (isReserved && list[at] != 0) {
                execution.refuse(Sense.invalidField(FieldPointer.parameter(at)));
                return;
            }
        }
        execution.access().setTimestamp(TIMESTAMP.get(list));
        execution.good();
    }
}
