package org.lunaria.scsi.internal.command;

import org.lunaria.scsi.internal.operation.MediumOperation;
import org.lunaria.scsi.internal.page.BitField;

/** SANITIZE, BLOCK ERASE (SBC-4 5.30.2.3). */
final class SanitizeBlockErase implements Handler {
    private final BitField immediate;
    private final BitField unrestricted;
    private final BitField parameterListLength;

    SanitizeBlockErase(Cdb cdb) {
        immediate = cdb.place(FieldName.IMMED);
        unrestricted = cdb.place(FieldName.AUSE);
        parameterListLength = cdb.place(FieldName.PARAMETER_LIST_LENGTH);
    }

    @Override
    public void handle(Execution execution) {
        byte[] cdb = execution.cdb();
        if (parameterListLength.isSet(cdb)) {
            execution.refuseField(parameterListLength);
            return;
        }
        MediumOperation operation = MediumOperation.blockErase(unrestricted.isSet(cdb));
        execution.perform(new MediumOperationCommand(execution, operation, immediate.isSet(cdb), unrestricted));
    }
}
