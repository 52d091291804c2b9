package org.lunaria.scsi.internal.command;

import org.lunaria.scsi.internal.page.BitField;

/**
 * SANITIZE, EXIT FAILURE MODE (SBC-4 5.30.2.5): what a failed operation has left may be used again, where its initiator has
 * allowed that with AUSE; where nothing has failed there is nothing to do.
 */
final class SanitizeExitFailureMode implements Handler {
    private final BitField serviceAction;
    private final BitField parameterListLength;

    SanitizeExitFailureMode(Cdb cdb) {
        serviceAction = cdb.place(FieldName.SERVICE_ACTION);
        parameterListLength = cdb.place(FieldName.PARAMETER_LIST_LENGTH);
    }

    @Override
    public void handle(Execution execution) {
        if (parameterListLength.isSet(execution.cdb())) {
            execution.refuseField(parameterListLength);
        } else {
            execution.perform(new MediumOperationCommand(execution, Access::exitFailureMode, false, serviceAction));
        }
    }
}
