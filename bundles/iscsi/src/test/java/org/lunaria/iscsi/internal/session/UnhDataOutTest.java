package org.lunaria.iscsi.internal.session;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.lunaria.iscsi.internal.pdu.Opcode;
import org.lunaria.iscsi.internal.pdu.Pdu;
import org.lunaria.iscsi.internal.pdu.ReadyToTransferPdu;
import org.lunaria.iscsi.internal.pdu.ScsiResponsePdu;
import org.lunaria.iscsi.internal.session.Initiator.Got;
import org.lunaria.iscsi.unh.UnhCase;
import org.lunaria.iscsi.unh.UnhSuite;
import org.lunaria.scsi.ScsiStatus;
import org.lunaria.scsi.TaskResult;

/** UNH-IOL full feature families 8, 9, 11 and 12: unsolicited data, R2T, and the data that it asks for. */
class UnhDataOutTest {
    private static final byte[] NOTHING = {};
    private static final long TAG = 7;

    private final Scene scene = new Scene();

    @AfterEach
    void memoryIsGivenBack() {
        scene.sessions.dropWhere(session -> true, "the test is over");
        assertEquals(0, scene.pool.reservedBytes());
    }

    @Test
    @UnhCase(
            suite = UnhSuite.FULL_FEATURE,
            number = "8.1",
            clause = "4.2.5.2",
            title = "Unsolicited and solicited data transmission")
    void whatDoesNotComeUnsolicitedIsAskedFor() {
        Initiator initiator = login("InitialR2T=No", "FirstBurstLength=16384");
        initiator.command(TAG, false, true, 40_000, ScriptedTarget.pattern(0, 4096), false);
        initiator.dataOut(TAG, Pdu.RESERVED_TAG, 0, 4096, ScriptedTarget.pattern(4096, 12_288), true);
        ReadyToTransferPdu r2t = r2t(initiator.only());
        assertEquals(16_384, r2t.bufferOffset());
        assertEquals(40_000 - 16_384, r2t.desiredDataTransferLength());
        fulfil(initiator, r2t, 8192);
        assertReceived(initiator, 40_000);
    }

    @Test
    @UnhCase(suite = UnhSuite.FULL_FEATURE, number = "8.2", clause = "4.2.5.2", title = "Solicited data transmission")
    void withoutUnsolicitedDataEverythingIsAskedFor() {
        Initiator initiator = login("InitialR2T=Yes", "ImmediateData=No");
        initiator.command(TAG, false, true, 20_000, NOTHING, true);
        ReadyToTransferPdu r2t = r2t(initiator.only());
        assertEquals(0, r2t.bufferOffset());
        fulfil(initiator, r2t, 20_000);
        assertReceived(initiator, 20_000);
    }

    @Test
    @UnhCase(suite = UnhSuite.FULL_FEATURE, number = "8.3", clause = "4.2.5.2", title = "Unsolicited data transmission")
    void dataThatComesUnsolicitedIsNotAskedFor() {
        Initiator initiator = login("InitialR2T=No", "ImmediateData=No");
        initiator.command(TAG, false, true, 20_000, NOTHING, false);
        assertEquals(List.of(), initiator.answers());
        initiator.dataOut(TAG, Pdu.RESERVED_TAG, 0, 0, ScriptedTarget.pattern(0, 20_000), true);
        assertReceived(initiator, 20_000);
    }

    @Test
    @UnhCase(
            suite = UnhSuite.FULL_FEATURE,
            number = "8.4",
            clause = "13.11",
            title = "Immediate data that was not agreed on")
    void immediateDataThatWasNotAgreedOnEndsTheCommand() {
        Initiator initiator = login("ImmediateData=No");
        initiator.command(TAG, false, true, 512, ScriptedTarget.pattern(0, 512), true);
        assertSense(initiator.only(), 0x0C);
        assertEquals(List.of(), scene.engine.tasks);
    }

