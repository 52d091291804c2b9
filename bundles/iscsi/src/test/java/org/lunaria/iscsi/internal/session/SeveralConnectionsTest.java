package org.lunaria.iscsi.internal.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.lunaria.iscsi.internal.login.LoginStatus;
import org.lunaria.iscsi.internal.node.AccessList;
import org.lunaria.iscsi.internal.node.TargetNode;
import org.lunaria.iscsi.internal.pdu.LogoutReason;
import org.lunaria.iscsi.internal.pdu.LogoutResponseCode;
import org.lunaria.iscsi.internal.pdu.Opcode;
import org.lunaria.iscsi.internal.pdu.TaskManagementFunction;
import org.lunaria.iscsi.internal.pdu.TaskManagementRequestPdu;
import org.lunaria.iscsi.unh.UnhCase;
import org.lunaria.iscsi.unh.UnhSuite;
import org.lunaria.scsi.TaskManagement;
import org.lunaria.scsi.TaskResult;

/** Several connections of one session, and one in the place of another (RFC 7143 4.2.1, 4.2.3, 6.3.1, 6.3.4, 11.14). */
class SeveralConnectionsTest {
    private final Scene scene = new Scene();
    private final Initiator first = scene.login("MaxConnections=3");

    private Initiator join(int cid) {
        return join(cid, scene.thread);
    }

    private Initiator join(int cid, MemoryThread where) {
        Initiator next = scene.connect(where);
        next.join(first, cid);
        return next;
    }

    @Test
    @UnhCase(suite = UnhSuite.LOGIN, number = "2.3", clause = "6.3.1", title = "TSIH in second connection")
    void aLoginWithTheHandleOfASessionAddsAConnectionToIt() {
        Initiator second = join(1);
        assertEquals(1, scene.sessions.sessions().size());
        assertEquals(
                List.of(0, 1),
                scene.sessions.sessions().get(0).status().connections().stream()
                        .map(each -> each.cid())
                        .toList());
        first.read(1, 0);
        second.numbersOf(first).read(2, 0);
        assertEquals(Opcode.SCSI_RESPONSE, first.only().opcode());
        assertEquals(Opcode.SCSI_RESPONSE, second.only().opcode());
        assertEquals(1, scene.engine.attached.size());
    }

    @Test
    @UnhCase(suite = UnhSuite.LOGIN, number = "2.2", clause = "11.13.5", title = "TSIH invalid value")
    void aHandleThatNobodyHasIsRefused() {
        assertEquals(LoginStatus.SESSION_DOES_NOT_EXIST, scene.connect().requestJoin(first.tsih + 1, 1));
    }

    @Test
    @UnhCase(suite = UnhSuite.MULTI_CONNECTION, number = "1.2", clause = "6.3.1", title = "TSIH of another initiator")
    void whatIsNotTheInitiatorPortsOwnSessionDoesNotExistForIt() {
        assertEquals(
                LoginStatus.SESSION_DOES_NOT_EXIST,
                scene.connect().requestJoin("iqn.2001-04.com.example:other", first.tsih, 1));
        assertEquals(1, scene.sessions.sessions().get(0).status().connections().size());
    }

    @Test
    @UnhCase(suite = UnhSuite.MULTI_CONNECTION, number = "1.1", clause = "13.2", title = "MaxConnections exceeded")
    void moreConnectionsThanWereAgreedOnAreTooMany() {
        join(1);
        join(2);
        assertEquals(LoginStatus.TOO_MANY_CONNECTIONS, scene.connect().requestJoin(first.tsih, 3));
        first.read(1, 0);
        assertEquals(Opcode.SCSI_RESPONSE, first.only().opcode());
    }

    @Test
    void aConnectionOnAnotherThreadMovesToThatOfItsSession() {
        Initiator second = join(1, new MemoryThread(scene.buffers));
        assertEquals(scene.thread, second.wire.thread());
        second.numbersOf(first).read(2, 0);
        assertEquals(Opcode.SCSI_RESPONSE, second.only().opcode());
    }

    @Test
    @UnhCase(suite = UnhSuite.MULTI_CONNECTION, number = "2.1", clause = "4.2.2.1", title = "CmdSN over connections")
    void commandsAreDoneInTheOrderOfTheirNumbersOverAllConnections() {
        Initiator second = join(1);
        second.cmdSN = first.cmdSN + 1;
        second.read(20, 0);
        assertEquals(0, scene.engine.tasks.size());
        assertEquals(List.of(), second.answers());
        first.read(10, 0);
        assertEquals(
                List.of(10L, 20L),
                scene.engine.tasks.stream().map(each -> each.tag()).toList());
        assertEquals(Opcode.SCSI_RESPONSE, first.only().opcode());
        assertEquals(Opcode.SCSI_RESPONSE, second.only().opcode());
    }

