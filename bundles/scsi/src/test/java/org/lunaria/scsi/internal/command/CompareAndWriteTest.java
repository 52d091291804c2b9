package org.lunaria.scsi.internal.command;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

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
import org.lunaria.scsi.internal.unit.Answer;
import org.lunaria.scsi.internal.unit.Bench;
import org.lunaria.scsi.internal.unit.Initiator;

/** COMPARE AND WRITE (SBC-4). That it is one step to all others is the subject of BlockOrderTest. */
class CompareAndWriteTest {
    private static final int BLOCK = Bench.BLOCK_BYTES;
    private static final int FUA = 0x08;
    private static final int DPO = 0x10;
    private static final int MOST = 64;

    private final ArrayBackend backend = Bench.backend();
    private final FaultyBackend faulty = new FaultyBackend(backend);
    private final Initiator initiator = Bench.of(faulty).initiator();
    private final byte[] before = new byte[MOST * BLOCK];
    private final byte[] after = new byte[MOST * BLOCK];

    @BeforeEach
    void fill() {
        long seed = System.nanoTime();
        System.out.println("seed " + seed);
        Random random = new Random(seed);
        random.nextBytes(before);
        random.nextBytes(after);
        backend.contents(5 * BLOCK, before);
    }

    private static byte[] both(byte[] compared, byte[] written, int bytes) {
        byte[] data = Arrays.copyOf(compared, 2 * bytes);
        System.arraycopy(written, 0, data, bytes, bytes);
        return data;
    }

    private static Answer send(Initiator by, byte[] data, int flags, int lba, int blocks) {
        return by.write(data, 0x89, flags, 0, 0, 0, 0, 0, 0, lba >> 8, lba, 0, 0, 0, blocks, 0, 0);
    }

    private Answer compareAndWrite(byte[] data, int flags, int lba, int blocks) {
        return send(initiator, data, flags, lba, blocks);
    }

    @Test
    void blocksThatAreAsExpectedAreChanged() {
        for (int blocks : new int[] {1, 2, 7, MOST}) {
            fill();
            Answer answer = compareAndWrite(both(before, after, blocks * BLOCK), 0, 5, blocks);
            assertEquals(ScsiStatus.GOOD, answer.status());
            assertEquals(0, answer.residual());
            assertArrayEquals(Arrays.copyOf(after, blocks * BLOCK), backend.contents(5 * BLOCK, blocks * BLOCK));
            assertArrayEquals(
                    Arrays.copyOfRange(before, blocks * BLOCK, before.length),
                    backend.contents((5L + blocks) * BLOCK, before.length - blocks * BLOCK));
        }
    }

    @Test
    void theFirstByteThatDiffersIsNamedAndNothingIsWritten() {
        for (int wrong : new int[] {0, 1, BLOCK - 1, BLOCK, 3 * BLOCK - 1}) {
            byte[] other = before.clone();
            other[wrong] ^= 1;
            Answer answer = compareAndWrite(both(other, after, 3 * BLOCK), 0, 5, 3);
            assertEquals(SenseCode.MISCOMPARE_DURING_VERIFY_OPERATION, answer.code());
            assertEquals(wrong, answer.information());
            assertArrayEquals(before, backend.contents(5 * BLOCK, before.length));
        }
    }

    @Test
    void theSenseOfAMiscompareIsThatOfTheStandard() {
        byte[] other = before.clone();
        other[0x123] ^= 1;
        Answer answer = compareAndWrite(both(other, after, BLOCK), 0, 5, 1);
        assertEquals("f0000e000001230a000000001d0000000000", HexFormat.of().formatHex(answer.sense()));
    }

    @Test
    void withForceUnitAccessTheWriteIsDurable() {
        assertEquals(
                ScsiStatus.GOOD,
                compareAndWrite(both(before, after, BLOCK), DPO, 5, 1).status());
        assertEquals(0, backend.durableWrites());
        assertEquals(
                ScsiStatus.GOOD,
                compareAndWrite(both(after, before, BLOCK), DPO | FUA, 5, 1).status());
        assertEquals(1, backend.durableWrites());
        Initiator through = Bench.writeThrough(backend).initiator();
        assertEquals(
                ScsiStatus.GOOD,
                send(through, both(before, after, BLOCK), 0, 5, 1).status());
        assertEquals(2, backend.durableWrites());
    }

    @Test
    void noMoreBlocksAreTakenThanTheBlockLimitsPageSays() {
        byte[] limits = initiator.read(64, 0x12, 1, 0xB0, 0, 64, 0).data();
        assertEquals(MOST, limits[5]);
        Answer answer = compareAndWrite(new byte[2 * (MOST + 1) * BLOCK], 0, 5, MOST + 1);
        assertEquals("CDB 13.7", answer.pointer());
        ArrayBackend large = new ArrayBackend(1 << 20, 4096);
        assertEquals(
                8,
                Bench.withBlocksOf(4096, large)
                        .initiator()
                        .read(64, 0x12, 1, 0xB0, 0, 64, 0)
                        .data()[5]);
    }

    @Test
    void noBlocksAreComparedAndWrittenAtOnce() {
        assertEquals(
                ScsiStatus.GOOD,
                compareAndWrite(new byte[0], 0, Bench.BLOCK_COUNT, 0).status());
    }

    @Test
    void twoHundredFiftySixBlocksOverflowTheFieldAndAreRefusedThere() {
        assertEquals(
                "CDB 13.7",
                compareAndWrite(new byte[2 * 256 * BLOCK], 0, 0, 256).pointer());
    }

    @Test
    void blocksBeyondTheEndAreRefused() {
        assertEquals(
                SenseCode.LOGICAL_BLOCK_ADDRESS_OUT_OF_RANGE,
                compareAndWrite(new byte[4 * BLOCK], 0, Bench.BLOCK_COUNT - 1, 2)
                        .code());
    }

    @Test
    void dataOfAnotherLengthThanTwiceTheBlocksIsRefused() {
        for (int bytes : new int[] {0, BLOCK, 2 * BLOCK - 1, 3 * BLOCK}) {
            assertEquals(
                    SenseCode.INVALID_FIELD_IN_COMMAND_INFORMATION_UNIT,
                    compareAndWrite(new byte[bytes], 0, 5, 1).code());
        }
    }

    @Test
    void whatTheStoreCannotDoIsTold() {
        faulty.failNext(Operation.READ, Fault.READ_ERROR, 5 * BLOCK);
        assertEquals(
                SenseCode.UNRECOVERED_READ_ERROR,
                compareAndWrite(both(before, after, BLOCK), 0, 5, 1).code());
        faulty.failNext(Operation.WRITE, Fault.NO_SPACE, -1);
        assertEquals(
                SenseCode.SPACE_ALLOCATION_FAILED_WRITE_PROTECT,
                compareAndWrite(both(before, after, BLOCK), 0, 5, 1).code());
        assertEquals(
                ScsiStatus.GOOD,
                compareAndWrite(both(before, after, BLOCK), 0, 5, 1).status());
    }
}
