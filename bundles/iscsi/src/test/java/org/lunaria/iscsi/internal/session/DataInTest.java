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
import org.lunaria.iscsi.internal.wire.Output;
import org.lunaria.scsi.ScsiStatus;
import org.lunaria.scsi.TaskResult;

/** Data-In and status (RFC 7143 11.4, 11.7). */
class DataInTest {
    private final Scene scene = new Scene();

    @Test
    void aShortReadIsOnePduThatCarriesTheStatus() {
        Initiator initiator = scene.login();
        scene.engine.script = scene.engine.sends(4096, 4096, TaskResult.GOOD);
        initiator.read(7, 4096);
        Got answer = initiator.only();
        DataInPdu pdu = new DataInPdu().wrap(answer.header(), 0);
        assertEquals(Opcode.DATA_IN, answer.opcode());
        assertTrue(pdu.status() && pdu.isFinal());
        assertFalse(pdu.residualUnderflow() || pdu.residualOverflow());
        assertEquals(7, pdu.initiatorTaskTag());
        assertEquals(2, pdu.statSN());
        assertEquals(2, pdu.expCmdSN());
        assertEquals(129, pdu.maxCmdSN());
        assertArrayEquals(ScriptedTarget.pattern(0, 4096), answer.data());
    }

    @Test
    void aLongReadIsCutAtTheInitiatorsSegmentLengthAndAtBursts() {
        Initiator initiator = scene.login("MaxRecvDataSegmentLength=65536", "MaxBurstLength=131072");
        int total = 400_000;
        scene.engine.script = scene.engine.sends(total, 256 * 1024, TaskResult.GOOD);
        initiator.read(7, total);
        ByteArrayOutputStream data = new ByteArrayOutputStream();
        int burst = 0;
        List<Got> answers = initiator.answers();
        for (int index = 0; index < answers.size(); index++) {
            Got answer = answers.get(index);
            DataInPdu pdu = new DataInPdu().wrap(answer.header(), 0);
            boolean last = index == answers.size() - 1;
            assertEquals(index, pdu.dataSN());
            assertEquals(data.size(), pdu.bufferOffset());
            assertTrue(answer.data().length <= 65536);
            burst += answer.data().length;
            assertTrue(burst <= 131072);
            assertEquals(last || burst == 131072, pdu.isFinal());
            assertEquals(last, pdu.status());
            burst = pdu.isFinal() ? 0 : burst;
            data.writeBytes(answer.data());
        }
        assertArrayEquals(ScriptedTarget.pattern(0, total), data.toByteArray());
    }

    @Test
    void anOddLengthIsPaddedWithZeroes() {
        Initiator initiator = scene.login();
        scene.engine.script = scene.engine.sends(37, 37, TaskResult.of(ScsiStatus.GOOD, 219));
        initiator.read(7, 256);
        Got answer = initiator.only();
        DataInPdu pdu = new DataInPdu().wrap(answer.header(), 0);
        assertTrue(pdu.residualUnderflow());
        assertEquals(219, pdu.residualCount());
        assertArrayEquals(ScriptedTarget.pattern(0, 37), answer.data());
    }

    @Test
    void senseDataComesInAResponseOfItsOwn() {
        Initiator initiator = scene.login();
        byte[] sense = {0x70, 0, 5};
        scene.engine.script = scene.engine.sends(512, 512, new TaskResult(ScsiStatus.CHECK_CONDITION, sense, -512));
        initiator.read(7, 512);
        List<Got> answers = initiator.answers();
        assertEquals(2, answers.size());
        DataInPdu data = new DataInPdu().wrap(answers.get(0).header(), 0);
        assertTrue(data.isFinal());
        assertFalse(data.status());
        ScsiResponsePdu response = new ScsiResponsePdu().wrap(answers.get(1).header(), 0);
        assertEquals(ScsiStatus.CHECK_CONDITION.code(), response.status());
        assertEquals(1, response.expDataSN());
        assertTrue(response.residualOverflow());
        assertEquals(512, response.residualCount());
        assertArrayEquals(new byte[] {0, 3, 0x70, 0, 5}, answers.get(1).data());
    }

    @Test
    void answersOfOneReadEventLieOneBehindTheOther() {
        Initiator initiator = scene.login();
        scene.engine.script = scene.engine.sends(4096, 4096, TaskResult.GOOD);
        initiator.together(() -> {
            for (int tag = 0; tag < 32; tag++) {
                initiator.read(tag, 4096);
            }
        });
        List<Got> answers = initiator.answers();
        assertEquals(32, answers.size());
        for (int tag = 0; tag < 32; tag++) {
            assertEquals(tag, new DataInPdu().wrap(answers.get(tag).header(), 0).initiatorTaskTag());
            assertArrayEquals(ScriptedTarget.pattern(0, 4096), answers.get(tag).data());
        }
    }

    @Test
    void aLongReadWaitsForAnInitiatorThatDoesNotTakeIt() {
        Initiator initiator = scene.login();
        int total = 8 << 20;
        scene.engine.script = scene.engine.sends(total, 256 * 1024, TaskResult.GOOD);
        initiator.wire.stuck(true);
        initiator.read(7, total);
        assertTrue(scene.pool.takenBytes() < 4L << 20);
        assertTrue(initiator.wire.output().unsentBytes() < Output.HIGH_WATER_BYTES + (512 << 10));
        assertFalse(initiator.wire.reading);
        int data = 0;
        for (int round = 0; round < 100 && data < total; round++) {
            initiator.wire.stuck(false);
            data += initiator.answers().stream()
                    .mapToInt(answer -> answer.data().length)
                    .sum();
            initiator.wire.stuck(true);
        }
        assertEquals(total, data);
    }

    @Test
    void memoryIsGivenBack() {
        Initiator initiator = scene.login();
        long before = scene.pool.takenBytes();
        scene.engine.script = scene.engine.sends(1 << 20, 256 * 1024, TaskResult.GOOD);
        for (int round = 0; round < 10; round++) {
            initiator.read(7, 1 << 20);
            initiator.answers();
        }
        assertEquals(before, scene.pool.takenBytes());
    }
}
