package org.lunaria.iscsi.internal.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.lunaria.iscsi.internal.pdu.Opcode;
import org.lunaria.iscsi.internal.pdu.ScsiResponsePdu;
import org.lunaria.iscsi.internal.pdu.TaskManagementFunction;
import org.lunaria.iscsi.internal.pdu.TaskManagementRequestPdu;
import org.lunaria.iscsi.internal.pdu.TaskManagementResponseCode;
import org.lunaria.iscsi.internal.pdu.TaskManagementResponsePdu;
import org.lunaria.iscsi.internal.session.Initiator.Got;
import org.lunaria.scsi.ScsiStatus;
import org.lunaria.scsi.TaskManagement;
import org.lunaria.scsi.TaskResult;

/** Task management (RFC 7143 11.5, 11.6). */
class TaskManagementTest {
    private static final byte[] NOTHING = {};

    private final Scene scene = new Scene();
    private final Initiator initiator = scene.login();

    @Test
    void anAbortedTaskIsNeverAnswered() {
        scene.engine.script = task -> {};
        initiator.read(7, 4096);
        manage(TaskManagementFunction.ABORT_TASK, 7, 1);
        assertResponse(TaskManagementResponseCode.FUNCTION_COMPLETE);
        scene.engine.tasks.get(0).answer().accept(TaskResult.GOOD);
        assertEquals(List.of(), initiator.answers());
        TaskManagement request = scene.engine.managements.get(0);
        assertEquals(TaskManagement.Function.ABORT_TASK, request.function());
        assertEquals(7, request.tag());
    }

    @Test
    void theResponseWaitsForTheEngine() {
        scene.engine.script = task -> {};
        scene.engine.management = request -> {};
        initiator.read(7, 4096);
        manage(TaskManagementFunction.ABORT_TASK, 7, 1);
        assertEquals(List.of(), initiator.answers());
        scene.engine.managements.get(0).answer().accept(TaskManagement.Response.TASK_DOES_NOT_EXIST);
        assertResponse(TaskManagementResponseCode.FUNCTION_COMPLETE);
    }

    @Test
    void aTaskThatWaitsForDataIsCancelled() {
        scene.engine.script = scene.engine.receives(8192);
        initiator.command(7, false, true, 8192, NOTHING, true);
        initiator.answers();
        manage(TaskManagementFunction.LOGICAL_UNIT_RESET, 0, 0);
        assertTrue(scene.engine.cancelled);
        assertResponse(TaskManagementResponseCode.FUNCTION_COMPLETE);
        assertEquals(0, scene.pool.reservedBytes());
        initiator.dataOut(7, 0, 0, 0, new byte[8192], true);
        assertEquals(List.of(), initiator.answers());
    }

    @Test
    void aTaskThatTheEngineAbortsByItselfIsForgotten() {
        scene.engine.script = task -> {};
        initiator.read(7, 4096);
        scene.engine.tasks.get(0).data().cancel();
        assertEquals(0, scene.sessions.sessions().get(0).status().tasks());
        initiator.read(7, 4096);
        assertEquals(2, scene.engine.tasks.size());
    }

    @Test
    void theEngineMayAnswerThatATaskWasAborted() {
        scene.engine.script = task -> {};
        initiator.command(7, false, true, 8192, NOTHING, true);
        assertEquals(List.of(), initiator.answers());
        scene.engine.tasks.get(0).answer().accept(TaskResult.of(ScsiStatus.TASK_ABORTED, 8192));
        Got answer = initiator.only();
        assertEquals(Opcode.SCSI_RESPONSE, answer.opcode());
        ScsiResponsePdu response = new ScsiResponsePdu().wrap(answer.header(), 0);
        assertEquals(ScsiStatus.TASK_ABORTED.code(), response.status());
        assertEquals(8192, response.residualCount());
        assertEquals(0, scene.sessions.sessions().get(0).status().tasks());
    }

    @Test
    void aTaskThatWasAnsweredDoesNotExist() {
        initiator.command(7, false, false, 0, NOTHING, true);
        initiator.answers();
        engineAnswers(TaskManagement.Response.TASK_DOES_NOT_EXIST);
        manage(TaskManagementFunction.ABORT_TASK, 7, 1);
        assertResponse(TaskManagementResponseCode.TASK_DOES_NOT_EXIST);
    }

    @Test
    void anAbortForANumberWithoutAUnitSaysSo() {
        engineAnswers(TaskManagement.Response.INCORRECT_LOGICAL_UNIT_NUMBER);
        manage(TaskManagementFunction.ABORT_TASK, 7, 0);
        assertResponse(TaskManagementResponseCode.LUN_DOES_NOT_EXIST);
    }

    @Test
    void aSecondAbortWaitsForTheEngineLikeTheFirst() {
        scene.engine.script = task -> {};
        scene.engine.management = request -> {};
        initiator.read(7, 4096);
        manage(TaskManagementFunction.ABORT_TASK, 7, 1);
        manage(TaskManagementFunction.ABORT_TASK, 7, 1);
        assertEquals(List.of(), initiator.answers());
        scene.engine.managements.get(1).answer().accept(TaskManagement.Response.FUNCTION_COMPLETE);
        assertResponse(TaskManagementResponseCode.FUNCTION_COMPLETE);
    }