    @Test
    @UnhCase(
            suite = UnhSuite.MULTI_CONNECTION,
            number = "2.2",
            clause = "4.2.3",
            title = "Connection allegiance of data")
    void dataForACommandOfAnotherConnectionIsNotTaken() {
        Initiator second = join(1);
        scene.engine.script = scene.engine.receives(512);
        first.command(7, false, true, 512, new byte[0], true);
        long transferTag = first.r2t().targetTransferTag();
        second.dataOut(7, transferTag, 0, 0, new byte[512], true);
        assertEquals(List.of(), first.answers());
        assertEquals(List.of(), second.answers());
        first.dataOut(7, transferTag, 0, 0, new byte[512], true);
        assertEquals(Opcode.SCSI_RESPONSE, first.only().opcode());
    }

    @Test
    @UnhCase(suite = UnhSuite.MULTI_CONNECTION, number = "3.1", clause = "11.14", title = "Logout of one connection")
    void aLogoutOfOneConnectionAbortsItsTasksAndLeavesTheOthers() {
        Initiator second = join(1);
        scene.engine.script = task -> {};
        first.read(1, 0);
        second.numbersOf(first).read(2, 0);
        assertEquals(LogoutResponseCode.CLOSED, second.logout(LogoutReason.CLOSE_CONNECTION, 1));
        assertTrue(second.wire.isClosed());
        assertFalse(first.wire.isClosed());
        assertEquals(1, scene.sessions.sessions().get(0).status().tasks());
        scene.engine.tasks.forEach(task -> task.answer().accept(TaskResult.GOOD));
        assertEquals(Opcode.SCSI_RESPONSE, first.only().opcode());
        assertEquals(0, scene.engine.detached.size());
    }

    @Test
    @UnhCase(
            suite = UnhSuite.MULTI_CONNECTION,
            number = "3.2",
            clause = "11.14",
            title = "Logout of another connection")
    void aConnectionIsLoggedOutOnAnotherOne() {
        Initiator second = join(1);
        assertEquals(LogoutResponseCode.CLOSED, first.logout(LogoutReason.CLOSE_CONNECTION, 1));
        assertTrue(second.wire.isClosed());
        assertFalse(first.wire.isClosed());
        assertEquals(LogoutResponseCode.CID_NOT_FOUND, first.logout(LogoutReason.CLOSE_CONNECTION, 1));
    }

    @Test
    @UnhCase(suite = UnhSuite.MULTI_CONNECTION, number = "3.3", clause = "11.14", title = "Logout of the session")
    void aLogoutOfTheSessionClosesAllConnections() {
        Initiator second = join(1);
        assertEquals(LogoutResponseCode.CLOSED, second.logout(LogoutReason.CLOSE_SESSION, 0));
        assertTrue(first.wire.isClosed());
        assertTrue(second.wire.isClosed());
        assertEquals(List.of(), scene.sessions.sessions());
        assertEquals(1, scene.engine.detached.size());
    }

    @Test
    @UnhCase(
            suite = UnhSuite.MULTI_CONNECTION,
            number = "4.2",
            clause = "7.1.5",
            title = "Loss of a connection at level 0")
    void withoutRecoveryOfConnectionsOneThatIsLostEndsTheSession() {
        Initiator second = join(1);
        second.wire.close();
        second.wire.settle();
        assertTrue(first.wire.isClosed());
        assertEquals(List.of(), scene.sessions.sessions());
    }

    @Test
    @UnhCase(suite = UnhSuite.MULTI_CONNECTION, number = "4.1", clause = "6.3.4", title = "Connection reinstatement")
    void aLoginWithTheSameIdentifierTakesTheConnectionsPlaceAndTheSessionGoesOn() {
        scene.engine.script = task -> {};
        first.read(1, 0);
        Initiator again = join(0);
        assertTrue(first.wire.isClosed());
        assertEquals(1, scene.sessions.sessions().size());
        assertEquals(0, scene.engine.detached.size());
        assertEquals(0, scene.sessions.sessions().get(0).status().tasks());
        scene.engine.script = task -> task.answer().accept(TaskResult.GOOD);
        again.numbersOf(first).read(2, 0);
        assertEquals(Opcode.SCSI_RESPONSE, again.only().opcode());
        scene.engine.tasks.get(0).answer().accept(TaskResult.GOOD);
        assertEquals(List.of(), again.answers());
    }

