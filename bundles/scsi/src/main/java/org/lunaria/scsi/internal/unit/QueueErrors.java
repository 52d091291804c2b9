package org.lunaria.scsi.internal.unit;

import java.util.concurrent.Executor;

/**
 * Queue error management of a unit (QERR, SPC-4 7.5.8): what becomes of its other commands when one ends with CHECK CONDITION, be
 * it a unit attention. TST is 000b, so that all nexuses share the task set. Immutable.
 */
record QueueErrors(LogicalUnit unit) {
    private static final int ABORTS_NOTHING = 0b00;
    private static final int ABORTS_ALL = 0b01;

    /**
     * Answers a command with CHECK CONDITION: when all that is aborted for it has ended, so that nothing of it changes what the
     * initiator does then.
     *
     * @param by whose command it is; it is listed no more
     * @param executor where it is answered
     */
    void complete(LunAccess by, Executor executor, Runnable answer) {
        long management = unit.queueErrorManagement();
        if (management == ABORTS_NOTHING) {
            answer.run();
            return;
        }
        AbortCountdown countdown = new AbortCountdown(() -> executor.execute(answer));
        if (management == ABORTS_ALL) {
            unit.nexuses().clearTaskSet(by, countdown);
        } else {
            unit.nexuses().abortTasksOf(by, countdown);
        }
        countdown.arrive();
    }
}