    @Test
    @UnhCase(suite = UnhSuite.FULL_FEATURE, number = "8.5", clause = "13.14", title = "Beyond FirstBurstLength")
    void unsolicitedDataBeyondFirstBurstLengthEndsTheCommand() {
        Initiator initiator = login("InitialR2T=No", "FirstBurstLength=4096");
        initiator.command(TAG, false, true, 20_000, ScriptedTarget.pattern(0, 4096), false);
        initiator.dataOut(TAG, Pdu.RESERVED_TAG, 0, 4096, ScriptedTarget.pattern(4096, 512), true);
        assertSense(initiator.only(), 0x0D);
    }

    @Test
    @UnhCase(suite = UnhSuite.FULL_FEATURE, number = "9.1", clause = "11.7.4", title = "Target Transfer Tag")
    void dataWithATagThatNoR2tHadEndsTheCommand() {
        Initiator initiator = login();
        initiator.command(TAG, false, true, 8192, NOTHING, true);
        ReadyToTransferPdu r2t = r2t(initiator.only());
        long wrong = r2t.targetTransferTag() + 1 & 0x7FFFFFFF;
        initiator.dataOut(TAG, wrong, 0, 0, ScriptedTarget.pattern(0, 8192), true);
        initiator.dataOut(TAG, r2t.targetTransferTag(), 0, 0, ScriptedTarget.pattern(0, 8192), true);
        assertSense(initiator.only(), 0x0D);
        assertFalse(initiator.wire.isClosed());
    }

    @Test
    @UnhCase(suite = UnhSuite.FULL_FEATURE, number = "11.1.1", clause = "13.12", title = "Data-Out DataSegmentLength")
    void aDataOutLongerThanTheTargetTakesEndsTheConnection() {
        Initiator initiator = login();
        initiator.command(TAG, false, true, 600_000, NOTHING, true);
        ReadyToTransferPdu r2t = r2t(initiator.only());
        initiator.dataOut(TAG, r2t.targetTransferTag(), 0, 0, new byte[256 * 1024 + 4], false);
        assertTrue(initiator.wire.isClosed());
        assertEquals(1, scene.engine.detached.size());
    }

    @Test
    @UnhCase(
            suite = UnhSuite.FULL_FEATURE,
            number = "11.2.1",
            clause = "11.7.1",
            title = "Data-Out F bit with unsolicited data")
    void theFBitEndsUnsolicitedDataWhereverItStands() {
        Initiator initiator = login("InitialR2T=No");
        initiator.command(TAG, false, true, 20_000, NOTHING, false);
        initiator.dataOut(TAG, Pdu.RESERVED_TAG, 0, 0, ScriptedTarget.pattern(0, 5000), false);
        assertEquals(List.of(), initiator.answers());
        initiator.dataOut(TAG, Pdu.RESERVED_TAG, 1, 5000, ScriptedTarget.pattern(5000, 5000), true);
        ReadyToTransferPdu r2t = r2t(initiator.only());
        assertEquals(10_000, r2t.bufferOffset());
        fulfil(initiator, r2t, 10_000);
        assertReceived(initiator, 20_000);
    }

    @Test
    @UnhCase(
            suite = UnhSuite.FULL_FEATURE,
            number = "11.2.2",
            clause = "11.7.1",
            title = "Data-Out F bit with solicited data")
    void anFBitBeforeTheEndOfWhatWasAskedForEndsTheCommand() {
        Initiator initiator = login();
        initiator.command(TAG, false, true, 8192, NOTHING, true);
        ReadyToTransferPdu r2t = r2t(initiator.only());
        initiator.dataOut(TAG, r2t.targetTransferTag(), 0, 0, ScriptedTarget.pattern(0, 4096), true);
        assertSense(initiator.only(), 0x0D);
    }

    @Test
    @UnhCase(suite = UnhSuite.FULL_FEATURE, number = "11.3", clause = "11.7.5", title = "Data-Out DataSN")
    void theDataSnOfEachSequenceCountsFromZero() {
        Initiator initiator = login("MaxBurstLength=8192");
        initiator.command(TAG, false, true, 16_384, NOTHING, true);
        fulfil(initiator, r2t(initiator.only()), 1024);
        ReadyToTransferPdu second = r2t(initiator.only());
        initiator.dataOut(TAG, second.targetTransferTag(), 8, 8192, ScriptedTarget.pattern(8192, 8192), true);
        assertSense(initiator.only(), 0x0D);
    }

