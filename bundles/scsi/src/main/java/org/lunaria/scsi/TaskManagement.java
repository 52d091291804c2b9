package org.lunaria.scsi;

import java.util.concurrent.Executor;
import java.util.function.Consumer;

/**
 * A task management request (SAM-5 clause 7).
 *
 * @param nexus whence it came
 * @param function what to do
 * @param lun the unit it is for; without meaning for the functions that are for the whole target
 * @param tag of the task that ABORT TASK and QUERY TASK are about; else without meaning
 * @param executor where {@code answer} is called
 * @param answer gets the response exactly once, when every task that was aborted has ended: afterwards none of them
 *     changes the medium or touches its transfer
 */
public record TaskManagement(
        Nexus nexus, Function function, long lun, long tag, Executor executor, Consumer<Response> answer) {

    /** The functions (SAM-5 7.1). */
    public enum Function {
        ABORT_TASK,
        ABORT_TASK_SET,
        CLEAR_ACA,
        CLEAR_TASK_SET,
        LOGICAL_UNIT_RESET,
        /** Every unit of the target is reset (RFC 7143 11.5.1, warm and cold). */
        TARGET_RESET,
        QUERY_TASK,
        QUERY_TASK_SET,
        QUERY_ASYNCHRONOUS_EVENT,
        I_T_NEXUS_RESET;

        /** Whether it does something here: there is no auto contingent allegiance to clear (NACA is refused). */
        public boolean isSupported() {
            return this != CLEAR_ACA;
        }
    }

    /** The service responses (SAM-5 7.1). */
    public enum Response {
        FUNCTION_COMPLETE,
        FUNCTION_SUCCEEDED,
        FUNCTION_REJECTED,
        INCORRECT_LOGICAL_UNIT_NUMBER,
        /** ABORT TASK found no such task: it may have ended already. */
        TASK_DOES_NOT_EXIST
    }
}