    @Test
    void aSessionThatWasDroppedWhileAConnectionIsOnItsWayIsNotThere() {
        MemoryThread busy = new MemoryThread(scene.buffers);
        Initiator late = scene.connect();
        Initiator leading = scene.connect(busy);
        leading.login("iqn.2001-04.com.example:busy", "MaxConnections=2");
        busy.busy(true);
        scene.sessions.dropWhere(session -> session.tsih() == leading.tsih, "the test says so");
        late.sendJoin("iqn.2001-04.com.example:busy", leading.tsih, 1);
        assertEquals(List.of(), late.answers());
        busy.busy(false);
        assertEquals(LoginStatus.SESSION_DOES_NOT_EXIST, late.loginStatus());
    }

    @Test
    @UnhCase(
            suite = UnhSuite.MULTI_CONNECTION,
            number = "1.3",
            clause = "11.13",
            title = "ExpCmdSN and MaxCmdSN in second login")
    void theLastResponseOfAJoiningLoginShowsTheNumbersOfTheSession() {
        first.read(1, 0);
        first.read(2, 0);
        Initiator second = join(1);
        assertEquals(3, second.lastLogin.expCmdSN());
        assertEquals(2 + SessionRules.COMMANDS_MAX, second.lastLogin.maxCmdSN());
    }

    private static void abortTaskSet(Initiator initiator, long cmdSN) {
        TaskManagementRequestPdu pdu = new TaskManagementRequestPdu();
        initiator.send(
                pdu,
                new byte[0],
                () -> pdu.immediate(true)
                        .isFinal(true)
                        .function(TaskManagementFunction.ABORT_TASK_SET.code())
                        .initiatorTaskTag(0x99)
                        .cmdSN(cmdSN));
    }

    @Test
    @UnhCase(
            suite = UnhSuite.MULTI_CONNECTION,
            number = "2.3",
            clause = "4.2.3.3",
            title = "Immediate task management over connections")
    void anAbortWaitsForCommandsThatWereSentBeforeItOnOtherConnections() {
        Initiator second = join(1);
        scene.engine.script = task -> {};
        abortTaskSet(second, first.cmdSN + 1);
        assertEquals(List.of(), second.answers());
        first.read(1, 0);
        assertEquals(Opcode.TASK_MANAGEMENT_RESPONSE, second.only().opcode());
        assertEquals(0, scene.sessions.sessions().get(0).status().tasks());
        scene.engine.tasks.get(0).answer().accept(TaskResult.GOOD);
        assertEquals(List.of(), first.answers());
    }

    @Test
    void anAbortDoesNotWaitForeverForCommandsThatDoNotCome() {
        Initiator second = join(1);
        abortTaskSet(second, first.cmdSN + 1);
        assertEquals(List.of(), second.answers());
        scene.thread.pass(TaskManagementRequests.COMMANDS_AWAITED_SECONDS);
        assertEquals(Opcode.TASK_MANAGEMENT_RESPONSE, second.only().opcode());
        first.read(1, 0);
        assertEquals(Opcode.SCSI_RESPONSE, first.only().opcode());
        assertEquals(List.of(), second.answers());
    }

    @Test
    void aLoginInAConnectionsPlaceWaitsUntilWhatWasUnderWayCannotHappenAnyMore() {
        scene.engine.script = task -> {};
        first.read(1, 0);
        scene.engine.management = request -> {};
        Initiator again = scene.connect();
        again.numbersOf(first).sendJoin(Scene.HOST, first.tsih, 0);
        assertTrue(first.wire.isClosed());
        assertEquals(List.of(), again.answers());
        assertEquals(
                TaskManagement.Function.ABORT_TASK,
                scene.engine.managements.get(0).function());
        scene.engine.managements.get(0).answer().accept(TaskManagement.Response.FUNCTION_COMPLETE);
        again.finishLogin();
    }

    @Test
    void whereAnAbortCannotBePromisedTheSessionEnds() {
        scene.engine.script = task -> {};
        first.read(1, 0);
        scene.engine.management = request -> {};
        Initiator again = scene.connect();
        again.numbersOf(first).sendJoin(Scene.HOST, first.tsih, 0);
        scene.engine.managements.get(0).answer().accept(TaskManagement.Response.FUNCTION_REJECTED);
        assertEquals(LoginStatus.SESSION_DOES_NOT_EXIST, again.loginStatus());
        assertEquals(List.of(), scene.sessions.sessions());
    }

    @Test
    void aSessionWhoseOnlyConnectionWasToBeReplacedByOneThatWentAwayEnds() {
        scene.engine.script = task -> {};
        first.read(1, 0);
        scene.engine.management = request -> {};
        Initiator again = scene.connect();
        again.numbersOf(first).sendJoin(Scene.HOST, first.tsih, 0);
        again.wire.close();
        again.wire.settle();
        assertEquals(List.of(), scene.sessions.sessions());
        scene.engine.managements.get(0).answer().accept(TaskManagement.Response.FUNCTION_COMPLETE);
        assertEquals(1, scene.engine.detached.size());
    }

