package org.lunaria.iscsi.internal.session;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.lunaria.iscsi.internal.session.ErrorRecoveryScene.dataIn;
import static org.lunaria.iscsi.internal.session.ErrorRecoveryScene.joined;
import static org.lunaria.iscsi.internal.session.ErrorRecoveryScene.r2t;
import static org.lunaria.iscsi.internal.session.ErrorRecoveryScene.reassign;
import static org.lunaria.iscsi.internal.session.ErrorRecoveryScene.response;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.lunaria.iscsi.internal.pdu.DataInPdu;
import org.lunaria.iscsi.internal.pdu.LogoutReason;
import org.lunaria.iscsi.internal.pdu.LogoutResponseCode;
import org.lunaria.iscsi.internal.pdu.Opcode;
import org.lunaria.iscsi.internal.pdu.ReadyToTransferPdu;
import org.lunaria.iscsi.internal.pdu.TaskManagementResponseCode;
import org.lunaria.iscsi.internal.session.Initiator.Got;
import org.lunaria.iscsi.unh.UnhCase;
import org.lunaria.iscsi.unh.UnhSuite;
import org.lunaria.scsi.TaskResult;

/** Error recovery of the UNH-IOL for targets, group 2: allegiance reassignment (RFC 7143 7.2.2). */
class UnhReassignmentTest {
    private static final byte[] NOTHING = {};
    private static final int SEGMENT = 8192;

    private final ErrorRecoveryScene recovery = new ErrorRecoveryScene();
    private final Scene scene = recovery.scene;

    @Test
    @UnhCase(
            suite = UnhSuite.ERROR_RECOVERY,
            number = "2.1",
            clause = "7.2.2",
            title = "Reassignment of a write after logout")
    void aWriteGoesOnOnAnotherConnection() {
        Initiator first = recovery.login(2);
        Initiator second = second(first);
        scene.engine.script = scene.engine.receives(1024);
        first.command(7, false, true, 1024, NOTHING, true);
        long tag = first.r2t().targetTransferTag();
        first.dataOut(7, tag, 0, 0, ScriptedTarget.pattern(0, 512), false);
        lose(first);
        second.numbersOf(first);
        assertEquals(LogoutResponseCode.CLOSED, second.logout(LogoutReason.REMOVE_CONNECTION_FOR_RECOVERY, 0));
        reassign(second, 7, 0);
        List<Got> answers = second.answers();
        assertEquals(TaskManagementResponseCode.FUNCTION_COMPLETE, response(answers.get(0)));
        ReadyToTransferPdu asked = r2t(answers.get(1));
        assertEquals(512, asked.bufferOffset());
        assertEquals(512, asked.desiredDataTransferLength());
        second.dataOut(7, asked.targetTransferTag(), 0, 512, ScriptedTarget.pattern(512, 512), true);
        assertEquals(Opcode.SCSI_RESPONSE, second.only().opcode());
        assertArrayEquals(ScriptedTarget.pattern(0, 1024), scene.engine.received);
        assertEquals(1, scene.engine.tasks.size());
    }

    @Test
    @UnhCase(
            suite = UnhSuite.ERROR_RECOVERY,
            number = "2.2",
            clause = "11.6.1",
            title = "Reassignment of a write without logout")
    void aTaskOfAConnectionThatIsThereStaysOnIt() {
        Initiator first = recovery.login(2);
        Initiator second = second(first);
        scene.engine.script = scene.engine.receives(1024);
        first.command(7, false, true, 1024, NOTHING, true);
        long tag = first.r2t().targetTransferTag();
        second.numbersOf(first);
        reassign(second, 7, 0);
        assertEquals(TaskManagementResponseCode.TASK_STILL_ALLEGIANT, response(second.only()));
        first.dataOut(7, tag, 0, 0, ScriptedTarget.pattern(0, 1024), true);
        assertEquals(Opcode.SCSI_RESPONSE, first.only().opcode());
    }

    @Test
    @UnhCase(
            suite = UnhSuite.ERROR_RECOVERY,
            number = "2.3",
            clause = "7.2.2",
            title = "Reassignment of a read after logout")
    void aReadGoesOnWithTheDataThatIsMissing() {
        Initiator first = recovery.login(2);
        Initiator second = second(first);
        scene.engine.script = scene.engine.sends(5 * SEGMENT, SEGMENT, TaskResult.GOOD);
        first.read(7, 5 * SEGMENT);
        List<Got> sent = first.answers();
        assertEquals(5, sent.size());
        second.numbersOf(first);
        assertEquals(LogoutResponseCode.CLOSED, second.logout(LogoutReason.REMOVE_CONNECTION_FOR_RECOVERY, 0));
        assertTrue(first.wire.isClosed());
        reassign(second, 7, 2);
        List<Got> answers = second.answers();
        assertEquals(TaskManagementResponseCode.FUNCTION_COMPLETE, response(answers.get(0)));
        List<Got> data = answers.subList(1, answers.size());
        assertEquals(
                List.of(2L, 3L, 4L),
                data.stream().map(got -> dataIn(got).dataSN()).toList());
        assertArrayEquals(ScriptedTarget.pattern(2 * SEGMENT, 3 * SEGMENT), joined(data));
        DataInPdu last = dataIn(data.get(2));
        assertTrue(last.status());
        // After the answers to the login, the logout and the request, its number is the next of this connection.
        assertEquals(response0(answers.get(0)) + 1, last.statSN());
        assertEquals(1, scene.engine.tasks.size());
    }

