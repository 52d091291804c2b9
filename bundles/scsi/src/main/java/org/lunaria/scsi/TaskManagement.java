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
 * @param answer gets the response exactly once, within seconds. FUNCTION COMPLETE means that every task that was aborted has
 *     ended: afterwards none of them changes the medium or touches its transfer, but for one that waits for its initiator's
 *     data and is answered TASK ABORTED when that has come. FUNCTION REJECTED of an abort means that
 *     the store has not given some of them back; they are not answered, but may still change the medium
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
    public enum ServiceResponse {
        FUNCTION_COMPLETE,
        FUNCTION_SUCCEEDED,
        FUNCTION_REJECTED,
        INCORRECT_LOGICAL_UNIT_NUMBER,
        /** ABORT TASK found no such task: it may have ended already. */
        TASK_DOES_NOT_EXIST
    }

    /**
     * What a function came to. Immutable.
     *
     * @param service response
     * @param additionalInformation SAM's Additional Response Information, three bytes as one big-endian number: what QUERY
     *     ASYNCHRONOUS EVENT found (SAM-5 7.10), else 0
     */
    public record Response(ServiceResponse service, int additionalInformation) {
        public static final Response FUNCTION_COMPLETE = new Response(ServiceResponse.FUNCTION_COMPLETE, 0);
        public static final Response FUNCTION_SUCCEEDED = new Response(ServiceResponse.FUNCTION_SUCCEEDED, 0);
        public static final Response FUNCTION_REJECTED = new Response(ServiceResponse.FUNCTION_REJECTED, 0);
        public static final Response INCORRECT_LOGICAL_UNIT_NUMBER =
                new Response(ServiceResponse.INCORRECT_LOGICAL_UNIT_NUMBER, 0);
        public static final Response TASK_DOES_NOT_EXIST = new Response(ServiceResponse.TASK_DOES_NOT_EXIST, 0);

        /** FUNCTION SUCCEEDED with what there is to say. */
        public static Response succeeded(int additionalInformation) {
            return new Response(ServiceResponse.FUNCTION_SUCCEEDED, additionalInformation);
        }
    }
}
