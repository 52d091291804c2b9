package org.lunaria.iscsi.internal.session;

import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.lunaria.iscsi.internal.pdu.TaskManagementFunction;
import org.lunaria.iscsi.internal.pdu.TaskManagementRequestPdu;
import org.lunaria.iscsi.internal.pdu.TaskManagementResponseCode;
import org.lunaria.iscsi.internal.pdu.TaskManagementResponsePdu;
import org.lunaria.scsi.ScsiTarget;
import org.lunaria.scsi.TaskManagement;
import org.lunaria.scsi.TaskManagement.Function;

/**
 * Task management (RFC 7143 11.5, 11.6; RFC 7144 for the functions from QUERY TASK on). What a function aborts is taken
 * out of the session first, so that nothing of it is sent any more and nobody waits for its data; then the engine does
 * its part, and the response follows when that is done. Confined to the session's thread.
 *
 * <p>On one connection every command with a smaller CmdSN has come before the request; where there are several, a function
 * on many tasks waits for them.
 */
final class TaskManagementRequests {
    /** The iSCSIProtocolLevel from which on RFC 7144's functions may be used. */
    private static final int RFC_7144_LEVEL = 2;

    /** How long commands are awaited that were sent before a request. */
    static final int COMMANDS_AWAITED_SECONDS = 5;

    /** Requests that may wait for such commands, or for the engine. */
    static final int PENDING_MAX = 64;

    private final SessionConnection connection;
    private final Session session;
    private final SessionRegistry sessions;
    private final TaskReassignment reassignment;
    private final TaskManagementResponsePdu pdu = new TaskManagementResponsePdu();
    private int pending;

    TaskManagementRequests(SessionConnection connection, SessionRegistry sessions) {
        this.connection = connection;
        this.session = connection.session();
        this.sessions = sessions;
        this.reassignment = new TaskReassignment(connection);
    }

    void take(TaskManagementRequestPdu request) {
        long tag = request.initiatorTaskTag();
        Optional<TaskManagementFunction> function = TaskManagementFunction.of(request.function());
        if (function.isEmpty() || session.target().isEmpty()) {
            respond(tag, TaskManagementResponseCode.TASK_MANAGEMENT_FUNCTION_NOT_SUPPORTED);
            return;
        }
        if (pending >= PENDING_MAX) {
            respond(tag, TaskManagementResponseCode.FUNCTION_REJECTED);
            return;
        }
        long lun = request.lun();
        switch (function.get()) {
            case ABORT_TASK -> abortTask(request);
            case ABORT_TASK_SET ->
                whenAllCame(request, () -> abort(tag, lun, Function.ABORT_TASK_SET, task -> task.lun() == lun));
            case CLEAR_ACA -> manage(tag, lun, 0, Function.CLEAR_ACA, false);
            case CLEAR_TASK_SET ->
                whenAllCame(request, () -> abort(tag, lun, Function.CLEAR_TASK_SET, task -> task.lun() == lun));
            case LOGICAL_UNIT_RESET ->
                whenAllCame(request, () -> abort(tag, lun, Function.LOGICAL_UNIT_RESET, task -> task.lun() == lun));
            case TARGET_WARM_RESET -> whenAllCame(request, () -> abort(tag, lun, Function.TARGET_RESET, task -> true));
            case TARGET_COLD_RESET -> whenAllCame(request, () -> coldReset(tag, lun));
            case TASK_REASSIGN -> reassign(request);
            case QUERY_TASK -> query(tag, lun, request.referencedTaskTag(), Function.QUERY_TASK);
            case QUERY_TASK_SET -> query(tag, lun, 0, Function.QUERY_TASK_SET);
            case QUERY_ASYNCHRONOUS_EVENT -> query(tag, lun, 0, Function.QUERY_ASYNCHRONOUS_EVENT);
            case I_T_NEXUS_RESET -> nexusReset(tag, lun);
        }
    }

    /**
     * Commands that were sent before the request may come after it, on other connections: waits for them, but not for ever
     * (RFC 7143 4.2.3.3). What has a number of its own comes in its turn anyway.
     */
    private void whenAllCame(TaskManagementRequestPdu request, Runnable work) {
        long cmdSN = request.cmdSN();
        if (!request.immediate()
                || !session.connections().maySpan()
                || session.order().hasReached(cmdSN)) {
            work.run();
            return;
        }
        pending++;
        AtomicBoolean done = new AtomicBoolean();
        Runnable once = () -> {
            if (!done.getAndSet(true) && !session.isClosed()) {
                pending--;
                work.run();
            }
        };
        session.order().whenReached(cmdSN, once);
        session.thread().after(COMMANDS_AWAITED_SECONDS, once);
    }

