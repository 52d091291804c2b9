package org.lunaria.scsi.internal.command;

import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.lunaria.scsi.internal.copy.CopyOperation;
import org.lunaria.scsi.internal.page.BitField;

/** COPY OPERATION ABORT (SPC-4 6.3): ends a copy early, whose command is answered TASK ABORTED, and is done when it has ended. */
final class CopyOperationAbort implements Handler {
    private final BitField listIdentifier;

    CopyOperationAbort(Cdb cdb) {
        listIdentifier = cdb.place(FieldName.LIST_IDENTIFIER);
    }

    @Override
    public void handle(Execution execution) {
        execution.expectDataOut(0);
        Optional<CopyOperation> operation = execution
                .access()
                .copies()
                .find(listIdentifier.get(execution.cdb()))
                .filter(CopyOperation::isUnderWay);
        if (operation.isEmpty()) {
            execution.refuseField(listIdentifier);
            return;
        }
        execution.perform(new Abort(execution, operation.get()));
    }

    private static final class Abort extends Procedure {
        private final CopyOperation operation;
        private boolean stopped;

        Abort(Execution execution, CopyOperation operation) {
            super(execution);
            this.operation = operation;
        }

        @Override
        protected CompletionStage<?> step() {
            if (stopped) {
                return end();
            }
            stopped = true;
            operation.stop();
            return medium(operation.ended());
        }

        @Override
        protected void release() {}
    }
}