    @Test
    @UnhCase(
            suite = UnhSuite.ERROR_RECOVERY,
            number = "2.4",
            clause = "6.3.4, 7.2.2",
            title = "Reassignment with implicit logout")
    void aLoginInTheLostConnectionsPlaceMayTakeItsTasks() {
        Initiator first = recovery.login(2);
        scene.engine.script = task -> {};
        first.read(7, SEGMENT);
        lose(first);
        assertEquals(SessionState.FAILED, scene.sessions.sessions().get(0).state());
        Initiator again = scene.connect();
        again.join(first, 0);
        assertEquals(SessionState.LOGGED_IN, scene.sessions.sessions().get(0).state());
        // The engine comes to its end while nobody has the task.
        scene.engine.sends(SEGMENT, SEGMENT, TaskResult.GOOD).accept(scene.engine.tasks.get(0));
        assertEquals(List.of(), again.answers());
        reassign(again, 7, 0);
        List<Got> answers = again.answers();
        assertEquals(TaskManagementResponseCode.FUNCTION_COMPLETE, response(answers.get(0)));
        assertArrayEquals(ScriptedTarget.pattern(0, SEGMENT), joined(answers));
        assertTrue(dataIn(answers.get(1)).status());
    }

    @Test
    @UnhCase(suite = UnhSuite.FULL_FEATURE, number = "7.1", clause = "7.2.2", title = "Connection reassignment")
    void whatWasSentButNotReceivedIsSentOnTheOtherConnection() {
        Initiator first = recovery.login(2);
        first.wire.stuck(true);
        scene.engine.script = scene.engine.sends(3 * SEGMENT, SEGMENT, TaskResult.GOOD);
        first.read(7, 3 * SEGMENT);
        lose(first);
        Initiator again = scene.connect();
        again.join(first, 0, "MaxRecvDataSegmentLength=16384");
        reassign(again, 7, 0);
        List<Got> answers = again.answers();
        assertEquals(TaskManagementResponseCode.FUNCTION_COMPLETE, response(answers.get(0)));
        assertArrayEquals(ScriptedTarget.pattern(0, 3 * SEGMENT), joined(answers));
    }

    @Test
    void aTaskThatNobodyTakesInTimeIsAbortedAndTheSessionEnds() {
        Initiator first = recovery.login(2, "DefaultTime2Retain=20");
        scene.engine.script = task -> {};
        first.read(7, SEGMENT);
        lose(first);
        scene.thread.pass(6);
        assertEquals(1, scene.sessions.sessions().size());
        scene.thread.pass(1);
        assertEquals(List.of(), scene.sessions.sessions());
        assertEquals(1, scene.engine.detached.size());
        assertEquals(0, scene.pool.reservedBytes());
    }

    @Test
    void nobodyKeepsTasksForHours() {
        lose(recovery.login(2, "DefaultTime2Wait=3600"));
        scene.thread.pass(SessionConnections.KEPT_SECONDS_MAX - 1);
        assertEquals(1, scene.sessions.sessions().size());
        scene.thread.pass(1);
        assertEquals(List.of(), scene.sessions.sessions());
    }

    @Test
    void whatWasReadForALostConnectionIsGivenBackWhenNobodyTakesIt() {
        long before = scene.pool.takenBytes();
        Initiator first = recovery.login(2, "MaxRecvDataSegmentLength=262144");
        scene.engine.script = task -> {};
        first.read(7, 1 << 20);
        lose(first);
        scene.engine.sends(1 << 20, 256 << 10, TaskResult.GOOD).accept(scene.engine.tasks.get(0));
        assertTrue(scene.pool.takenBytes() > before);
        scene.thread.pass(100);
        assertTrue(scene.engine.cancelled);
        assertEquals(before, scene.pool.takenBytes());
    }

    @Test
    void aTaskThatIsNotThereCannotBeReassigned() {
        Initiator first = recovery.login(2);
        reassign(first, 99, 0);
        assertEquals(TaskManagementResponseCode.TASK_DOES_NOT_EXIST, response(first.only()));
        Initiator other = scene.connect();
        other.login("iqn.2001-04.com.example:other");
        reassign(other, 99, 0);
        assertEquals(TaskManagementResponseCode.TASK_ALLEGIANCE_REASSIGNMENT_NOT_SUPPORTED, response(other.only()));
    }

    /** Another connection of the session of one that was lost. */
    private Initiator second(Initiator first) {
        Initiator second = scene.connect();
        second.join(first, 1, "DataDigest=None");
        return second;
    }

    private static void lose(Initiator initiator) {
        initiator.wire.close();
        initiator.wire.settle();
    }

    private static long response0(Got got) {
        return new DataInPdu().wrap(got.header(), 0).statSN();
    }
}
