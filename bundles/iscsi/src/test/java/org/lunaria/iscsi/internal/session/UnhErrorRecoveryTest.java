package org.lunaria.iscsi.internal.session;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.lunaria.iscsi.internal.session.ErrorRecoveryScene.DATA_ACK;
import static org.lunaria.iscsi.internal.session.ErrorRecoveryScene.DATA_OR_R2T;
import static org.lunaria.iscsi.internal.session.ErrorRecoveryScene.R_DATA;
import static org.lunaria.iscsi.internal.session.ErrorRecoveryScene.STATUS;
import static org.lunaria.iscsi.internal.session.ErrorRecoveryScene.damageData;
import static org.lunaria.iscsi.internal.session.ErrorRecoveryScene.reassign;
import static org.lunaria.iscsi.internal.session.ErrorRecoveryScene.rejected;
import static org.lunaria.iscsi.internal.session.ErrorRecoveryScene.response;
import static org.lunaria.iscsi.internal.session.ErrorRecoveryScene.snack;

import java.io.ByteArrayOutputStream;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.lunaria.iscsi.internal.pdu.DataInPdu;
import org.lunaria.iscsi.internal.pdu.DataOutPdu;
import org.lunaria.iscsi.internal.pdu.LogoutReason;
import org.lunaria.iscsi.internal.pdu.LogoutResponseCode;
import org.lunaria.iscsi.internal.pdu.Opcode;
import org.lunaria.iscsi.internal.pdu.Pdu;
import org.lunaria.iscsi.internal.pdu.ReadyToTransferPdu;
import org.lunaria.iscsi.internal.pdu.RejectReason;
import org.lunaria.iscsi.internal.pdu.ScsiCommandPdu;
import org.lunaria.iscsi.internal.pdu.ScsiResponsePdu;
import org.lunaria.iscsi.internal.pdu.TaskManagementResponseCode;
import org.lunaria.iscsi.internal.session.Initiator.Got;
import org.lunaria.iscsi.unh.UnhCase;
import org.lunaria.iscsi.unh.UnhSuite;
import org.lunaria.scsi.TaskResult;

/** The error recovery cases of the UNH-IOL for targets, and what belongs to them (RFC 7143 clause 7, 11.16). */
class UnhErrorRecoveryTest {
    private static final byte[] NOTHING = {};
    private static final int SEGMENT = 8192;

    private final ErrorRecoveryScene recovery = new ErrorRecoveryScene();
    private final Scene scene = recovery.scene;

    private static List<Opcode> opcodes(List<Got> answers) {
        return answers.stream().map(Got::opcode).toList();
    }

    private static DataInPdu dataIn(Got got) {
        assertEquals(Opcode.DATA_IN, got.opcode());
        return new DataInPdu().wrap(got.header(), 0);
    }

    private static ReadyToTransferPdu r2t(Got got) {
        assertEquals(Opcode.READY_TO_TRANSFER, got.opcode());
        return new ReadyToTransferPdu().wrap(got.header(), 0);
    }

