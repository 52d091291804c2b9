package org.lunaria.scsi.internal.command;

import java.util.Optional;
import org.lunaria.backend.BlockBackend.Space;
import org.lunaria.scsi.internal.page.BitField;
import org.lunaria.scsi.internal.page.LogPage;
import org.lunaria.scsi.internal.page.LogPages;

/**
 * LOG SENSE (SPC-4 6.8). Counters have cumulative values, and default ones, which are zero; no thresholds. For lists PC has no
 * meaning, and is ignored. Nothing is saved.
 */
final class LogSense implements Handler {
    private static final int CUMULATIVE = 0b01;
    private static final int DEFAULT_CUMULATIVE = 0b11;

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
        Device unit = execution.device();
        int code = (int) pageCode.get(cdb);
        Optional<LogPage> page = LogPages.find(unit, code, (int) subpageCode.get(cdb));
        if (page.isEmpty()) {
            execution.refuseField(LogPages.knows(unit, code) ? subpageCode : pageCode);
        } else if (page.get().defaults().isPresent()) {
            answerCounters(execution, page.get());
        } else if (page.get().tellsSpace()) {
            execution.perform(new SpaceReading(execution, space -> answer(execution, page.get(), Optional.of(space))));
        } else {
            answer(execution, page.get(), Optional.empty());
        }
    }

    private void answerCounters(Execution execution, LogPage page) {
        int control = (int) pageControl.get(execution.cdb());
        if (control == CUMULATIVE || control == DEFAULT_CUMULATIVE) {
            answer(execution, control == CUMULATIVE ? page : page.withDefaults(), Optional.empty());
        } else {
            execution.refuseField(pageControl);
        }
    }

    private void answer(Execution execution, LogPage page, Optional<Space> space) {
        byte[] cdb = execution.cdb();
        Optional<byte[]> encoded = page.encode(execution.device(), space, (int) parameterPointer.get(cdb));
        if (encoded.isEmpty()) {
            execution.refuseField(parameterPointer);
        } else {
            execution.good(encoded.get(), allocationLength.get(cdb));
        }
    }
}
