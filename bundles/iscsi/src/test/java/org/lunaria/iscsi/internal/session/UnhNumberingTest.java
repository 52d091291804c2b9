package org.lunaria.iscsi.internal.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.lunaria.iscsi.internal.pdu.Framing;
import org.lunaria.iscsi.internal.pdu.NopOutPdu;
import org.lunaria.iscsi.internal.pdu.Opcode;
import org.lunaria.iscsi.internal.pdu.Pdu;
import org.lunaria.iscsi.internal.pdu.ScsiCommandPdu;
import org.lunaria.iscsi.internal.pdu.ScsiResponsePdu;
import org.lunaria.iscsi.internal.pdu.TaskManagementFunction;
import org.lunaria.iscsi.internal.pdu.TaskManagementRequestPdu;
import org.lunaria.iscsi.internal.pdu.TaskManagementResponseCode;
import org.lunaria.iscsi.internal.pdu.TaskManagementResponsePdu;
import org.lunaria.iscsi.internal.session.Initiator.Got;
import org.lunaria.iscsi.unh.UnhCase;
import org.lunaria.iscsi.unh.UnhSuite;
import org.lunaria.scsi.Task;
import org.lunaria.scsi.TaskResult;

/** UNH-IOL full feature families 1 to 5: the numbers of commands and of their answers. */
class UnhNumberingTest {
    private static final byte[] NOTHING = {};

    private final Scene scene = new Scene();
    private final Initiator initiator = scene.login();

    @Test
    @UnhCase(suite = UnhSuite.FULL_FEATURE, number = "1.1", clause = "4.2.2.1", title = "Command numbering")
    void commandsAreDeliveredInTheOrderOfCmdSnAndExpCmdSnFollows() {
        for (long number : new long[] {2, 4, 3, 1}) {
            initiator.cmdSN = number;
            plain(number);
        }
        assertEquals(List.of(1L, 2L, 3L, 4L), tags());
        List<Got> answers = initiator.answers();
        assertEquals(5, response(answers.get(3)).expCmdSN());
    }

    @Test
    @UnhCase(suite = UnhSuite.FULL_FEATURE, number = "2.1", clause = "4.2.2.1", title = "Immediate delivery")
    void anImmediateCommandWaitsForNoOtherAndUsesUpNoNumber() {
        initiator.cmdSN = 2;
        plain(2);
        immediate(9, 2);
        assertEquals(List.of(9L), tags());
        assertEquals(1, response(initiator.only()).expCmdSN());
        initiator.cmdSN = 1;
        plain(1);
        assertEquals(List.of(9L, 1L, 2L), tags());
    }

    @Test
    @UnhCase(
            suite = UnhSuite.FULL_FEATURE,
            number = "2.2",
            clause = "4.2.2.1",
            title = "Immediate task management delivery")
    void immediateTaskManagementIsDoneThoughTheWindowIsClosed() {
        scene.engine.script = task -> {};
        fillWindow();
        TaskManagementRequestPdu pdu = new TaskManagementRequestPdu();
        initiator.send(
                pdu,
                NOTHING,
                () -> pdu.immediate(true)
                        .function(TaskManagementFunction.ABORT_TASK_SET.code())
                        .initiatorTaskTag(500)
                        .referencedTaskTag(Pdu.RESERVED_TAG)
                        .cmdSN(initiator.cmdSN));
        TaskManagementResponsePdu response =
                new TaskManagementResponsePdu().wrap(initiator.only().header(), 0);
        assertEquals(TaskManagementResponseCode.FUNCTION_COMPLETE.code(), response.response());
        assertEquals(initiator.cmdSN, response.expCmdSN());
        assertTrue(response.maxCmdSN() > response.expCmdSN(), "what was aborted makes room in the window");
    }

    @Test
    @UnhCase(
            suite = UnhSuite.FULL_FEATURE,
            number = "3.1",
            clause = "4.2.2.1",
            title = "MaxCmdSN and ExpCmdSN, closed window")
    void aCommandBeyondAClosedWindowIsIgnoredAndAnImmediateOneServed() {
        scene.engine.script = task -> {};
        fillWindow();
        plain(900);
        assertEquals(SessionRules.COMMANDS_MAX, tags().size());
        assertEquals(List.of(), initiator.answers());
        scene.engine.script = task -> task.answer().accept(TaskResult.GOOD);
        immediate(901, SessionRules.COMMANDS_MAX + 1);
        ScsiResponsePdu response = response(initiator.only());
        assertEquals(901, response.initiatorTaskTag());
        assertEquals(SessionRules.COMMANDS_MAX + 1, response.expCmdSN());
        assertEquals(SessionRules.COMMANDS_MAX, response.maxCmdSN());
    }

