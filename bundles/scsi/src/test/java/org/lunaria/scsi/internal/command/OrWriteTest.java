package org.lunaria.scsi.internal.command;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.lunaria.backend.ArrayBackend;
import org.lunaria.backend.InterceptedBackend.Operation;
import org.lunaria.backend.SlowBackend;
import org.lunaria.scsi.ScsiStatus;
import org.lunaria.scsi.SenseCode;
import org.lunaria.scsi.TaskAttribute;
import org.lunaria.scsi.internal.unit.Answer;
import org.lunaria.scsi.internal.unit.ArrayTransfer;
import org.lunaria.scsi.internal.unit.Bench;
import org.lunaria.scsi.internal.unit.Initiator;
import org.lunaria.scsi.internal.unit.Initiator.Sent;

/** ORWRITE (16) (SBC-4). */
class OrWriteTest {
    private static final int BLOCK = Bench.BLOCK_BYTES;
    private static final int FUA = 0x08;
    private static final int BLOCKS = 300;

    private final ArrayBackend backend = Bench.backend();
    private final Initiator initiator = Bench.of(backend).initiator();
    private final byte[] before = new byte[BLOCKS * BLOCK];
    private final byte[] bits = new byte[BLOCKS * BLOCK];

    @BeforeEach
    void fill() {
        long seed = System.nanoTime();
        System.out.println("seed " + seed);
        Random random = new Random(seed);
        random.nextBytes(before);
        random.nextBytes(bits);
        backend.contents(5 * BLOCK, before);
    }

    private static int[] cdb(int flags, int lba, int blocks) {
        return new int[] {0x8B, flags, 0, 0, 0, 0, 0, 0, lba >> 8, lba, 0, 0, blocks >> 8, blocks, 0, 0};
    }

    private Answer orWrite(byte[] data, int flags, int lba, int blocks) {
        return initiator.write(data, cdb(flags, lba, blocks));
    }

    private byte[] expected(int bytes) {
        byte[] after = before.clone();
        for (int i = 0; i < bytes; i++) {
            after[i] |= bits[i];
        }
        return after;
    }

    @Test
    void bitsAreSetAndNoneIsCleared() {
        for (int blocks : new int[] {1, 3, 128, 129, BLOCKS}) {
            backend.contents(5 * BLOCK, before);
            Answer answer = orWrite(Arrays.copyOf(bits, blocks * BLOCK), 0, 5, blocks);
            assertEquals(ScsiStatus.GOOD, answer.status());
            assertEquals(0, answer.residual());
            assertArrayEquals(expected(blocks * BLOCK), backend.contents(5 * BLOCK, before.length));
        }
    }

    @Test
    void withForceUnitAccessTheBlocksAreDurable() {
        orWrite(bits, 0, 5, BLOCKS);
        assertEquals(0, backend.flushes());
        orWrite(bits, FUA, 5, BLOCKS);
        assertEquals(1, backend.flushes());
    }

    @Test
    void rangesZeroBlocksAndOddLengthsAreThoseOfWrite() {
        assertEquals(ScsiStatus.GOOD, orWrite(new byte[0], 0, 0, 0).status());
        assertEquals(
                SenseCode.LOGICAL_BLOCK_ADDRESS_OUT_OF_RANGE,
                orWrite(bits, 0, Bench.BLOCK_COUNT - 1, 2).code());
        assertEquals(
                SenseCode.INVALID_FIELD_IN_COMMAND_INFORMATION_UNIT,
                orWrite(new byte[BLOCK + 1], 0, 0, 2).code());
        Answer shorter = orWrite(Arrays.copyOf(bits, BLOCK), 0, 5, 2);
        assertEquals(ScsiStatus.GOOD, shorter.status());
        assertEquals(-BLOCK, shorter.residual());
        assertArrayEquals(expected(BLOCK), backend.contents(5 * BLOCK, before.length));
    }

    @Test
    void protectionInformationIsRefusedAtItsField() {
        assertEquals("CDB 1.7", orWrite(new byte[BLOCK], 0x20, 0, 1).pointer());
    }

    @Test
    void nobodyTouchesTheBlocksBetweenItsPieces() {
        SlowBackend slow = new SlowBackend(backend);
        Bench bench = Bench.of(slow);
        Sent setting = bench.initiator("one")
                .begin(TaskAttribute.SIMPLE, new ArrayTransfer(bits, 0, false), cdb(0, 5, BLOCKS));
        Initiator two = bench.initiator("two");
        Sent reading = two.begin(
                TaskAttribute.SIMPLE,
                new ArrayTransfer(new byte[0], BLOCK, false),
                0x28,
                0,
                0,
                0,
                0,
                5 + BLOCKS - 1 - 256,
                0,
                0,
                1,
                0);
        for (int piece = 0; piece < 3; piece++) {
            assertEquals(List.of(Operation.READ), slow.held());
            slow.release();
            assertEquals(List.of(Operation.WRITE), slow.held());
            assertFalse(reading.isAnswered());
            slow.release();
        }
        assertEquals(ScsiStatus.GOOD, setting.answer().status());
        slow.release();
        assertTrue(reading.isAnswered());
        assertArrayEquals(expected(bits.length), backend.contents(5 * BLOCK, before.length));
    }
}
