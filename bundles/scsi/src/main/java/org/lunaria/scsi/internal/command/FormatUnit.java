package org.lunaria.scsi.internal.command;

import org.lunaria.scsi.internal.operation.MediumOperation;
import org.lunaria.scsi.internal.page.BitField;

/**
 * FORMAT UNIT (SBC-3 5.3): all blocks read as zeroes then, or as the initialization pattern. There are no defects and no lists of
 * them, so that it does not matter what is to become of such a list (CMPLST); one that is sent is refused.
 */
final class FormatUnit implements Handler {
    /** Those that are a list of defects, which must be empty. */
    private static final int LAST_DEFECT_LIST_FORMAT = 0b101;

    private static final byte[] ZEROES = {};

    private final BitField longList;
    private final BitField formatData;
    private final BitField defectListFormat;

    FormatUnit(Cdb cdb) {
        longList = cdb.place(FieldName.LONGLIST);
        formatData = cdb.place(FieldName.FMTDATA);
        defectListFormat = cdb.place(FieldName.DEFECT_LIST_FORMAT);
    }

    @Override
    public void handle(Execution execution) {
        byte[] cdb = execution.cdb();
        boolean hasList = formatData.isSet(cdb);
        if (defectListFormat.get(cdb) > (hasList ? LAST_DEFECT_LIST_FORMAT : 0)) {
            execution.refuseField(defectListFormat);
        } else if (hasList) {
            FormatList.receive(
                    execution, longList.isSet(cdb), list -> format(execution, list.pattern(), list.immediate()));
        } else {
            execution.expectDataOut(0);
            format(execution, ZEROES, false);
        }
    }

    private void format(Execution execution, byte[] pattern, boolean immediate) {
        execution.perform(
                new MediumOperationCommand(execution, MediumOperation.format(pattern), immediate, defectListFormat));
    }
}
