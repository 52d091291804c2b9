package org.lunaria.iscsi.internal.session;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.lunaria.iscsi.internal.pdu.AsyncMessagePdu;
import org.lunaria.iscsi.internal.pdu.DataOutPdu;
import org.lunaria.iscsi.internal.pdu.Framing;
import org.lunaria.iscsi.internal.pdu.NopOutPdu;
import org.lunaria.iscsi.internal.pdu.Opcode;
import org.lunaria.iscsi.internal.pdu.Pdu;
import org.lunaria.iscsi.internal.pdu.ReadyToTransferPdu;
import org.lunaria.iscsi.internal.pdu.RejectPdu;
import org.lunaria.iscsi.internal.pdu.RejectReason;
import org.lunaria.iscsi.internal.pdu.ScsiCommandPdu;
import org.lunaria.iscsi.internal.pdu.ScsiResponsePdu;
import org.lunaria.iscsi.internal.session.Initiator.Got;
import org.lunaria.scsi.ScsiStatus;
import org.lunaria.scsi.TaskResult;

/** Header and data digests (RFC 7143 13.1), and what becomes of PDUs that do not match them (7.8). */
class DigestTest {
    private static final byte[] NOTHING = {};

    private final Scene scene = new Scene();
    private final List<Initiator> initiators = new ArrayList<>();

    static Stream<Framing> framings() {
        return Stream.of(new Framing(true, false), new Framing(false, true), new Framing(true, true));
    }

    @ParameterizedTest
    @MethodSource("framings")
    void readsOfAnyLengthCarryDigests(Framing framing) {
        Initiator initiator = login(framing, "MaxRecvDataSegmentLength=65536", "MaxBurstLength=131072");
        for (int total : new int[] {1, 37, 512, 4096, 32 * 1024 + 1, 65_536, 400_001}) {
            scene.engine.script = scene.engine.sends(total, 256 * 1024, TaskResult.GOOD);
            initiator.read(total, total);
            ByteArrayOutputStream data = new ByteArrayOutputStream();
            initiator.answers().forEach(answer -> data.writeBytes(answer.data()));
            assertArrayEquals(ScriptedTarget.pattern(0, total), data.toByteArray());
        }
    }

    @ParameterizedTest
    @MethodSource("framings")
    void manyAnswersOfOneReadEventCarryDigests(Framing framing) {
        Initiator initiator = login(framing);
        scene.engine.script = scene.engine.sends(4096, 4096, TaskResult.GOOD);
        initiator.together(() -> {
            for (int tag = 0; tag < 100; tag++) {
                initiator.read(tag, 4096);
            }
        });
        List<Got> answers = initiator.answers();
        assertEquals(100, answers.size());
        answers.forEach(answer -> assertArrayEquals(ScriptedTarget.pattern(0, 4096), answer.data()));
    }

    @ParameterizedTest
    @MethodSource("framings")
    void senseDataAndPingsCarryDigests(Framing framing) {
        Initiator initiator = login(framing);
        byte[] sense = {0x70, 0, 5};
        scene.engine.script = task -> task.answer().accept(new TaskResult(ScsiStatus.CHECK_CONDITION, sense, 0));
        initiator.command(7, false, false, 0, NOTHING, true);
        assertArrayEquals(new byte[] {0, 3, 0x70, 0, 5}, initiator.only().data());
        byte[] words = "are you there".getBytes(StandardCharsets.UTF_8);
        ping(initiator, words);
        assertArrayEquals(words, initiator.only().data());
    }

    @ParameterizedTest
    @MethodSource("framings")
    void writesInPiecesOfAnySizeArriveWhole(Framing framing) {
        for (int piece : new int[] {1, 7, 47, 48, 51, 52, 53, 1000, 4096, 70_001, 1 << 20}) {
            Initiator initiator = login(framing, "InitialR2T=No");
            scene.engine.script = scene.engine.receives(64 * 1024);
            initiator.inPieces(piece, () -> {
                initiator.command(7, false, true, 30_001, ScriptedTarget.pattern(0, 10_001), false);
                initiator.dataOut(7, Pdu.RESERVED_TAG, 0, 10_001, ScriptedTarget.pattern(10_001, 20_000), true);
                initiator.command(8, false, false, 0, NOTHING, true);
            });
            assertEquals(
                    List.of(Opcode.SCSI_RESPONSE, Opcode.SCSI_RESPONSE),
                    initiator.answers().stream().map(Got::opcode).toList(),
                    "pieces of " + piece);
        }
    }

