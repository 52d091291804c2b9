package org.lunaria.scsi.internal.command;

import org.lunaria.scsi.internal.page.BitField;

/**
 * RECEIVE DIAGNOSTIC RESULTS (SPC-4 6.29): the one page there is says so. Without PCV it is as well what the last SEND
 * DIAGNOSTIC can have asked for.
 */
final class ReceiveDiagnosticResults implements Handler {
    /** Supported Diagnostic Pages (SPC-4 7.2.5): a list of one, itself. */
    private static final byte[] SUPPORTED_PAGES = {0x00, 0, 0, 1, 0x00};

    private final BitField pageCode;
    private final BitField allocationLength;

    ReceiveDiagnosticResults(Cdb cdb) {
        pageCode = cdb.place(FieldName.PAGE_CODE);
        allocationLength = cdb.place(FieldName.ALLOCATION_LENGTH);
    }

    @Override
    public void handle(Execution execution) {
        if (pageCode.isSet(execution.cdb())) {
            execution.refuseField(pageCode);
        } else {
            execution.good(SUPPORTED_PAGES, allocationLength.get(execution.cdb()));
        }
    }
}