    @Test
    void aCommandThatHasNotComeCountsAsReceived() {
        initiator.cmdSN++;
        initiator.command(8, false, false, 0, NOTHING, true);
        assertEquals(List.of(), initiator.answers());
        manage(TaskManagementFunction.ABORT_TASK, 7, 1);
        List<Got> answers = initiator.answers();
        assertEquals(List.of(Opcode.SCSI_RESPONSE, Opcode.TASK_MANAGEMENT_RESPONSE), opcodes(answers));
        TaskManagementResponsePdu response =
                new TaskManagementResponsePdu().wrap(answers.get(1).header(), 0);
        assertEquals(TaskManagementResponseCode.FUNCTION_COMPLETE.code(), response.response());
        assertEquals(3, response.expCmdSN());
    }

    @Test
    void reassigningIsNotSupportedAtErrorRecoveryLevelZero() {
        manage(TaskManagementFunction.TASK_REASSIGN, 7, 1);
        assertResponse(TaskManagementResponseCode.TASK_ALLEGIANCE_REASSIGNMENT_NOT_SUPPORTED);
    }

    @Test
    void aFunctionThatNobodyKnowsIsNotSupported() {
        TaskManagementRequestPdu pdu = new TaskManagementRequestPdu();
        initiator.send(
                pdu,
                NOTHING,
                () -> pdu.immediate(true).function(99).initiatorTaskTag(50).cmdSN(initiator.cmdSN));
        assertResponse(TaskManagementResponseCode.TASK_MANAGEMENT_FUNCTION_NOT_SUPPORTED);
    }

    @Test
    void aColdResetEndsEverySessionOfTheTarget() {
        Initiator other = scene.connect();
        other.login("iqn.2001-04.com.example:other");
        manage(TaskManagementFunction.TARGET_COLD_RESET, 0, 0);
        assertEquals(
                List.of(Opcode.TASK_MANAGEMENT_RESPONSE, Opcode.ASYNC_MESSAGE),
                initiator.answers().stream().map(Initiator.Got::opcode).toList());
        assertEquals(Opcode.ASYNC_MESSAGE, other.only().opcode());
        assertTrue(initiator.wire.isClosed() && other.wire.isClosed());
        assertEquals(List.of(), scene.sessions.sessions());
    }

    @Test
    void manyUnansweredRequestsAreRejected() {
        scene.engine.management = request -> {};
        for (int count = 0; count < TaskManagementRequests.PENDING_MAX; count++) {
            manage(TaskManagementFunction.LOGICAL_UNIT_RESET, 0, 0);
        }
        assertEquals(List.of(), initiator.answers());
        manage(TaskManagementFunction.LOGICAL_UNIT_RESET, 0, 0);
        assertResponse(TaskManagementResponseCode.FUNCTION_REJECTED);
    }

    @Test
    void whatTheEngineTellsOfAnAsynchronousEventIsInTheResponse() {
        Initiator other = scene.connect();
        other.login("iqn.2001-04.com.example:other", "iSCSIProtocolLevel=2");
        engineAnswers(TaskManagement.Response.succeeded(0x162903));
        manage(other, TaskManagementFunction.QUERY_ASYNCHRONOUS_EVENT, 0, 0);
        TaskManagementResponsePdu response = responseTo(other);
        assertEquals(TaskManagementResponseCode.FUNCTION_SUCCEEDED.code(), response.response());
        assertEquals(0x162903, response.additionalInformation());
        engineAnswers(TaskManagement.Response.FUNCTION_COMPLETE);
        manage(other, TaskManagementFunction.QUERY_ASYNCHRONOUS_EVENT, 0, 0);
        assertEquals(0, responseTo(other).additionalInformation());
    }

    private void engineAnswers(TaskManagement.Response response) {
        scene.engine.management = request -> request.answer().accept(response);
    }

    private void manage(TaskManagementFunction function, long referencedTag, long refCmdSN) {
        manage(initiator, function, referencedTag, refCmdSN);
    }

    private static void manage(Initiator from, TaskManagementFunction function, long referencedTag, long refCmdSN) {
        TaskManagementRequestPdu pdu = new TaskManagementRequestPdu();
        from.send(
                pdu,
                NOTHING,
                () -> pdu.immediate(true)
                        .function(function.code())
                        .initiatorTaskTag(50)
                        .referencedTaskTag(referencedTag)
                        .refCmdSN(refCmdSN)
                        .cmdSN(from.cmdSN));
    }

    private void assertResponse(TaskManagementResponseCode code) {
        assertEquals(code.code(), responseTo(initiator).response());
    }

    private static TaskManagementResponsePdu responseTo(Initiator initiator) {
        Got answer = initiator.only();
        assertEquals(Opcode.TASK_MANAGEMENT_RESPONSE, answer.opcode());
        TaskManagementResponsePdu pdu = new TaskManagementResponsePdu().wrap(answer.header(), 0);
        assertEquals(50, pdu.initiatorTaskTag());
        return pdu;
    }

    private static List<Opcode> opcodes(List<Got> answers) {
        return answers.stream().map(Got::opcode).toList();
    }
}