    @ParameterizedTest
    @MethodSource("framings")
    void dataThatSpansWindowsArrivesWhole(Framing framing) {
        Scene own = new Scene();
        Initiator initiator = own.login(pairs(framing));
        own.engine.script = own.engine.receives(256 * 1024);
        int total = 600_000;
        initiator.command(7, false, true, total, ScriptedTarget.pattern(0, 1001), true);
        List<Got> open = new ArrayList<>(initiator.answers());
        while (open.get(0).opcode() == Opcode.READY_TO_TRANSFER) {
            ReadyToTransferPdu r2t =
                    new ReadyToTransferPdu().wrap(open.remove(0).header(), 0);
            int from = (int) r2t.bufferOffset();
            int end = from + (int) r2t.desiredDataTransferLength();
            long tag = r2t.targetTransferTag();
            initiator.inPieces(50_000, () -> {
                int dataSN = 0;
                for (int at = from; at < end; at += 200_000) {
                    int length = Math.min(200_000, end - at);
                    initiator.dataOut(7, tag, dataSN++, at, ScriptedTarget.pattern(at, length), at + length == end);
                }
            });
            open.addAll(initiator.answers());
        }
        assertArrayEquals(ScriptedTarget.pattern(0, total), own.engine.received);
    }

    @Test
    void aHeaderThatIsNotWhatItsDigestSaysEndsTheConnection() {
        Random random = random();
        for (int round = 0; round < 500; round++) {
            Initiator initiator = login(new Framing(true, random.nextBoolean()));
            byte[] pdu = commandWithAdditionalHeader(initiator);
            damage(pdu, random.nextInt(Framing.BHS_BYTES + 8 + Framing.DIGEST_BYTES), random);
            initiator.inPieces(1 + random.nextInt(200), () -> {
                initiator.send(pdu);
                // A damaged length may have the target wait for more.
                initiator.send(new byte[Framing.AHS_BYTES_MAX]);
            });
            assertTrue(initiator.wire.isClosed());
            assertEquals(List.of(), initiator.answers());
        }
        assertEquals(List.of(), scene.engine.tasks);
    }

    @Test
    void aCommandWithDamagedDataIsRejectedAndTheConnectionCloses() {
        Random random = random();
        for (int round = 0; round < 500; round++) {
            Initiator initiator = login(new Framing(random.nextBoolean(), true));
            byte[] pdu = commandWithAdditionalHeader(initiator);
            int from = initiator.framing.headerBytes(8);
            damage(pdu, from + random.nextInt(pdu.length - from), random);
            initiator.inPieces(1 + random.nextInt(6000), () -> {
                initiator.send(pdu);
                initiator.command(8, false, false, 0, NOTHING, true);
            });
            Got reject = beforeTheConnectionGoes(initiator);
            assertRejected(reject, Opcode.SCSI_COMMAND);
            assertEquals(Framing.BHS_BYTES + 8, reject.data().length);
            assertTrue(initiator.wire.isClosed());
        }
        assertEquals(List.of(), scene.engine.tasks);
    }

    @Test
    void damagedDataOutEndsItsTaskAndNothingElse() {
        Random random = random();
        for (int round = 0; round < 500; round++) {
            Initiator initiator = login(new Framing(random.nextBoolean(), true));
            scene.engine.script = scene.engine.receives(8192);
            scene.engine.cancelled = false;
            initiator.command(7, false, true, 5001, NOTHING, true);
            long tag =
                    new ReadyToTransferPdu().wrap(initiator.only().header(), 0).targetTransferTag();
            byte[] first = dataOut(initiator, tag, 0, 3001, false);
            byte[] last = dataOut(initiator, tag, 3001, 2000, true);
            byte[] damaged = random.nextBoolean() ? first : last;
            int from = initiator.framing.headerBytes(0);
            damage(damaged, from + random.nextInt(damaged.length - from), random);
            initiator.inPieces(1 + random.nextInt(6000), () -> {
                initiator.send(first);
                initiator.send(last);
            });
            List<Got> answers = initiator.answers();
            assertEquals(2, answers.size());
            assertRejected(answers.get(0), Opcode.DATA_OUT);
            assertCrcError(answers.get(1));
            assertTrue(scene.engine.cancelled);
            assertArrayEquals(new byte[5001], scene.engine.received);
            assertFalse(initiator.wire.isClosed());

            scene.engine.script = scene.engine.sends(37, 37, TaskResult.GOOD);
            initiator.read(9, 37);
            assertArrayEquals(ScriptedTarget.pattern(0, 37), initiator.only().data());
        }
    }

    @Test
    void theResponseToDamagedDataOutWaitsForTheRest() {
        Initiator initiator = login(new Framing(true, true));
        scene.engine.script = scene.engine.receives(8192);
        initiator.command(7, false, true, 5001, NOTHING, true);
        long tag = new ReadyToTransferPdu().wrap(initiator.only().header(), 0).targetTransferTag();
        byte[] first = dataOut(initiator, tag, 0, 3001, false);
        first[first.length - 1] ^= 1;
        initiator.send(first);
        assertRejected(initiator.only(), Opcode.DATA_OUT);
        initiator.send(dataOut(initiator, tag, 3001, 2000, true));
        assertCrcError(initiator.only());
    }

