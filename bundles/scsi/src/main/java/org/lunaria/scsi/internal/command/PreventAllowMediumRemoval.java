package org.lunaria.scsi.internal.command;

import org.lunaria.scsi.internal.page.BitField;

/** PREVENT ALLOW MEDIUM REMOVAL (SBC-3 5.14). Prevention is each nexus' own; while one lasts, an ejection is refused. */
final class PreventAllowMediumRemoval implements Handler {
    private static final int ALLOW = 0;
    private static final int PREVENT = 1;

    private final BitField prevent;

    PreventAllowMediumRemoval(Cdb cdb) {
        prevent = cdb.place(FieldName.PREVENT);
    }

    @Override
    public void handle(Execution execution) {
        int value = (int) prevent.get(execution.cdb());
        if (value != ALLOW && value != PREVENT) {
            // 10b and 11b were for attached medium changers, and are obsolete.
            execution.refuseField(prevent);
            return;
        }
        execution.access().preventRemoval(value == PREVENT);
        execution.good();
    }
}