    @Test
    void aLogoutOfAConnectionIsAnsweredWhenWhatWasUnderWayCannotHappenAnyMore() {
        Initiator second = join(1);
        scene.engine.script = task -> {};
        second.numbersOf(first).read(2, 0);
        scene.engine.management = request -> {};
        second.sendLogout(LogoutReason.CLOSE_CONNECTION, 1);
        assertEquals(List.of(), second.answers());
        scene.engine.managements.get(0).answer().accept(TaskManagement.Response.FUNCTION_COMPLETE);
        assertEquals(Opcode.LOGOUT_RESPONSE, second.only().opcode());
        assertTrue(second.wire.isClosed());
    }

    @Test
    void aNewSessionOfTheSamePortWaitsForWhatTheLastOneLeftUnderWay() {
        List<Runnable> waiting = new ArrayList<>();
        scene.engine.detachment = waiting::add;
        first.wire.close();
        first.wire.settle();
        assertEquals(List.of(), scene.sessions.sessions());
        Initiator again = scene.connect();
        again.requestLogin(Scene.HOST);
        assertEquals(List.of(), again.answers());
        waiting.get(0).run();
        again.finishLogin();
        Initiator other = scene.connect();
        other.login("iqn.2001-04.com.example:other");
    }

    @Test
    void whatCameEarlyOnAConnectionThatIsGoneIsNotDone() {
        Initiator second = join(1);
        second.cmdSN = first.cmdSN + 1;
        second.read(20, 0);
        Initiator again = scene.connect();
        again.numbersOf(first).join(first, 1);
        first.read(10, 0);
        assertEquals(
                List.of(10L),
                scene.engine.tasks.stream().map(each -> each.tag()).toList());
        again.numbersOf(first).read(21, 0);
        assertEquals(Opcode.SCSI_RESPONSE, again.only().opcode());
    }

    @Test
    void whatComesOnAConnectionThatIsBeingLoggedOutIsIgnored() {
        Initiator second = join(1);
        scene.engine.script = task -> {};
        second.numbersOf(first).read(2, 0);
        scene.engine.management = request -> {};
        second.sendLogout(LogoutReason.CLOSE_CONNECTION, 1);
        second.read(3, 0);
        assertEquals(1, scene.engine.tasks.size());
        scene.engine.managements.get(0).answer().accept(TaskManagement.Response.FUNCTION_COMPLETE);
        assertEquals(Opcode.LOGOUT_RESPONSE, second.only().opcode());
        assertEquals(0, scene.sessions.sessions().get(0).status().tasks());
    }

    @Test
    void ofTwoLoginsInTheSamePlaceOneHasIt() {
        scene.engine.script = task -> {};
        first.read(1, 0);
        scene.engine.management = request -> {};
        Initiator again = scene.connect();
        again.numbersOf(first).sendJoin(Scene.HOST, first.tsih, 0);
        Initiator faster = scene.connect();
        faster.join(first, 0);
        scene.engine.managements.get(0).answer().accept(TaskManagement.Response.FUNCTION_COMPLETE);
        again.finishLogin();
        assertTrue(faster.wire.isClosed());
        assertEquals(1, scene.sessions.sessions().get(0).status().connections().size());
    }

    @Test
    void whoLosesItsRightWhileItsConnectionIsOnItsWayIsRefused() {
        MemoryThread busy = new MemoryThread(scene.buffers);
        Initiator leading = scene.connect(busy);
        leading.login("iqn.2001-04.com.example:busy", "MaxConnections=2");
        busy.busy(true);
        Initiator late = scene.connect();
        late.sendJoin("iqn.2001-04.com.example:busy", leading.tsih, 1);
        TargetNode.Configuration old = scene.target.configuration();
        scene.target.reconfigure(new TargetNode.Configuration(
                old.name(), old.iqn(), old.alias(), old.portals(), old.luns(), AccessList.NOBODY, old.limits()));
        busy.busy(false);
        assertEquals(LoginStatus.AUTHORIZATION_FAILURE, late.loginStatus());
        assertEquals(1, scene.sessions.sessions().get(1).status().connections().size());
    }

    @Test
    void nobodyJoinsASessionThatWasAskedToLogOut() {
        scene.sessions.revokeWhere(session -> true, "the test says so");
        assertEquals(LoginStatus.SESSION_DOES_NOT_EXIST, scene.connect().requestJoin(first.tsih, 1));
    }
}