    private void reassign(TaskManagementRequestPdu request) {
        TaskReassignment.Outcome outcome = reassignment.perform(request);
        respond(request.initiatorTaskTag(), outcome.code());
        outcome.then().run();
    }

    private void abortTask(TaskManagementRequestPdu request) {
        long tag = request.initiatorTaskTag();
        ScsiTask task = session.tasks().find(request.referencedTaskTag());
        if (task == null || task.lun() != request.lun()) {
            if (SerialNumber.isBefore(request.refCmdSN(), request.cmdSN())
                    && session.order().skip(request.refCmdSN())) {
                respond(tag, TaskManagementResponseCode.FUNCTION_COMPLETE);
            } else {
                // The engine knows whether there is such a LUN, and may not be done yet with a task aborted before.
                manage(tag, request.lun(), request.referencedTaskTag(), Function.ABORT_TASK, false);
            }
            return;
        }
        boolean started = !task.isWaiting();
        task.cancel();
        if (started) {
            manage(tag, task.lun(), task.tag(), Function.ABORT_TASK, true);
        } else {
            respond(tag, TaskManagementResponseCode.FUNCTION_COMPLETE);
        }
    }

    private void abort(long tag, long lun, Function function, Predicate<ScsiTask> which) {
        session.abort(which);
        manage(tag, lun, 0, function, true);
    }

    private void query(long tag, long lun, long referenced, Function function) {
        if (connection.parameters().iSCSIProtocolLevel() < RFC_7144_LEVEL) {
            respond(tag, TaskManagementResponseCode.TASK_MANAGEMENT_FUNCTION_NOT_SUPPORTED);
        } else {
            manage(tag, lun, referenced, function, false);
        }
    }

    private void nexusReset(long tag, long lun) {
        if (connection.parameters().iSCSIProtocolLevel() < RFC_7144_LEVEL) {
            respond(tag, TaskManagementResponseCode.TASK_MANAGEMENT_FUNCTION_NOT_SUPPORTED);
        } else {
            abort(tag, lun, Function.I_T_NEXUS_RESET, task -> true);
        }
    }

    /** A warm reset after which every connection to the target ends (RFC 7143 11.5.1). */
    private void coldReset(long tag, long lun) {
        session.abort(task -> true);
        manage(lun, 0, Function.TARGET_RESET, response -> {
            respond(tag, response, true);
            connection.wire().flush();
            if (response.service() == TaskManagement.ServiceResponse.FUNCTION_REJECTED) {
                return;
            }
            sessions.dropWhere(each -> each.target().equals(session.target()), "the target was reset (cold)");
        });
    }

    private void manage(long tag, long lun, long referenced, Function function, boolean aborts) {
        manage(lun, referenced, function, response -> respond(tag, response, aborts));
    }

    private void manage(long lun, long referenced, Function function, Consumer<TaskManagement.Response> answer) {
        pending++;
        ScsiTarget scsi = session.target().orElseThrow().scsi();
        scsi.manage(new TaskManagement(session.nexus(), function, lun, referenced, session.thread(), response -> {
            pending--;
            answer.accept(response);
        }));
    }

    /** @param aborts whether a task that the engine no longer knows counts as aborted: it was under way until now */
    private static TaskManagementResponseCode code(TaskManagement.Response response, boolean aborts) {
        return switch (response.service()) {
            case FUNCTION_COMPLETE -> TaskManagementResponseCode.FUNCTION_COMPLETE;
            case FUNCTION_SUCCEEDED -> TaskManagementResponseCode.FUNCTION_SUCCEEDED;
            case FUNCTION_REJECTED -> TaskManagementResponseCode.FUNCTION_REJECTED;
            case INCORRECT_LOGICAL_UNIT_NUMBER -> TaskManagementResponseCode.LUN_DOES_NOT_EXIST;
            case TASK_DOES_NOT_EXIST ->
                aborts ? TaskManagementResponseCode.FUNCTION_COMPLETE : TaskManagementResponseCode.TASK_DOES_NOT_EXIST;
        };
    }

    private void respond(long tag, TaskManagement.Response response, boolean aborts) {
        respond(tag, code(response, aborts), response.additionalInformation());
    }

    private void respond(long tag, TaskManagementResponseCode code) {
        respond(tag, code, 0);
    }

    private void respond(long tag, TaskManagementResponseCode code, int additionalInformation) {
        if (connection.connection().state().isOver()) {
            return;
        }
        connection
                .responses()
                .append(pdu)
                .response(code.code())
                .additionalInformation(additionalInformation)
                .initiatorTaskTag(tag);
        connection.responses().numberStatus(pdu);
    }
}