    @Test
    void damagedDataOutOfATaskThatIsGoneIsRejectedOnly() {
        Initiator initiator = login(new Framing(true, true));
        byte[] pdu = dataOut(initiator, 5, 0, 512, true);
        pdu[100] ^= 1;
        initiator.send(pdu);
        assertRejected(initiator.only(), Opcode.DATA_OUT);
        assertFalse(initiator.wire.isClosed());
    }

    @Test
    void aDamagedPingIsRejectedAndTheConnectionCloses() {
        Initiator initiator = login(new Framing(false, true));
        NopOutPdu nop = new NopOutPdu();
        byte[] pdu = initiator.bytes(nop, NOTHING, new byte[] {1, 2, 3}, () -> nop.immediate(true));
        pdu[51] = 1;
        initiator.send(pdu);
        assertRejected(beforeTheConnectionGoes(initiator), Opcode.NOP_OUT);
        assertTrue(initiator.wire.isClosed());
    }

    @Test
    void memoryIsGivenBackWhateverIsDamaged() {
        long before = scene.pool.takenBytes();
        aHeaderThatIsNotWhatItsDigestSaysEndsTheConnection();
        aCommandWithDamagedDataIsRejectedAndTheConnectionCloses();
        damagedDataOutEndsItsTaskAndNothingElse();
        scene.sessions.dropWhere(session -> true, "the test is over");
        assertEquals(0, scene.pool.reservedBytes());
        assertTrue(scene.pool.takenBytes() <= before + (512 << 10), "taken: " + scene.pool.takenBytes());
    }

    /** What was answered before the initiator heard that the connection is dropped (RFC 7143 11.9.1, 2). */
    private static Got beforeTheConnectionGoes(Initiator initiator) {
        List<Got> answers = initiator.answers();
        assertEquals(2, answers.size());
        assertEquals(Opcode.ASYNC_MESSAGE, answers.get(1).opcode());
        assertEquals(2, new AsyncMessagePdu().wrap(answers.get(1).header(), 0).asyncEvent());
        return answers.get(0);
    }

    /** Logs in anew: the session of before, with the same name, has ended. */
    private Initiator login(Framing framing, String... pairs) {
        scene.sessions.dropWhere(session -> true, "another logs in");
        initiators.forEach(each -> each.wire.settle());
        initiators.clear();
        Initiator initiator = scene.login(
                Stream.concat(Stream.of(pairs(framing)), Stream.of(pairs)).toArray(String[]::new));
        initiators.add(initiator);
        return initiator;
    }

    private static String[] pairs(Framing framing) {
        return new String[] {
            "HeaderDigest=" + (framing.headerDigest() ? "CRC32C" : "None"),
            "DataDigest=" + (framing.dataDigest() ? "CRC32C" : "None")
        };
    }

    private static void ping(Initiator initiator, byte[] data) {
        NopOutPdu nop = new NopOutPdu();
        initiator.send(nop, data, () -> nop.immediate(true).initiatorTaskTag(3).cmdSN(initiator.cmdSN));
    }

    /** A write of 4095 bytes with its data, and a CDB that goes on behind the basic header. */
    private static byte[] commandWithAdditionalHeader(Initiator initiator) {
        ScsiCommandPdu pdu = new ScsiCommandPdu();
        byte[] extendedCdb = {0, 5, 1, 0, 1, 2, 3, 4};
        return initiator.bytes(
                pdu,
                extendedCdb,
                ScriptedTarget.pattern(0, 4095),
                () -> pdu.write(true)
                        .attribute(1)
                        .initiatorTaskTag(7)
                        .expectedDataTransferLength(4095)
                        .cmdSN(initiator.cmdSN++));
    }

    private static byte[] dataOut(Initiator initiator, long tag, int offset, int length, boolean isFinal) {
        DataOutPdu pdu = new DataOutPdu();
        return initiator.bytes(
                pdu,
                NOTHING,
                ScriptedTarget.pattern(offset, length),
                () -> pdu.initiatorTaskTag(7)
                        .targetTransferTag(tag)
                        .dataSN(offset == 0 ? 0 : 1)
                        .bufferOffset(offset)
                        .isFinal(isFinal));
    }

    private static void damage(byte[] pdu, int at, Random random) {
        pdu[at] ^= (byte) (1 + random.nextInt(255));
    }

    private static Random random() {
        long seed = System.nanoTime();
        System.out.println("seed " + seed);
        return new Random(seed);
    }

    private static void assertRejected(Got answer, Opcode rejected) {
        assertEquals(Opcode.REJECT, answer.opcode());
        assertEquals(
                RejectReason.DATA_DIGEST_ERROR.code(),
                new RejectPdu().wrap(answer.header(), 0).reason());
        assertEquals(rejected.code(), answer.data()[0] & 0x3F);
    }

    private static void assertCrcError(Got answer) {
        assertEquals(
                ScsiStatus.CHECK_CONDITION.code(),
                new ScsiResponsePdu().wrap(answer.header(), 0).status());
        assertEquals(0x0B, answer.data()[4]);
        assertEquals(0x47, answer.data()[14]);
        assertEquals(0x05, answer.data()[15]);
    }
}
