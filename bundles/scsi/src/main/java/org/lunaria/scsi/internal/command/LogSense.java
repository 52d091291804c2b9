package org.lunaria.scsi.internal.command;

import java.util.Optional;
import org.lunaria.scsi.internal.page.BitField;
import org.lunaria.scsi.internal.page.LogPage;
import org.lunaria.scsi.internal.page.LogPages;

/** LOG SENSE (SPC-4 6.8). There are cumulative values only: no parameter has a threshold. */
final class LogSense implements Handler {
    private static final int CUMULATIVE = 0b01;

    private final BitField pageControl;
    private final BitField pageCode;
    private final BitField subpageCode;
    private final BitField parameterPointer;
    private final BitField allocationLength;

    LogSense(Cdb cdb) {
        pageControl = cdb.place(FieldName.PC);
        pageCode = cdb.place(FieldName.PAGE_CODE);
        subpageCode = cdb.place(FieldName.SUBPAGE_CODE);
        parameterPointer = cdb.place(FieldName.PARAMETER_POINTER);
        allocationLength = cdb.place(FieldName.ALLOCATION_LENGTH);
    }

    @Override
    public void handle(Execution execution) {
        byte[] cdb = execution.cdb();
        int code = (int) pageCode.get(cdb);
        Optional<LogPage> page = LogPages.find(code, (int) subpageCode.get(cdb));
        if (page.isEmpty()) {
            execution.refuseField(LogPages.knows(code) ? subpageCode : pageCode);
            return;
        }
        if (pageControl.get(cdb) != CUMULATIVE) {
            execution.refuseField(pageControl);
            return;
        }
        Optional<byte[]> data = page.get().encode(execution.device(), (int) parameterPointer.get(cdb));
        if (data.isEmpty()) {
            execution.refuseField(parameterPointer);
            return;
        }
        execution.good(data.get(), allocationLength.get(cdb));
    }
}