    private static byte[] joined(List<Got> answers) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        answers.stream().filter(got -> got.opcode() == Opcode.DATA_IN).forEach(got -> all.writeBytes(got.data()));
        return all.toByteArray();
    }

    /** The same PDU again but for ExpCmdSN and MaxCmdSN. */
    private static void assertSame(Got before, Got again) {
        for (int at = 0; at < before.header().capacity(); at++) {
            if (at < 28 || at >= 36) {
                assertEquals(before.header().get(at), again.header().get(at), "byte " + at);
            }
        }
        assertArrayEquals(before.data(), again.data());
    }

    // Group 1: command retry.

    @Test
    @UnhCase(suite = UnhSuite.ERROR_RECOVERY, number = "1.1", clause = "7.2.1", title = "Inadvertent retry")
    void aCommandThatCameAlreadyIsIgnored() {
        Initiator initiator = recovery.login(1);
        scene.engine.script = task -> {};
        initiator.read(1, 0);
        initiator.cmdSN--;
        initiator.read(1, 0);
        assertEquals(1, scene.engine.tasks.size());
        scene.engine.tasks.get(0).answer().accept(TaskResult.GOOD);
        assertEquals(Opcode.SCSI_RESPONSE, initiator.only().opcode());
    }

    @Test
    @UnhCase(suite = UnhSuite.ERROR_RECOVERY, number = "1.2", clause = "7.8", title = "Retry after digest error")
    void aCommandWhoseDataIsDamagedIsRejectedAndDoneWhenItComesAgain() {
        Initiator initiator = recovery.login(1, "DataDigest=CRC32C");
        scene.engine.script = scene.engine.receives(512);
        ScsiCommandPdu command = new ScsiCommandPdu();
        byte[] data = ScriptedTarget.pattern(0, 512);
        byte[] pdu = initiator.bytes(
                command,
                NOTHING,
                data,
                () -> command.write(true)
                        .attribute(1)
                        .isFinal(true)
                        .initiatorTaskTag(1)
                        .expectedDataTransferLength(512)
                        .cmdSN(initiator.cmdSN)
                        .cdb((byte) 0x5A));
        byte[] damaged = pdu.clone();
        damageData(initiator, damaged);
        initiator.send(damaged);
        assertEquals(RejectReason.DATA_DIGEST_ERROR, rejected(initiator));
        assertFalse(initiator.wire.isClosed());
        initiator.cmdSN++;
        initiator.read(2, 0);
        assertEquals(List.of(), initiator.answers());
        initiator.send(pdu);
        assertEquals(List.of(Opcode.SCSI_RESPONSE, Opcode.SCSI_RESPONSE), opcodes(initiator.answers()));
        assertEquals(
                List.of(1L, 2L),
                scene.engine.tasks.stream().map(each -> each.tag()).toList());
    }

    @Test
    void damagedDataOutIsAskedForAgain() {
        Initiator initiator = recovery.login(1, "DataDigest=CRC32C", "MaxOutstandingR2T=4", "MaxBurstLength=1024");
        scene.engine.script = scene.engine.receives(2048);
        byte[] data = ScriptedTarget.pattern(0, 2048);
        initiator.command(7, false, true, 2048, NOTHING, true);
        List<Got> asked = initiator.answers();
        assertEquals(2, asked.size());
        DataOutPdu out = new DataOutPdu();
        byte[] damaged = initiator.bytes(
                out,
                NOTHING,
                ScriptedTarget.pattern(0, 1024),
                () -> out.initiatorTaskTag(7)
                        .targetTransferTag(r2t(asked.get(0)).targetTransferTag())
                        .isFinal(true));
        damageData(initiator, damaged);
        initiator.send(damaged);
        assertEquals(RejectReason.DATA_DIGEST_ERROR, rejected(initiator));
        // What was asked for as well is dropped, since it would come in the wrong order.
        initiator.dataOut(7, r2t(asked.get(1)).targetTransferTag(), 0, 1024, ScriptedTarget.pattern(1024, 1024), true);
        List<Got> again = initiator.answers();
        assertEquals(2, again.size());
        assertEquals(2, r2t(again.get(0)).r2tSN());
        assertEquals(0, r2t(again.get(0)).bufferOffset());
        initiator.dataOut(7, r2t(again.get(0)).targetTransferTag(), 0, 0, ScriptedTarget.pattern(0, 1024), true);
        initiator.dataOut(7, r2t(again.get(1)).targetTransferTag(), 0, 1024, ScriptedTarget.pattern(1024, 1024), true);
        assertEquals(Opcode.SCSI_RESPONSE, initiator.only().opcode());
        assertArrayEquals(data, scene.engine.received);
    }

    @Test
    void damagedUnsolicitedDataIsAskedFor() {
        Initiator initiator = recovery.login(1, "DataDigest=CRC32C", "InitialR2T=No");
        scene.engine.script = scene.engine.receives(1024);
        initiator.command(7, false, true, 1024, ScriptedTarget.pattern(0, 512), false);
        DataOutPdu out = new DataOutPdu();
        byte[] damaged = initiator.bytes(
                out,
                NOTHING,
                ScriptedTarget.pattern(512, 512),
                () -> out.initiatorTaskTag(7)
                        .targetTransferTag(Pdu.RESERVED_TAG)
                        .bufferOffset(512)
                        .isFinal(true));
        damageData(initiator, damaged);
        initiator.send(damaged);
        List<Got> answers = initiator.answers();
        assertEquals(List.of(Opcode.REJECT, Opcode.READY_TO_TRANSFER), opcodes(answers));
        ReadyToTransferPdu asked = r2t(answers.get(1));
        assertEquals(512, asked.bufferOffset());
        assertEquals(512, asked.desiredDataTransferLength());
        initiator.dataOut(7, asked.targetTransferTag(), 0, 512, ScriptedTarget.pattern(512, 512), true);
        assertEquals(Opcode.SCSI_RESPONSE, initiator.only().opcode());
        assertArrayEquals(ScriptedTarget.pattern(0, 1024), scene.engine.received);
    }

    @Test
    void aDataOutThatIsMissingInASequenceIsAskedForAgain() {
        Initiator initiator = recovery.login(1);
        scene.engine.script = scene.engine.receives(1536);
        initiator.command(7, false, true, 1536, NOTHING, true);
        long tag = initiator.r2t().targetTransferTag();
        initiator.dataOut(7, tag, 0, 0, ScriptedTarget.pattern(0, 512), false);
        initiator.dataOut(7, tag, 2, 1024, ScriptedTarget.pattern(1024, 512), true);
        ReadyToTransferPdu again = initiator.r2t();
        assertEquals(512, again.bufferOffset());
        assertEquals(1024, again.desiredDataTransferLength());
        initiator.dataOut(7, again.targetTransferTag(), 0, 512, ScriptedTarget.pattern(512, 1024), true);
        assertEquals(Opcode.SCSI_RESPONSE, initiator.only().opcode());
        assertArrayEquals(ScriptedTarget.pattern(0, 1536), scene.engine.received);
    }

    @Test
    void dataThatIsDamagedAgainAndAgainEndsItsTask() {
        Initiator initiator = recovery.login(1, "DataDigest=CRC32C");
        scene.engine.script = scene.engine.receives(512);
        initiator.command(7, false, true, 512, NOTHING, true);
        ReadyToTransferPdu asked = initiator.r2t();
        for (int round = 0; round < 100; round++) {
            long tag = asked.targetTransferTag();
            DataOutPdu out = new DataOutPdu();
            byte[] damaged = initiator.bytes(
                    out,
                    NOTHING,
                    new byte[512],
                    () -> out.initiatorTaskTag(7).targetTransferTag(tag).isFinal(true));
            damageData(initiator, damaged);
            initiator.send(damaged);
            Got last = initiator.answers().get(1);
            if (last.opcode() == Opcode.SCSI_RESPONSE) {
                assertEquals(2, new ScsiResponsePdu().wrap(last.header(), 0).status());
                return;
            }
            asked = r2t(last);
        }
        throw new AssertionError("it was asked for without end");
    }

    // Group 2: allegiance reassignment.

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

    private static long response0(Got got) {
        return new DataInPdu().wrap(got.header(), 0).statSN();
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

    // Group 3: SNACK.

    @Test
    @UnhCase(suite = UnhSuite.ERROR_RECOVERY, number = "3.1", clause = "11.16", title = "R2T SNACK")
    void anR2tComesAgain() {
        Initiator initiator = recovery.login(1);
        scene.engine.script = scene.engine.receives(512);
        initiator.command(7, false, true, 512, NOTHING, true);
        Got asked = initiator.only();
        snack(initiator, DATA_OR_R2T, 7, Pdu.RESERVED_TAG, 0, 1);
        Got again = initiator.only();
        assertSame(asked, again);
        initiator.dataOut(7, r2t(again).targetTransferTag(), 0, 0, ScriptedTarget.pattern(0, 512), true);
        assertEquals(Opcode.SCSI_RESPONSE, initiator.only().opcode());
    }

    private List<Got> readFive(Initiator initiator) {
        scene.engine.script = scene.engine.sends(5 * SEGMENT, SEGMENT, TaskResult.GOOD);
        initiator.read(7, 5 * SEGMENT);
        List<Got> sent = initiator.answers();
        assertEquals(5, sent.size());
        return sent;
    }

    @Test
    @UnhCase(suite = UnhSuite.ERROR_RECOVERY, number = "3.2", clause = "11.16", title = "Data SNACK for one Data-In")
    void oneDataInComesAgain() {
        Initiator initiator = recovery.login(1);
        List<Got> sent = readFive(initiator);
        snack(initiator, DATA_OR_R2T, 7, Pdu.RESERVED_TAG, 2, 1);
        assertSame(sent.get(2), initiator.only());
    }

    @Test
    @UnhCase(suite = UnhSuite.ERROR_RECOVERY, number = "3.3", clause = "11.16", title = "Data SNACK for a run")
    void aRunOfDataInComesAgain() {
        Initiator initiator = recovery.login(1, "DataDigest=CRC32C", "HeaderDigest=CRC32C");
        List<Got> sent = readFive(initiator);
        snack(initiator, DATA_OR_R2T, 7, Pdu.RESERVED_TAG, 1, 3);
        List<Got> again = initiator.answers();
        assertEquals(3, again.size());
        for (int index = 0; index < 3; index++) {
            assertSame(sent.get(1 + index), again.get(index));
        }
    }

    @Test
    @UnhCase(suite = UnhSuite.ERROR_RECOVERY, number = "3.4", clause = "11.16.7", title = "Data SNACK for all")
    void allDataInComesAgain() {
        Initiator initiator = recovery.login(1);
        List<Got> sent = readFive(initiator);
        snack(initiator, DATA_OR_R2T, 7, Pdu.RESERVED_TAG, 0, 0);
        List<Got> again = initiator.answers();
        assertEquals(5, again.size());
        assertSame(sent.get(4), again.get(4));
        snack(initiator, DATA_OR_R2T, 7, Pdu.RESERVED_TAG, 3, 0);
        assertEquals(2, initiator.answers().size());
    }

    @Test
    @UnhCase(suite = UnhSuite.ERROR_RECOVERY, number = "3.5", clause = "11.16", title = "Status SNACK")
    void aStatusComesAgain() {
        Initiator initiator = recovery.login(1);
        scene.engine.script = task -> task.answer().accept(TaskResult.GOOD);
        initiator.read(1, 0);
        initiator.read(2, 0);
        List<Got> sent = initiator.answers();
        long statSN = new ScsiResponsePdu().wrap(sent.get(1).header(), 0).statSN();
        snack(initiator, STATUS, Pdu.RESERVED_TAG, Pdu.RESERVED_TAG, statSN, 1);
        assertSame(sent.get(1), initiator.only());
        snack(initiator, STATUS, Pdu.RESERVED_TAG, Pdu.RESERVED_TAG, 0, 0);
        assertEquals(2, initiator.answers().size());
    }

    @Test
    void whatWasAcknowledgedDoesNotComeAgain() {
        Initiator initiator = recovery.login(1);
        List<Got> sent = readFive(initiator);
        initiator.expStatSN = dataIn(sent.get(4)).statSN() + 1;
        snack(initiator, DATA_OR_R2T, 7, Pdu.RESERVED_TAG, 2, 1);
        assertEquals(RejectReason.PROTOCOL_ERROR, rejected(initiator));
    }

    @Test
    void whatWasNotSentIsAProtocolError() {
        Initiator initiator = recovery.login(1);
        readFive(initiator);
        snack(initiator, DATA_OR_R2T, 7, Pdu.RESERVED_TAG, 5, 1);
        assertEquals(RejectReason.PROTOCOL_ERROR, rejected(initiator));
        snack(initiator, DATA_OR_R2T, 8, Pdu.RESERVED_TAG, 0, 1);
        assertEquals(RejectReason.PROTOCOL_ERROR, rejected(initiator));
        snack(initiator, STATUS, Pdu.RESERVED_TAG, Pdu.RESERVED_TAG, 0x7FFF0000L, 1);
        assertEquals(RejectReason.PROTOCOL_ERROR, rejected(initiator));
    }

    @Test
    @UnhCase(suite = UnhSuite.FULL_FEATURE, number = "13.2", clause = "11.7.2, 11.16", title = "DataACK")
    void dataThatIsAcknowledgedIsForgotten() {
        Initiator initiator = recovery.login(1, "MaxBurstLength=16384");
        List<Got> sent = readFive(initiator);
        assertEquals(
                List.of(false, true, false, true, false),
                sent.stream().map(got -> dataIn(got).acknowledge()).toList());
        long transferTag = dataIn(sent.get(1)).targetTransferTag();
        snack(initiator, DATA_ACK, Pdu.RESERVED_TAG, transferTag, 2, 0);
        assertEquals(List.of(), initiator.answers());
        snack(initiator, DATA_OR_R2T, 7, Pdu.RESERVED_TAG, 1, 1);
        assertEquals(RejectReason.PROTOCOL_ERROR, rejected(initiator));
        snack(initiator, DATA_OR_R2T, 7, Pdu.RESERVED_TAG, 0, 0);
        assertEquals(3, initiator.answers().size());
        snack(initiator, DATA_ACK, Pdu.RESERVED_TAG, transferTag, 99, 0);
        assertEquals(RejectReason.INVALID_DATA_ACK, rejected(initiator));
    }

    @Test
    void atLevelZeroNobodyIsAskedToAcknowledge() {
        Initiator initiator = recovery.login(0, "MaxBurstLength=16384");
        assertTrue(readFive(initiator).stream().noneMatch(got -> dataIn(got).acknowledge()));
        snack(initiator, DATA_OR_R2T, 7, Pdu.RESERVED_TAG, 0, 1);
        assertEquals(RejectReason.SNACK_REJECT, rejected(initiator));
    }

    @Test
    void dataIsCutAnewForAShorterSegment() {
        Initiator initiator = recovery.login(1);
        List<Got> sent = readFive(initiator);
        long statSN = dataIn(sent.get(4)).statSN();
        declareLength(initiator, 4096);
        snack(initiator, R_DATA, 7, 0x1234, 0, 0);
        List<Got> again = initiator.answers();
        assertEquals(11, again.size());
        assertArrayEquals(ScriptedTarget.pattern(0, 5 * SEGMENT), joined(again));
        ScsiResponsePdu response = new ScsiResponsePdu().wrap(again.get(10).header(), 0);
        assertEquals(0x1234, response.snackTag());
        assertEquals(10, response.expDataSN());
        assertEquals(statSN, response.statSN());
        snack(initiator, STATUS, Pdu.RESERVED_TAG, Pdu.RESERVED_TAG, statSN, 1);
        assertSame(again.get(10), initiator.only());
    }

    @Test
    void dataOfATaskUnderWayIsCutAnewAndItsStatusCarriesTheTag() {
        Initiator initiator = recovery.login(1);
        scene.engine.script = task -> {};
        initiator.read(7, 3 * SEGMENT);
        sendPieces(2);
        assertEquals(1, initiator.answers().size());
        snack(initiator, R_DATA, 7, 0x1234, 0, 0);
        assertEquals(1, initiator.answers().size());
        scene.engine.tasks.get(0).answer().accept(TaskResult.GOOD);
        List<Got> rest = initiator.answers();
        assertEquals(List.of(Opcode.DATA_IN, Opcode.SCSI_RESPONSE), opcodes(rest));
        assertEquals(1, dataIn(rest.get(0)).dataSN());
        assertEquals(0x1234, new ScsiResponsePdu().wrap(rest.get(1).header(), 0).snackTag());
    }

    private void sendPieces(int count) {
        for (int piece = 0; piece < count; piece++) {
            var buffer = scene.engine.tasks.get(0).data().dataIn(SEGMENT);
            scene.engine.tasks.get(0).data().send(buffer);
        }
    }

    private static void declareLength(Initiator initiator, int bytes) {
        var text = new org.lunaria.iscsi.internal.pdu.TextRequestPdu();
        initiator.send(
                text,
                ("MaxRecvDataSegmentLength=" + bytes + "\0").getBytes(java.nio.charset.StandardCharsets.UTF_8),
                () -> text.immediate(true)
                        .isFinal(true)
                        .initiatorTaskTag(0x55)
                        .targetTransferTag(Pdu.RESERVED_TAG)
                        .cmdSN(initiator.cmdSN));
        assertEquals(Opcode.TEXT_RESPONSE, initiator.only().opcode());
    }

    @Test
    void whatIsKeptForALazyInitiatorIsBounded() {
        Initiator initiator = recovery.login(1, "MaxRecvDataSegmentLength=262144");
        int piece = 256 * 1024;
        scene.engine.script = scene.engine.sends(piece, piece, TaskResult.GOOD);
        int count = (int) (2 * Replay.BYTES_MAX / piece);
        for (int tag = 1; tag <= count; tag++) {
            initiator.read(tag, piece);
            assertEquals(1, initiator.answers().size());
        }
        snack(initiator, DATA_OR_R2T, 1, Pdu.RESERVED_TAG, 0, 1);
        assertEquals(RejectReason.SNACK_REJECT, rejected(initiator));
        snack(initiator, DATA_OR_R2T, count, Pdu.RESERVED_TAG, 0, 1);
        assertEquals(piece, initiator.only().data().length);
    }
}
