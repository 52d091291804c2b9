package org.lunaria.scsi.internal.command;

import org.lunaria.scsi.SenseCode;
import org.lunaria.scsi.internal.page.BitField;
import org.lunaria.scsi.internal.page.FieldPointer;
import org.lunaria.scsi.internal.page.LogPages;
import org.lunaria.scsi.internal.page.Sense;

/**
 * LOG SELECT (SPC-4 6.7): statistics begin anew. No parameter can be given a value, none has a threshold and none is saved, so
 * that a parameter list may have pages, but no parameters.
 */
final class LogSelect implements Handler {
    /** Headers of pages, of which nobody needs more. */
    private static final int MAX_LIST_BYTES = 1024;

    private static final int HEADER_BYTES = 4;
    private static final int ALL_SUBPAGES = 0xFF;
    private static final int SPF = 0x40;
    private static final BitField PAGE_LENGTH = BitField.bytes(2, 2);

    /** PC, default cumulative values. */
    private static final int DEFAULT_CUMULATIVE = 0b11;

    private final BitField parameterCodeReset;
    private final BitField pageControl;
    private final BitField pageCode;
    private final BitField subpageCode;
    private final BitField parameterListLength;

    LogSelect(Cdb cdb) {
        parameterCodeReset = cdb.place(FieldName.PCR);
        pageControl = cdb.place(FieldName.PC);
        pageCode = cdb.place(FieldName.PAGE_CODE);
        subpageCode = cdb.place(FieldName.SUBPAGE_CODE);
        parameterListLength = cdb.place(FieldName.PARAMETER_LIST_LENGTH);
    }

    @Override
    public void handle(Execution execution) {
        byte[] cdb = execution.cdb();
        long length = parameterListLength.get(cdb);
        long fits = execution.expectDataOut(length);
        if (length == 0) {
            reset(execution);
        } else if (parameterCodeReset.isSet(cdb)) {
            execution.refuseField(parameterCodeReset);
        } else if (pageCode.isSet(cdb) || subpageCode.isSet(cdb)) {
            execution.refuseField(pageCode.isSet(cdb) ? pageCode : subpageCode);
        } else if (length > MAX_LIST_BYTES || fits < length) {
            execution.refuse(SenseCode.PARAMETER_LIST_LENGTH_ERROR);
        } else {
            execution.perform(new ParameterList(execution, (int) length, list -> look(execution, list)));
        }
    }

    private void reset(Execution execution) {
        byte[] cdb = execution.cdb();
        int code = (int) pageCode.get(cdb);
        int subpage = (int) subpageCode.get(cdb);
        boolean ofAll = code == 0 && subpage == 0;
        if (!LogPages.knows(execution.device(), code)) {
            execution.refuseField(pageCode);
        } else if (subpage != ALL_SUBPAGES
                && LogPages.find(execution.device(), code, subpage).isEmpty()) {
            execution.refuseField(subpageCode);
        } else {
            boolean resets = parameterCodeReset.isSet(cdb) || pageControl.get(cdb) == DEFAULT_CUMULATIVE;
            if (resets && (ofAll || LogPages.hasCounters(code))) {
                execution.access().resetStatistics();
            }
            execution.good();
        }
    }

    /** All of the list is looked at; there is nothing in it that could be done. */
    private static void look(Execution execution, byte[] list) {
        for (int at = 0; at < list.length; at += HEADER_BYTES) {
            if (list.length - at < HEADER_BYTES) {
                execution.refuse(SenseCode.PARAMETER_LIST_LENGTH_ERROR);
                return;
            }
            int code = list[at] & 0x3F;
            int subpage = list[at + 1] & 0xFF;
            boolean known = LogPages.find(execution.device(), code, subpage).isPresent();
            if (!known) {
                boolean inSubpage = LogPages.knows(execution.device(), code);
                execution.refuse(
                        Sense.invalidField(new FieldPointer(false, inSubpage ? at + 1 : at, inSubpage ? 7 : 5)));
                return;
            }
            if ((list[at] & SPF) != 0 != subpage > 0) {
                execution.refuse(Sense.invalidField(new FieldPointer(false, at, 6)));
                return;
            }
            byte[] header = {list[at], list[at + 1], list[at + 2], list[at + 3]};
            if (PAGE_LENGTH.isSet(header)) {
                execution.refuse(Sense.invalidField(FieldPointer.parameter(at + PAGE_LENGTH.byteIndex())));
                return;
            }
        }
        execution.good();
    }
}