    @Test
    @UnhCase(
            suite = UnhSuite.FULL_FEATURE,
            number = "3.2",
            clause = "4.2.2.1",
            title = "MaxCmdSN and ExpCmdSN, large window")
    void everyCommandUpToMaxCmdSnIsTaken() {
        for (int number = SessionRules.COMMANDS_MAX; number > 0; number--) {
            initiator.cmdSN = number;
            plain(number);
        }
        List<Long> tags = tags();
        assertEquals(SessionRules.COMMANDS_MAX, tags.size());
        assertEquals(tags.stream().sorted().toList(), tags);
    }

    @Test
    @UnhCase(
            suite = UnhSuite.FULL_FEATURE,
            number = "3.3",
            clause = "4.2.2.1",
            title = "MaxCmdSN and ExpCmdSN, single command")
    void oneAnswerOpensAClosedWindowForOneCommand() {
        scene.engine.script = task -> {};
        fillWindow();
        scene.engine.tasks.get(3).answer().accept(TaskResult.GOOD);
        ScsiResponsePdu response = response(initiator.only());
        assertEquals(response.expCmdSN(), response.maxCmdSN());
        plain(900);
        plain(901);
        assertEquals(SessionRules.COMMANDS_MAX + 1, tags().size());
    }

    @Test
    @UnhCase(suite = UnhSuite.FULL_FEATURE, number = "4.1", clause = "7.2.1", title = "Command retry")
    void aRetriedCommandRunsOnce() {
        scene.engine.script = task -> {};
        plain(1);
        initiator.cmdSN = 1;
        plain(1);
        assertEquals(List.of(1L), tags());
        scene.engine.tasks.get(0).answer().accept(TaskResult.GOOD);
        assertEquals(1, initiator.answers().size());
        initiator.cmdSN = 1;
        plain(1);
        assertEquals(List.of(1L), tags());
        assertEquals(List.of(), initiator.answers());
    }

    @Test
    @UnhCase(suite = UnhSuite.FULL_FEATURE, number = "4.2", clause = "7.2.1", title = "Retry of a lost command")
    void aRetryFillsTheGapOfACommandThatWasLost() {
        initiator.cmdSN = 2;
        plain(2);
        plain(3);
        assertEquals(List.of(), initiator.answers());
        initiator.cmdSN = 1;
        plain(1);
        assertEquals(List.of(1L, 2L, 3L), tags());
        assertEquals(3, initiator.answers().size());
    }

    @Test
    @UnhCase(suite = UnhSuite.FULL_FEATURE, number = "5.1", clause = "4.2.2.2", title = "StatSN and ExpStatSN")
    void everyStatusHasTheNextStatSn() {
        plain(1);
        ping(2);
        initiator.send(unknown());
        immediate(3, initiator.cmdSN);
        List<Got> answers = initiator.answers();
        assertEquals(
                List.of(Opcode.SCSI_RESPONSE, Opcode.NOP_IN, Opcode.REJECT, Opcode.SCSI_RESPONSE),
                answers.stream().map(Got::opcode).toList());
        for (int index = 0; index < answers.size(); index++) {
            assertEquals(2 + index, answers.get(index).header().getInt(24));
        }
    }

    @Test
    @UnhCase(suite = UnhSuite.FULL_FEATURE, number = "5.2", clause = "11.8", title = "StatSN of what carries no status")
    void anR2tTellsTheNextStatSnAndUsesUpNone() {
        scene.engine.script = scene.engine.receives(8192);
        initiator.command(1, false, true, 8192, NOTHING, true);
        assertEquals(2, initiator.only().header().getInt(24));
        ping(2);
        assertEquals(2, initiator.only().header().getInt(24));
        assertFalse(initiator.wire.isClosed());
    }

    private void fillWindow() {
        for (int tag = 0; tag < SessionRules.COMMANDS_MAX; tag++) {
            plain(tag);
        }
    }

    private void plain(long tag) {
        initiator.command(tag, false, false, 0, NOTHING, true);
    }

    private void immediate(long tag, long cmdSN) {
        ScsiCommandPdu pdu = new ScsiCommandPdu();
        initiator.send(
                pdu,
                NOTHING,
                () -> pdu.immediate(true).isFinal(true).initiatorTaskTag(tag).cmdSN(cmdSN));
    }

    private void ping(long tag) {
        NopOutPdu pdu = new NopOutPdu();
        initiator.send(
                pdu,
                NOTHING,
                () -> pdu.immediate(true)
                        .initiatorTaskTag(tag)
                        .targetTransferTag(Pdu.RESERVED_TAG)
                        .cmdSN(initiator.cmdSN));
    }

    private static byte[] unknown() {
        return ByteBuffer.allocate(Framing.BHS_BYTES).put(0, (byte) 0x5E).array();
    }

    private static ScsiResponsePdu response(Got answer) {
        assertEquals(Opcode.SCSI_RESPONSE, answer.opcode());
        return new ScsiResponsePdu().wrap(answer.header(), 0);
    }

    private List<Long> tags() {
        return scene.engine.tasks.stream().map(Task::tag).toList();
    }
}
