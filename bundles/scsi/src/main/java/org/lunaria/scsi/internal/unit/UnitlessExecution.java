package org.lunaria.scsi.internal.unit;

import java.util.concurrent.CompletionStage;
import org.lunaria.scsi.Task;
import org.lunaria.scsi.TaskResult;
import org.lunaria.scsi.internal.command.Access;
import org.lunaria.scsi.internal.command.Blocks;
import org.lunaria.scsi.internal.command.Command;
import org.lunaria.scsi.internal.command.Execution;
import org.lunaria.scsi.internal.command.Procedure;

/** A command for a number that has no unit: it is in no task set and cannot be aborted but by the transport. */
final class UnitlessExecution extends Execution {

    UnitlessExecution(Task task, Access access, Command command) {
        super(task, access, command);
    }

    @Override
    protected boolean aborted() {
        return false;
    }

    @Override
    protected boolean endsWithoutInitiator() {
        return true;
    }

    @Override
    protected CompletionStage<Void> claim(Blocks blocks) {
        throw new IllegalStateException("there are no blocks without a unit");
    }

    @Override
    protected boolean withdrawClaim() {
        return false;
    }

    @Override
    protected void started(Procedure procedure) {
        // Nothing has to end it.
    }

    @Override
    protected void ended(TaskResult result) {
        task().answer().accept(result);
    }

    @Override
    protected void abandoned() {
        task().data().cancel();
    }

    @Override
    protected void dropped() {
        // It is in no list.
    }
}