    @Test
    @UnhCase(suite = UnhSuite.FULL_FEATURE, number = "11.4", clause = "11.7.6", title = "Data-Out Buffer Offset")
    void anOffsetThatIsNotTheNextEndsTheCommand() {
        for (long offset : new long[] {0, 2048, 8192, 0xFFFFFFFFL}) {
            Scene own = new Scene();
            own.engine.script = own.engine.receives(8192);
            Initiator initiator = own.login();
            initiator.command(TAG, false, true, 8192, NOTHING, true);
            long transferTag = r2t(initiator.only()).targetTransferTag();
            initiator.dataOut(TAG, transferTag, 0, 0, ScriptedTarget.pattern(0, 1024), false);
            initiator.dataOut(TAG, transferTag, 1, offset, ScriptedTarget.pattern(0, 7168), true);
            assertSense(initiator.only(), 0x0D);
            assertEquals(0, own.pool.reservedBytes());
        }
    }

    @Test
    @UnhCase(suite = UnhSuite.FULL_FEATURE, number = "12.1", clause = "11.8.5", title = "Target Transfer Tag for R2T")
    void everyR2tHasATagOfItsOwnThatIsNotReserved() {
        Initiator initiator = login("MaxBurstLength=4096");
        Set<Long> tags = new HashSet<>();
        initiator.command(TAG, false, true, 65_536, NOTHING, true);
        for (int count = 0; count < 16; count++) {
            ReadyToTransferPdu r2t = r2t(initiator.only());
            assertNotEquals(Pdu.RESERVED_TAG, r2t.targetTransferTag());
            assertTrue(tags.add(r2t.targetTransferTag()));
            fulfil(initiator, r2t, 4096);
        }
        assertReceived(initiator, 65_536);
    }

    @Test
    @UnhCase(
            suite = UnhSuite.FULL_FEATURE,
            number = "12.2",
            clause = "11.8.4",
            title = "Buffer Offset and length for R2T")
    void r2tsAskForNoMoreThanABurstAndForNothingTwice() {
        Initiator initiator = login("MaxBurstLength=10000");
        initiator.command(TAG, false, true, 25_000, NOTHING, true);
        for (int[] expected : new int[][] {{0, 10_000}, {10_000, 10_000}, {20_000, 5000}}) {
            ReadyToTransferPdu r2t = r2t(initiator.only());
            assertEquals(expected[0], r2t.bufferOffset());
            assertEquals(expected[1], r2t.desiredDataTransferLength());
            fulfil(initiator, r2t, 3000);
        }
        assertReceived(initiator, 25_000);
    }

    @Test
    @UnhCase(suite = UnhSuite.FULL_FEATURE, number = "12.3", clause = "11.8.3", title = "Buffer Offset for R2T")
    void r2tsBeginBehindTheImmediateDataAndAreCounted() {
        Initiator initiator = login("MaxBurstLength=8192");
        initiator.command(TAG, false, true, 20_000, ScriptedTarget.pattern(0, 1000), true);
        long next = 1000;
        for (int r2tSN = 0; next < 20_000; r2tSN++) {
            ReadyToTransferPdu r2t = r2t(initiator.only());
            assertEquals(r2tSN, r2t.r2tSN());
            assertEquals(next, r2t.bufferOffset());
            next += r2t.desiredDataTransferLength();
            fulfil(initiator, r2t, 8192);
        }
        assertReceived(initiator, 20_000);
    }

