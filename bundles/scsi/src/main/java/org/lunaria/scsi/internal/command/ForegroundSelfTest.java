package org.lunaria.scsi.internal.command;

import java.util.concurrent.CompletionStage;
import org.lunaria.scsi.SenseCode;
import org.lunaria.scsi.internal.page.SelfTestResult.Outcome;

/** A self-test whose command is answered when it is over, and its result is in the log (SPC-4 5.15.2, 5.15.4.2). */
final class ForegroundSelfTest extends Procedure {
    private final Execution execution;
    private final SelfTestSteps steps;
    private CompletionStage<Boolean> logged;

    ForegroundSelfTest(Execution execution, SelfTestSteps steps) {
        super(execution);
        this.execution = execution;
        this.steps = steps;
    }

    @Override
    protected CompletionStage<?> step() {
        if (logged != null) {
            return value(logged) ? passedOrFailed() : refused(SenseCode.LOGICAL_UNIT_UNABLE_TO_UPDATE_SELF_TEST_LOG);
        }
        if (steps.isOver()) {
            logged = steps.end();
            return medium(logged);
        }
        return medium(steps.next());
    }

    private CompletionStage<?> passedOrFailed() {
        return steps.failed() ? refused(SenseCode.LOGICAL_UNIT_FAILED_SELF_TEST) : end();
    }

    private CompletionStage<?> refused(SenseCode code) {
        return then(() -> execution.refuse(code));
    }

    @Override
    protected void interrupt() {
        steps.abort(Outcome.ABORTED_OTHERWISE);
    }

    @Override
    protected void release() {
        if (logged == null) {
            steps.abort(Outcome.ABORTED_OTHERWISE);
            logged = steps.end();
        }
    }
}
