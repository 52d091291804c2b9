package org.lunaria.iscsi.internal.session;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.lunaria.iscsi.internal.pdu.Opcode;
import org.lunaria.iscsi.internal.pdu.Pdu;
import org.lunaria.iscsi.internal.pdu.ReadyToTransferPdu;
import org.lunaria.iscsi.internal.pdu.ScsiResponsePdu;
import org.lunaria.iscsi.internal.session.Initiator.Got;
import org.lunaria.scsi.ScsiStatus;
import org.lunaria.scsi.TaskResult;

/** Immediate, unsolicited and solicited data (RFC 7143 4.2.5.2, 11.7, 11.8). */
class DataOutTest {
    private static final byte[] NOTHING = {};

    private final Scene scene = new Scene();
    private final long memoryBefore = scene.pool.takenBytes();

    @AfterEach
    void memoryIsGivenBack() {
        scene.sessions.dropWhere(session -> true, "the test is over");
        assertEquals(0, scene.pool.reservedBytes());
    }

    @Test
    void immediateDataIsReadWhereItLies() {
        Initiator initiator = scene.login();
        scene.engine.script = scene.engine.receives(4096);
        byte[] data = ScriptedTarget.pattern(0, 4096);
        initiator.command(7, false, true, 4096, data, true);
        assertGood(initiator.only());
        assertArrayEquals(data, scene.engine.received);
        assertEquals(memoryBefore, scene.pool.takenBytes());
    }

    @Test
    void immediateDataOutlivesItsReadEvent() {
        Initiator initiator = scene.login();
        scene.engine.script = task -> {};
        List<byte[]> sent = new ArrayList<>();
        for (int tag = 0; tag < 20; tag++) {
            sent.add(ScriptedTarget.pattern(tag, 4096));
            initiator.command(tag, false, true, 4096, sent.get(tag), true);
        }
        for (int tag = 0; tag < 20; tag++) {
            scene.engine.receives(4096).accept(scene.engine.tasks.get(tag));
            assertArrayEquals(sent.get(tag), scene.engine.received);
        }
        assertEquals(20, initiator.answers().size());
    }

    @Test
    void unsolicitedDataFollowsTheCommand() {
        Initiator initiator = scene.login("InitialR2T=No");
        scene.engine.script = scene.engine.receives(256 * 1024);
        initiator.together(() -> {
            initiator.command(7, false, true, 20_000, ScriptedTarget.pattern(0, 8000), false);
            initiator.dataOut(7, Pdu.RESERVED_TAG, 0, 8000, ScriptedTarget.pattern(8000, 8000), false);
            initiator.dataOut(7, Pdu.RESERVED_TAG, 1, 16_000, ScriptedTarget.pattern(16_000, 4000), true);
        });
        assertGood(initiator.only());
        assertArrayEquals(ScriptedTarget.pattern(0, 20_000), scene.engine.received);
    }

    @Test
    void solicitedDataIsAskedForWithinBurstsAndOpenR2Ts() {
        Initiator initiator = scene.login("MaxBurstLength=262144", "MaxOutstandingR2T=2");
        scene.engine.script = scene.engine.receives(256 * 1024);
        int total = 3 * 1024 * 1024 + 512;
        initiator.command(7, false, true, total, NOTHING, true);
        int done = 0;
        int r2tSN = 0;
        List<Got> open = new ArrayList<>(initiator.answers());
        while (!open.isEmpty() && open.get(0).opcode() == Opcode.READY_TO_TRANSFER) {
            assertTrue(open.size() <= 2);
            ReadyToTransferPdu r2t =
                    new ReadyToTransferPdu().wrap(open.remove(0).header(), 0);
            assertEquals(r2tSN++, r2t.r2tSN());
            assertEquals(done, r2t.bufferOffset());
            assertTrue(r2t.desiredDataTransferLength() <= 262144);
            done = fulfil(initiator, 7, r2t, 50_000);
            open.addAll(initiator.answers());
        }
        assertEquals(total, done);
        assertGood(open.get(0));
        assertEquals(r2tSN, new ScsiResponsePdu().wrap(open.get(0).header(), 0).expDataSN());
        assertArrayEquals(ScriptedTarget.pattern(0, total), scene.engine.received);
    }

    @Test
    void immediateDataThatDoesNotSufficeIsJoinedWithTheRest() {
        Initiator initiator = scene.login();
        scene.engine.script = scene.engine.receives(100_000);
        int total = 700_000;
        initiator.command(7, false, true, total, ScriptedTarget.pattern(0, 8192), true);
        Got last = fulfilAll(initiator, 7);
        assertGood(last);
        assertArrayEquals(ScriptedTarget.pattern(0, total), scene.engine.received);
    }

    @Test
    void dataInPiecesOfAnySizeArrivesWhole() {
        for (int piece : new int[] {1, 7, 47, 48, 49, 1000, 4096, 70_001}) {
            Scene own = new Scene();
            Initiator initiator = own.login("InitialR2T=No");
            own.engine.script = own.engine.receives(64 * 1024);
            initiator.inPieces(piece, () -> {
                initiator.command(7, false, true, 30_001, ScriptedTarget.pattern(0, 10_001), false);
                initiator.dataOut(7, Pdu.RESERVED_TAG, 0, 10_001, ScriptedTarget.pattern(10_001, 20_000), true);
                initiator.command(8, false, false, 0, NOTHING, true);
            });
            List<Got> answers = initiator.answers();
            assertEquals(2, answers.size(), "pieces of " + piece);
            assertGood(answers.get(0));
            assertEquals(2, own.engine.tasks.size());
            own.engine.received = new byte[0];
        }
    }