    @Test
    @UnhCase(suite = UnhSuite.FULL_FEATURE, number = "12.4", clause = "4.2.5.2", title = "Parallel commands")
    void dataOfSeveralCommandsMayBeInterleaved() {
        Initiator initiator = scene.login();
        List<byte[]> received = new ArrayList<>();
        scene.engine.script = task -> task.data().receive(8192).thenAccept(buffer -> {
            byte[] bytes = new byte[8192];
            buffer.get(bytes);
            task.data().discard(buffer);
            received.add(bytes);
            task.answer().accept(TaskResult.GOOD);
        });
        initiator.command(1, false, true, 8192, NOTHING, true);
        initiator.command(2, false, true, 8192, NOTHING, true);
        List<Got> asked = initiator.answers();
        long first = r2t(asked.get(0)).targetTransferTag();
        long second = r2t(asked.get(1)).targetTransferTag();
        initiator.dataOut(2, second, 0, 0, ScriptedTarget.pattern(5, 4096), false);
        initiator.dataOut(1, first, 0, 0, ScriptedTarget.pattern(0, 4096), false);
        initiator.dataOut(2, second, 1, 4096, ScriptedTarget.pattern(4101, 4096), true);
        initiator.dataOut(1, first, 1, 4096, ScriptedTarget.pattern(4096, 4096), true);
        List<Got> answers = initiator.answers();
        assertEquals(2, response(answers.get(0)).initiatorTaskTag());
        assertEquals(1, response(answers.get(1)).initiatorTaskTag());
        assertArrayEquals(ScriptedTarget.pattern(5, 8192), received.get(0));
        assertArrayEquals(ScriptedTarget.pattern(0, 8192), received.get(1));
    }

    @Test
    @UnhCase(suite = UnhSuite.FULL_FEATURE, number = "12.5", clause = "13.17", title = "MaxOutstandingR2T")
    void noMoreR2tsAreOpenThanWasAgreed() {
        Initiator initiator = login("MaxBurstLength=4096", "MaxOutstandingR2T=3");
        initiator.command(TAG, false, true, 40_960, NOTHING, true);
        List<Got> open = initiator.answers();
        assertEquals(3, open.size());
        for (int done = 0; done < 7; done++) {
            fulfil(initiator, r2t(open.get(0)), 4096);
            open = new ArrayList<>(open.subList(1, 3));
            open.add(initiator.only());
        }
        for (Got each : open) {
            fulfil(initiator, r2t(each), 4096);
        }
        assertReceived(initiator, 40_960);
    }

    private Initiator login(String... pairs) {
        scene.engine.script = scene.engine.receives(64 * 1024);
        return scene.login(pairs);
    }

    private static void fulfil(Initiator initiator, ReadyToTransferPdu r2t, int piece) {
        int end = (int) (r2t.bufferOffset() + r2t.desiredDataTransferLength());
        int dataSN = 0;
        for (int at = (int) r2t.bufferOffset(); at < end; at += piece) {
            int length = Math.min(piece, end - at);
            initiator.dataOut(
                    r2t.initiatorTaskTag(),
                    r2t.targetTransferTag(),
                    dataSN++,
                    at,
                    ScriptedTarget.pattern(at, length),
                    at + length == end);
        }
    }

    private void assertReceived(Initiator initiator, int bytes) {
        assertEquals(0, response(initiator.only()).status());
        assertArrayEquals(ScriptedTarget.pattern(0, bytes), scene.engine.received);
    }

    private static ReadyToTransferPdu r2t(Got answer) {
        assertEquals(Opcode.READY_TO_TRANSFER, answer.opcode());
        return new ReadyToTransferPdu().wrap(answer.header(), 0);
    }

    private static ScsiResponsePdu response(Got answer) {
        assertEquals(Opcode.SCSI_RESPONSE, answer.opcode());
        return new ScsiResponsePdu().wrap(answer.header(), 0);
    }

    /** ABORTED COMMAND with 0Ch and this. */
    private static void assertSense(Got answer, int qualifier) {
        assertEquals(ScsiStatus.CHECK_CONDITION.code(), response(answer).status());
        assertEquals(0x0B, answer.data()[4]);
        assertEquals(0x0C, answer.data()[14]);
        assertEquals(qualifier, answer.data()[15]);
    }
}
