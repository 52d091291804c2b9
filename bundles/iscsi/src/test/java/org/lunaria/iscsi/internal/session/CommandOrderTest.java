package org.lunaria.iscsi.internal.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.lunaria.iscsi.internal.node.Limits;
import org.lunaria.iscsi.internal.pdu.LogoutRequestPdu;
import org.lunaria.iscsi.internal.pdu.RejectPdu;
import org.lunaria.iscsi.internal.pdu.RejectReason;
import org.lunaria.iscsi.internal.pdu.ScsiCommandPdu;
import org.lunaria.iscsi.internal.pdu.ScsiResponsePdu;
import org.lunaria.scsi.Task;
import org.lunaria.scsi.TaskResult;

/** CmdSN, its window, and what waits for memory (RFC 7143 4.2.2.1). */
class CommandOrderTest {
    private static final byte[] NOTHING = {};

    private final Scene scene = new Scene();

    @Test
    void commandsRunInTheOrderOfTheirNumbers() {
        Initiator initiator = scene.login();
        initiator.cmdSN = 3;
        initiator.command(3, false, false, 0, NOTHING, true);
        initiator.cmdSN = 2;
        initiator.command(2, false, false, 0, NOTHING, true);
        assertEquals(List.of(), tags());
        initiator.cmdSN = 1;
        initiator.command(1, false, false, 0, NOTHING, true);
        assertEquals(List.of(1L, 2L, 3L), tags());
        assertEquals(3, initiator.answers().size());
    }

    @Test
    void anEarlyCommandKeepsItsData() {
        Initiator initiator = scene.login();
        scene.engine.script = scene.engine.receives(512);
        initiator.cmdSN = 2;
        initiator.command(2, false, true, 512, ScriptedTarget.pattern(5, 512), true);
        initiator.cmdSN = 1;
        initiator.command(1, false, true, 512, ScriptedTarget.pattern(9, 512), true);
        assertEquals(ScriptedTarget.pattern(5), scene.engine.received[0]);
        assertEquals(0, scene.pool.reservedBytes());
    }

    @Test
    void numbersOutsideTheWindowAndDuplicatesAreIgnored() {
        Initiator initiator = scene.login();
        initiator.command(1, false, false, 0, NOTHING, true);
        initiator.cmdSN = 1;
        initiator.command(2, false, false, 0, NOTHING, true);
        initiator.cmdSN = 2 + SessionRules.COMMANDS_MAX;
        initiator.command(3, false, false, 0, NOTHING, true);
        assertEquals(List.of(1L), tags());
    }

    @Test
    void numbersWrapAround() {
        Initiator initiator = scene.connect();
        initiator.cmdSN = 0xFFFFFFFEL;
        initiator.login("iqn.2001-04.com.example:host");
        for (int count = 0; count < 4; count++) {
            initiator.command(count, false, false, 0, NOTHING, true);
            initiator.cmdSN &= 0xFFFFFFFFL;
        }
        assertEquals(4, tags().size());
        assertEquals(
                2,
                new ScsiResponsePdu()
                        .wrap(initiator.answers().get(3).header(), 0)
                        .expCmdSN());
    }

    @Test
    void aCommandThatCameEarlyBehindALogoutIsNotDone() {
        Initiator initiator = scene.login();
        long logoutSN = initiator.cmdSN++;
        initiator.command(7, true, false, 512, NOTHING, true);
        LogoutRequestPdu logout = new LogoutRequestPdu();
        initiator.send(
                logout, NOTHING, () -> logout.reason(0).initiatorTaskTag(5).cmdSN(logoutSN));
        assertEquals(List.of(), tags());
        assertEquals(0, scene.pool.reservedBytes());
    }

    @Test
    void immediateCommandsUseUpNoNumber() {
        Initiator initiator = scene.login();
        ScsiCommandPdu pdu = new ScsiCommandPdu();
        initiator.send(
                pdu, NOTHING, () -> pdu.immediate(true).initiatorTaskTag(9).cmdSN(1));
        assertEquals(1, new ScsiResponsePdu().wrap(initiator.only().header(), 0).expCmdSN());
        assertEquals(List.of(9L), tags());
    }

    @Test
    void aFullWindowTakesNoMore() {
        Initiator initiator = scene.login();
        scene.engine.script = task -> {};
        for (int tag = 0; tag < 200; tag++) {
            initiator.command(tag, false, false, 0, NOTHING, true);
        }
        assertEquals(SessionRules.COMMANDS_MAX, scene.engine.tasks.size());
        scene.engine.tasks.get(0).answer().accept(TaskResult.GOOD);
        ScsiResponsePdu response = new ScsiResponsePdu().wrap(initiator.only().header(), 0);
        assertEquals(response.expCmdSN(), response.maxCmdSN());
    }

    @Test
    void aTagInUseIsRejected() {
        Initiator initiator = scene.login();
        scene.engine.script = task -> {};
        initiator.command(5, false, false, 0, NOTHING, true);
        initiator.command(5, false, false, 0, NOTHING, true);
        RejectPdu reject = new RejectPdu().wrap(initiator.only().header(), 0);
        assertEquals(RejectReason.TASK_IN_PROGRESS.code(), reject.reason());
        assertEquals(3, reject.expCmdSN());
    }

    @Test
    void commandsWaitForMemoryAndThenRunInOrder() {
        Scene small = new Scene(Limits.DEFAULT, 2 << 20);
        Initiator initiator = small.login();
        initiator.openWindow();
        small.engine.tasks.clear();
        small.engine.script = task -> {};
        for (int tag = 0; tag < 20; tag++) {
            initiator.read(tag, 1 << 20);
        }
        int started = small.engine.tasks.size();
        assertTrue(started > 0 && started < 20);
        assertTrue(small.pool.reservedBytes() <= 2 << 20);
        for (int done = 0; done < 20; done++) {
            Task task = small.engine.tasks.get(done);
            assertEquals(done, task.tag());
            task.answer().accept(TaskResult.GOOD);
            initiator.wire.settle();
        }
        assertEquals(20, initiator.answers().size());
        assertEquals(0, small.pool.reservedBytes());
    }

    @Test
    void reservedFieldsThatNoTaskCanBeMadeOfAreRejected() {
        Initiator initiator = scene.login();
        ScsiCommandPdu pdu = new ScsiCommandPdu();
        initiator.send(
                pdu,
                NOTHING,
                () -> pdu.read(true).write(true).initiatorTaskTag(1).cmdSN(1));
        assertEquals(
                RejectReason.INVALID_PDU_FIELD.code(),
                new RejectPdu().wrap(initiator.only().header(), 0).reason());
        initiator.send(pdu, NOTHING, () -> pdu.attribute(7).initiatorTaskTag(1).cmdSN(2));
        assertEquals(
                RejectReason.INVALID_PDU_FIELD.code(),
                new RejectPdu().wrap(initiator.only().header(), 0).reason());
        assertFalse(initiator.wire.isClosed());
    }

    private List<Long> tags() {
        return scene.engine.tasks.stream().map(Task::tag).toList();
    }
}