    @Test
    void aGapInTheDataEndsTheCommandWithIncorrectAmountOfData() {
        Initiator initiator = scene.login();
        scene.engine.script = scene.engine.receives(8192);
        initiator.command(7, false, true, 8192, NOTHING, true);
        ReadyToTransferPdu r2t = new ReadyToTransferPdu().wrap(initiator.only().header(), 0);
        initiator.dataOut(7, r2t.targetTransferTag(), 0, 512, ScriptedTarget.pattern(0, 512), false);
        assertEquals(List.of(), initiator.answers());
        initiator.dataOut(7, r2t.targetTransferTag(), 1, 1024, ScriptedTarget.pattern(0, 512), true);
        assertSense(initiator.only(), 0x0C, 0x0D);
        assertTrue(scene.engine.cancelled);
    }

    @Test
    void aWrongDataSNEndsTheCommand() {
        Initiator initiator = scene.login();
        scene.engine.script = scene.engine.receives(8192);
        initiator.command(7, false, true, 8192, NOTHING, true);
        ReadyToTransferPdu r2t = new ReadyToTransferPdu().wrap(initiator.only().header(), 0);
        initiator.dataOut(7, r2t.targetTransferTag(), 27, 0, ScriptedTarget.pattern(0, 8192), true);
        assertSense(initiator.only(), 0x0C, 0x0D);
    }

    @Test
    void unsolicitedDataThatNobodyAgreedOnEndsTheCommand() {
        Initiator initiator = scene.login("InitialR2T=Yes");
        scene.engine.script = scene.engine.receives(8192);
        initiator.command(7, false, true, 8192, NOTHING, true);
        ReadyToTransferPdu r2t = new ReadyToTransferPdu().wrap(initiator.only().header(), 0);
        initiator.dataOut(7, Pdu.RESERVED_TAG, 0, 0, ScriptedTarget.pattern(0, 512), true);
        initiator.dataOut(7, r2t.targetTransferTag(), 0, 0, ScriptedTarget.pattern(0, 8192), true);
        assertSense(initiator.only(), 0x0C, 0x0C);
    }

    @Test
    void moreImmediateDataThanTheCommandHasIsRefused() {
        Initiator initiator = scene.login();
        initiator.command(7, false, true, 512, ScriptedTarget.pattern(0, 1024), true);
        assertSense(initiator.only(), 0x0C, 0x0D);
        assertEquals(List.of(), scene.engine.tasks);
    }

    @Test
    void theSenseDataIsInTheFormatOfTheUnit() {
        Initiator initiator = scene.login();
        scene.engine.descriptorSense = true;
        initiator.command(7, false, true, 512, ScriptedTarget.pattern(0, 1024), true);
        assertEquals(
                "0008" + "720b0c0d00000000",
                HexFormat.of().formatHex(initiator.only().data()).substring(0, 20));
    }

    @Test
    void anEarlyAnswerWaitsForDataThatIsOnItsWay() {
        Initiator initiator = scene.login();
        scene.engine.script = task -> {
            task.data().receive(4096);
        };
        initiator.command(7, false, true, 8192, NOTHING, true);
        ReadyToTransferPdu r2t = new ReadyToTransferPdu().wrap(initiator.only().header(), 0);
        scene.engine.tasks.get(0).answer().accept(TaskResult.of(ScsiStatus.BUSY, 0));
        assertEquals(List.of(), initiator.answers());
        fulfil(initiator, 7, r2t, 4096);
        assertEquals(
                ScsiStatus.BUSY.code(),
                new ScsiResponsePdu().wrap(initiator.only().header(), 0).status());
    }

    @Test
    void dataOfATaskThatIsGoneIsDropped() {
        Initiator initiator = scene.login();
        initiator.dataOut(99, 5, 0, 0, ScriptedTarget.pattern(0, 512), true);
        initiator.inPieces(100, () -> initiator.dataOut(99, 5, 0, 0, ScriptedTarget.pattern(0, 5000), true));
        assertEquals(List.of(), initiator.answers());
    }

    private static Got fulfilAll(Initiator initiator, long tag) {
        List<Got> open = new ArrayList<>(initiator.answers());
        while (open.get(0).opcode() == Opcode.READY_TO_TRANSFER) {
            fulfil(initiator, tag, new ReadyToTransferPdu().wrap(open.remove(0).header(), 0), 65536);
            open.addAll(initiator.answers());
        }
        return open.get(0);
    }

    private static int fulfil(Initiator initiator, long tag, ReadyToTransferPdu r2t, int piece) {
        int end = (int) (r2t.bufferOffset() + r2t.desiredDataTransferLength());
        long transferTag = r2t.targetTransferTag();
        int dataSN = 0;
        for (int at = (int) r2t.bufferOffset(); at < end; at += piece) {
            int length = Math.min(piece, end - at);
            byte[] data = ScriptedTarget.pattern(at, length);
            initiator.dataOut(tag, transferTag, dataSN++, at, data, at + length == end);
        }
        return end;
    }

    private static void assertGood(Got answer) {
        assertEquals(Opcode.SCSI_RESPONSE, answer.opcode());
        assertEquals(0, new ScsiResponsePdu().wrap(answer.header(), 0).status());
    }

    private static void assertSense(Got answer, int asc, int ascq) {
        assertEquals(Opcode.SCSI_RESPONSE, answer.opcode());
        assertEquals(
                ScsiStatus.CHECK_CONDITION.code(),
                new ScsiResponsePdu().wrap(answer.header(), 0).status());
        assertEquals(0x0B, answer.data()[4]);
        assertEquals(asc, answer.data()[14]);
        assertEquals(ascq, answer.data()[15]);
    }
}
