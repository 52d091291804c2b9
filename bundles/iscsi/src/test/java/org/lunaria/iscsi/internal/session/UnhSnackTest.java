package org.lunaria.iscsi.internal.session;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.lunaria.iscsi.internal.session.ErrorRecoveryScene.DATA_ACK;
import static org.lunaria.iscsi.internal.session.ErrorRecoveryScene.DATA_OR_R2T;
import static org.lunaria.iscsi.internal.session.ErrorRecoveryScene.R_DATA;
import static org.lunaria.iscsi.internal.session.ErrorRecoveryScene.STATUS;
import static org.lunaria.iscsi.internal.session.ErrorRecoveryScene.assertSame;
import static org.lunaria.iscsi.internal.session.ErrorRecoveryScene.dataIn;
import static org.lunaria.iscsi.internal.session.ErrorRecoveryScene.joined;
import static org.lunaria.iscsi.internal.session.ErrorRecoveryScene.opcodes;
import static org.lunaria.iscsi.internal.session.ErrorRecoveryScene.r2t;
import static org.lunaria.iscsi.internal.session.ErrorRecoveryScene.rejected;
import static org.lunaria.iscsi.internal.session.ErrorRecoveryScene.response;
import static org.lunaria.iscsi.internal.session.ErrorRecoveryScene.snack;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.lunaria.iscsi.internal.pdu.Opcode;
import org.lunaria.iscsi.internal.pdu.Pdu;
import org.lunaria.iscsi.internal.pdu.RejectReason;
import org.lunaria.iscsi.internal.pdu.ScsiResponsePdu;
import org.lunaria.iscsi.internal.session.Initiator.Got;
import org.lunaria.iscsi.unh.UnhCase;
import org.lunaria.iscsi.unh.UnhSuite;
import org.lunaria.scsi.TaskResult;

/** Error recovery of the UNH-IOL for targets, group 3: SNACK (RFC 7143 11.16). */
class UnhSnackTest {
    private static final byte[] NOTHING = {};
    private static final int SEGMENT = 8192;

    private final ErrorRecoveryScene recovery = new ErrorRecoveryScene();
    private final Scene scene = recovery.scene;

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

    private List<Got> readFive(Initiator initiator) {
        scene.engine.script = scene.engine.sends(5 * SEGMENT, SEGMENT, TaskResult.GOOD);
        initiator.read(7, 5 * SEGMENT);
        List<Got> sent = initiator.answers();
        assertEquals(5, sent.size());
        return sent;
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
}
