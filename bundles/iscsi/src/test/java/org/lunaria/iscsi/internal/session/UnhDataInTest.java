package org.lunaria.iscsi.internal.session;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.lunaria.iscsi.internal.pdu.DataInPdu;
import org.lunaria.iscsi.internal.pdu.Opcode;
import org.lunaria.iscsi.internal.pdu.ScsiResponsePdu;
import org.lunaria.iscsi.internal.session.Initiator.Got;
import org.lunaria.iscsi.unh.UnhCase;
import org.lunaria.iscsi.unh.UnhSuite;
import org.lunaria.scsi.ScsiStatus;
import org.lunaria.scsi.TaskResult;

/** UNH-IOL full feature families 6, 10 and 11.1.2: Data-In. */
class UnhDataInTest {
    private static final int TOTAL = 100_000;

    private final Scene scene = new Scene();

    @Test
    @UnhCase(suite = UnhSuite.FULL_FEATURE, number = "6.1", clause = "11.7.5", title = "DataSN of Data-In")
    void theDataSnOfEachCommandCountsFromZero() {
        Initiator initiator = scene.login("MaxRecvDataSegmentLength=8192");
        scene.engine.script = scene.engine.sends(TOTAL, 30_000, TaskResult.GOOD);
        for (int tag = 1; tag <= 2; tag++) {
            initiator.read(tag, TOTAL);
            long dataSN = 0;
            for (Got answer : initiator.answers()) {
                assertEquals(dataSN++, pdu(answer).dataSN());
            }
            assertTrue(dataSN > TOTAL / 8192);
        }
    }

    @Test
    @UnhCase(suite = UnhSuite.FULL_FEATURE, number = "6.2", clause = "11.4.8", title = "ExpDataSN")
    void theResponseTellsHowManyDataPdusThereWere() {
        Initiator initiator = scene.login("MaxRecvDataSegmentLength=8192");
        scene.engine.script = scene.engine.sends(TOTAL, 30_000, TaskResult.of(ScsiStatus.BUSY, 0));
        initiator.read(1, TOTAL);
        List<Got> answers = initiator.answers();
        Got last = answers.get(answers.size() - 1);
        assertEquals(Opcode.SCSI_RESPONSE, last.opcode());
        assertEquals(
                answers.size() - 1, new ScsiResponsePdu().wrap(last.header(), 0).expDataSN());
    }

    @Test
    @UnhCase(suite = UnhSuite.FULL_FEATURE, number = "10.1", clause = "11.7.3", title = "Data-In status")
    void onlyTheLastDataInHasTheStatusAndItsNumber() {
        Initiator initiator = scene.login("MaxRecvDataSegmentLength=8192");
        scene.engine.script = scene.engine.sends(TOTAL, 30_000, TaskResult.GOOD);
        initiator.read(1, TOTAL);
        List<Got> answers = initiator.answers();
        for (Got answer : answers) {
            boolean last = answer == answers.get(answers.size() - 1);
            assertEquals(last, pdu(answer).status());
            assertEquals(last ? 2 : 0, pdu(answer).statSN());
            assertEquals(0, pdu(answer).scsiStatus());
        }
        assertTrue(pdu(answers.get(answers.size() - 1)).isFinal());
    }

    @Test
    @UnhCase(suite = UnhSuite.FULL_FEATURE, number = "10.2", clause = "11.7.2", title = "Data-In A bit")
    void noAcknowledgementIsAskedForAtErrorRecoveryLevelZero() {
        Initiator initiator = scene.login("MaxBurstLength=16384", "ErrorRecoveryLevel=0");
        scene.engine.script = scene.engine.sends(TOTAL, 30_000, TaskResult.GOOD);
        initiator.read(1, TOTAL);
        for (Got answer : initiator.answers()) {
            assertFalse(pdu(answer).acknowledge());
            assertEquals(0xFFFFFFFFL, pdu(answer).targetTransferTag());
        }
    }

    @Test
    @UnhCase(suite = UnhSuite.FULL_FEATURE, number = "10.3", clause = "11.4.5", title = "Data-In residual counts")
    void whatIsMissingOrTooMuchIsCounted() {
        Initiator initiator = scene.login();
        scene.engine.script = scene.engine.sends(512, 512, TaskResult.of(ScsiStatus.GOOD, 3584));
        initiator.read(1, 4096);
        DataInPdu less = pdu(initiator.only());
        assertTrue(less.residualUnderflow() && !less.residualOverflow());
        assertEquals(3584, less.residualCount());
        scene.engine.script = scene.engine.sends(512, 512, TaskResult.of(ScsiStatus.GOOD, -100));
        initiator.read(2, 512);
        DataInPdu more = pdu(initiator.only());
        assertTrue(more.residualOverflow() && !more.residualUnderflow());
        assertEquals(100, more.residualCount());
    }

    @Test
    @UnhCase(
            suite = UnhSuite.FULL_FEATURE,
            number = "10.4",
            clause = "4.2.5.3",
            title = "Data-In F bit and MaxBurstLength")
    void aSequenceEndsAtMaxBurstLength() {
        Initiator initiator = scene.login("MaxRecvDataSegmentLength=8192", "MaxBurstLength=16384");
        scene.engine.script = scene.engine.sends(65536, 65536, TaskResult.GOOD);
        initiator.read(1, 65536);
        List<Got> answers = initiator.answers();
        assertEquals(8, answers.size());
        for (int index = 0; index < answers.size(); index++) {
            assertEquals(index % 2 == 1, pdu(answers.get(index)).isFinal());
        }
    }

    @Test
    @UnhCase(suite = UnhSuite.FULL_FEATURE, number = "11.1.2", clause = "13.12", title = "Data-In DataSegmentLength")
    void noDataInIsLongerThanTheInitiatorTakes() {
        for (int most : new int[] {512, 1000, 8191, 65536}) {
            Scene own = new Scene();
            Initiator initiator = own.login("MaxRecvDataSegmentLength=" + most);
            own.engine.script = own.engine.sends(TOTAL, 70_000, TaskResult.GOOD);
            initiator.read(1, TOTAL);
            ByteArrayOutputStream data = new ByteArrayOutputStream();
            for (Got answer : initiator.answers()) {
                assertTrue(answer.data().length <= most);
                assertEquals(data.size(), pdu(answer).bufferOffset());
                data.writeBytes(answer.data());
            }
            assertArrayEquals(ScriptedTarget.pattern(0, TOTAL), data.toByteArray());
        }
    }

    private static DataInPdu pdu(Got answer) {
        assertEquals(Opcode.DATA_IN, answer.opcode());
        return new DataInPdu().wrap(answer.header(), 0);
    }
}
