package org.lunaria.scsi.internal.command;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.HexFormat;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.lunaria.backend.ArrayBackend;
import org.lunaria.backend.BlockBackend.Fault;
import org.lunaria.backend.FaultyBackend;
import org.lunaria.backend.InterceptedBackend.Operation;
import org.lunaria.scsi.ScsiStatus;
import org.lunaria.scsi.SenseCode;
import org.lunaria.scsi.TaskAttribute;
import org.lunaria.scsi.TaskManagement.Function;
import org.lunaria.scsi.internal.unit.Answer;
import org.lunaria.scsi.internal.unit.ArrayTransfer;
import org.lunaria.scsi.internal.unit.Bench;
import org.lunaria.scsi.internal.unit.Initiator;
import org.lunaria.scsi.internal.unit.Initiator.Sent;

/** WRITE AND VERIFY (10), (12), (16) (SBC-4). */
class WriteAndVerifyTest {
    private static final int BLOCK = Bench.BLOCK_BYTES;
    private static final int READ_BACK = 0;
    private static final int COMPARE = 0x02;
    private static final int BLOCKS = 300;

    private final ArrayBackend backend = Bench.backend();
    private final FaultyBackend faulty = new FaultyBackend(backend);
    private final Initiator initiator = Bench.of(faulty).initiator();
    private final byte[] data = new byte[BLOCKS * BLOCK];

    @BeforeEach
    void fill() {
        long seed = System.nanoTime();
        System.out.println("seed " + seed);
        new Random(seed).nextBytes(data);
    }

    private static int[] cdb(int check, int lba, int blocks) {
        return new int[] {0x8E, check, 0, 0, 0, 0, 0, 0, lba >> 8, lba, 0, 0, blocks >> 8, blocks, 0, 0};
    }

    private Answer writeAndVerify(byte[] out, int check, int lba, int blocks) {
        return initiator.write(out, cdb(check, lba, blocks));
    }

    @Test
    void whatIsSentIsOnTheMediumByEachLengthOfCdb() {
        for (int check : new int[] {READ_BACK, COMPARE}) {
            backend.contents(0, new byte[data.length]);
            assertEquals(ScsiStatus.GOOD, writeAndVerify(data, check, 3, BLOCKS).status());
            assertArrayEquals(data, backend.contents(3 * BLOCK, data.length));
            Answer ten = initiator.write(data, 0x2E, check, 0, 0, 0, 4, 0, BLOCKS >> 8, BLOCKS & 0xFF, 0);
            assertEquals(ScsiStatus.GOOD, ten.status());
            assertArrayEquals(data, backend.contents(4 * BLOCK, data.length));
            Answer twelve = initiator.write(data, 0xAE, check, 0, 0, 0, 5, 0, 0, BLOCKS >> 8, BLOCKS & 0xFF, 0, 0);
            assertEquals(ScsiStatus.GOOD, twelve.status());
            assertArrayEquals(data, backend.contents(5 * BLOCK, data.length));
            assertEquals(0, twelve.residual());
        }
    }

    @Test
    void everyChunkIsDurableBeforeItIsReadBack() {
        writeAndVerify(data, READ_BACK, 0, BLOCKS);
        int chunks = (data.length + 64 * 1024 - 1) / (64 * 1024);
        assertEquals(chunks, backend.durableWrites());
    }

    @Test
    void aMediumThatKeepsOtherBytesIsFoundOutWhereTheyAreCompared() {
        for (int wrong : new int[] {0, 511, 70_000, data.length - 1}) {
            Initiator spoiled =
                    Bench.of(new SpoilingBackend(Bench.backend(), wrong)).initiator();
            Answer answer = spoiled.write(data, cdb(COMPARE, 0, BLOCKS));
            assertEquals(SenseCode.MISCOMPARE_DURING_VERIFY_OPERATION, answer.code());
            assertEquals(wrong, answer.information());
            assertEquals(
                    ScsiStatus.GOOD,
                    spoiled.write(data, cdb(READ_BACK, 0, BLOCKS)).status());
        }
    }

    @Test
    void theSenseOfAMiscompareIsThatOfTheStandard() {
        Initiator spoiled = Bench.of(new SpoilingBackend(Bench.backend(), 513)).initiator();
        Answer answer = spoiled.write(Arrays.copyOf(data, 2 * BLOCK), cdb(COMPARE, 0, 2));
        assertEquals("f0000e000002010a000000001d0000000000", HexFormat.of().formatHex(answer.sense()));
        assertEquals(0, answer.residual());
    }

    @Test
    void aMediumThatCannotBeReadIsFoundOutInEitherCase() {
        for (int check : new int[] {READ_BACK, COMPARE}) {
            faulty.failNext(Operation.READ, Fault.READ_ERROR, 3 * BLOCK);
            Answer answer = writeAndVerify(data, check, 0, BLOCKS);
            assertEquals(SenseCode.UNRECOVERED_READ_ERROR, answer.code());
            assertEquals(3, answer.information());
        }
    }

    @Test
    void theOtherByteChecksAreReserved() {
        assertEquals("CDB 1.2", writeAndVerify(data, 0x04, 0, BLOCKS).pointer());
        assertEquals("CDB 1.2", writeAndVerify(data, 0x06, 0, BLOCKS).pointer());
        assertArrayEquals(new byte[BLOCK], backend.contents(0, BLOCK));
    }

    @Test
    void rangesZeroBlocksAndOddLengthsAreThoseOfWrite() {
        assertEquals(ScsiStatus.GOOD, writeAndVerify(new byte[0], COMPARE, 0, 0).status());
        assertEquals(
                SenseCode.LOGICAL_BLOCK_ADDRESS_OUT_OF_RANGE,
                writeAndVerify(data, COMPARE, Bench.BLOCK_COUNT - 1, 2).code());
        assertEquals(
                SenseCode.INVALID_FIELD_IN_COMMAND_INFORMATION_UNIT,
                writeAndVerify(new byte[BLOCK + 1], COMPARE, 0, 2).code());
        Answer shorter = writeAndVerify(Arrays.copyOf(data, BLOCK), COMPARE, 0, 2);
        assertEquals(ScsiStatus.GOOD, shorter.status());
        assertEquals(-BLOCK, shorter.residual());
    }

    @Test
    void aUnitThatIsReadOnlyRefusesIt() {
        Initiator other = Bench.readOnly(backend).initiator();
        assertEquals(
                SenseCode.WRITE_PROTECTED,
                other.write(new byte[BLOCK], cdb(READ_BACK, 0, 1)).code());
    }

    @Test
    void anAbortWhileDataIsAwaitedEndsIt() {
        Sent sent = initiator.begin(TaskAttribute.SIMPLE, new ArrayTransfer(data, 0, true), cdb(COMPARE, 0, BLOCKS));
        sent.transfer().deliver();
        assertTrue(sent.transfer().isAwaited());
        initiator.manage(Function.ABORT_TASK, sent.tag());
        assertTrue(sent.transfer().isCancelled());
        assertEquals(ScsiStatus.GOOD, initiator.command(0x00).status());
    }
}
