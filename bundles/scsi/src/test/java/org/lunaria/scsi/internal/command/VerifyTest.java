package org.lunaria.scsi.internal.command;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.lunaria.backend.ArrayBackend;
import org.lunaria.backend.BlockBackend.Fault;
import org.lunaria.backend.FaultyBackend;
import org.lunaria.backend.InterceptedBackend.Operation;
import org.lunaria.scsi.ScsiStatus;
import org.lunaria.scsi.SenseCode;
import org.lunaria.scsi.internal.unit.Answer;
import org.lunaria.scsi.internal.unit.Bench;
import org.lunaria.scsi.internal.unit.Initiator;

/** VERIFY (10), (12), (16) (SBC-3 5.29 to 5.31). */
class VerifyTest {
    private static final int BLOCK = Bench.BLOCK_BYTES;
    private static final int NONE = 0;
    private static final int EACH_BLOCK = 0x02;
    private static final int RESERVED = 0x04;
    private static final int ONE_BLOCK = 0x06;

    private final ArrayBackend backend = Bench.backend();
    private final FaultyBackend faulty = new FaultyBackend(backend);
    private final Initiator initiator = Bench.of(faulty).initiator();
    private final byte[] data = new byte[300 * BLOCK];

    @BeforeEach
    void fill() {
        long seed = System.nanoTime();
        System.out.println("seed " + seed);
        new Random(seed).nextBytes(data);
        backend.contents(0, data);
    }

    private Answer verify(byte[] out, int check, int lba, int blocks) {
        return initiator.write(out, 0x8F, check, 0, 0, 0, 0, 0, 0, lba >> 8, lba, 0, 0, blocks >> 8, blocks, 0, 0);
    }

    @Test
    void equalDataIsFoundEqual() {
        assertEquals(ScsiStatus.GOOD, verify(data, EACH_BLOCK, 0, 300).status());
        assertEquals(
                ScsiStatus.GOOD,
                initiator
                        .write(data, 0x2F, EACH_BLOCK, 0, 0, 0, 0, 0, 300 >> 8, 300 & 0xFF, 0)
                        .status());
        assertEquals(
                ScsiStatus.GOOD,
                initiator
                        .write(data, 0xAF, EACH_BLOCK, 0, 0, 0, 0, 0, 0, 300 >> 8, 300 & 0xFF, 0, 0)
                        .status());
    }

    @Test
    void theFirstByteThatDiffersIsNamed() {
        for (int wrong : new int[] {0, 511, 512, 70_000, data.length - 1}) {
            byte[] other = data.clone();
            other[wrong] ^= 1;
            Answer answer = verify(other, EACH_BLOCK, 0, 300);
            assertEquals(SenseCode.MISCOMPARE_DURING_VERIFY_OPERATION, answer.code());
            assertEquals(wrong, answer.information());
        }
    }

    @Test
    void oneBlockIsComparedWithEach() {
        byte[] block = Arrays.copyOf(data, BLOCK);
        for (int lba = 0; lba < 200; lba++) {
            backend.contents((long) lba * BLOCK, block);
        }
        assertEquals(ScsiStatus.GOOD, verify(block, ONE_BLOCK, 0, 200).status());
        Answer answer = verify(block, ONE_BLOCK, 100, 101);
        assertEquals(SenseCode.MISCOMPARE_DURING_VERIFY_OPERATION, answer.code());
        assertEquals(100, answer.information() / BLOCK);
    }

    @Test
    void withoutByteCheckTheMediumIsReadAllTheSame() {
        assertEquals(ScsiStatus.GOOD, verify(new byte[0], NONE, 0, 300).status());
        faulty.failNext(Operation.READ, Fault.READ_ERROR, 3 * BLOCK);
        Answer answer = verify(new byte[0], NONE, 0, 300);
        assertEquals(SenseCode.UNRECOVERED_READ_ERROR, answer.code());
        assertEquals(3, answer.information());
    }

    @Test
    void dataThatNobodyAskedForIsLeftOver() {
        Answer answer = verify(new byte[BLOCK], NONE, 0, 1);
        assertEquals(ScsiStatus.GOOD, answer.status());
        assertEquals(BLOCK, answer.residual());
    }

    @Test
    void theReservedByteCheckIsRefusedAtItsField() {
        assertEquals("CDB 1.2", verify(new byte[BLOCK], RESERVED, 0, 1).pointer());
    }

    @Test
    void whatIsVerifiedIsOnTheMediumFirst() {
        verify(new byte[0], NONE, 0, 1);
        assertEquals(1, backend.flushes());
    }

    @Test
    void rangesAndZeroBlocksAreThoseOfRead() {
        assertEquals(ScsiStatus.GOOD, verify(new byte[0], EACH_BLOCK, 0, 0).status());
        assertEquals(ScsiStatus.GOOD, verify(new byte[0], ONE_BLOCK, 0, 0).status());
        assertEquals(
                SenseCode.LOGICAL_BLOCK_ADDRESS_OUT_OF_RANGE,
                verify(new byte[0], EACH_BLOCK, Bench.BLOCK_COUNT + 1, 0).code());
    }
}
