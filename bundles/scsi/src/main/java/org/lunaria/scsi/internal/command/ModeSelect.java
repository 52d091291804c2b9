package org.lunaria.scsi.internal.command;

import org.lunaria.scsi.SenseCode;
import org.lunaria.scsi.internal.page.BitField;

/** MODE SELECT (6) and (10) (SPC-4 6.9, 6.10). Parameters are never rounded. */
final class ModeSelect implements Handler {
    /** All pages that there are, several times. */
    private static final int MAX_LIST_BYTES = 4096;

    private final boolean longHeader;
    private final BitField pageFormat;
    private final BitField savePages;
    private final BitField parameterListLength;

    ModeSelect(Cdb cdb) {
        longHeader = cdb.lengthBytes() > 6;
        pageFormat = cdb.place(FieldName.PF);
        savePages = cdb.place(FieldName.SP);
        parameterListLength = cdb.place(FieldName.PARAMETER_LIST_LENGTH);
    }

    @Override
    public void handle(Execution execution) {
        byte[] cdb = execution.cdb();
        long length = parameterListLength.get(cdb);
        long fits = execution.expectDataOut(length);
        if (length == 0) {
            execution.good();
            return;
        }
        if (length > MAX_LIST_BYTES || fits < length) {
            execution.refuse(SenseCode.PARAMETER_LIST_LENGTH_ERROR);
            return;
        }
        execution.perform(new ParameterList(execution, (int) length, list -> select(execution, list)));
    }

    private void select(Execution execution, byte[] list) {
        ModeSelectList.Parsed parsed = ModeSelectList.parse(list, longHeader, execution.device());
        if (parsed.refusal().isPresent()) {
            execution.refuse(parsed.refusal().get());
            return;
        }
        if (parsed.hasPages() && !pageFormat.isSet(execution.cdb())) {
            // What follows the block descriptors would be in a format of nobody's.
            execution.refuseField(pageFormat);
            return;
        }
        execution.perform(new ModeChange(execution, parsed.values(), savePages.isSet(execution.cdb())));
    }
}
