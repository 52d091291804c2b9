package org.lunaria.scsi.internal.command;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.lunaria.backend.ArrayBackend;
import org.lunaria.backend.BlockBackend.Fault;
import org.lunaria.backend.FaultyBackend;
import org.lunaria.backend.InterceptedBackend.Operation;
import org.lunaria.scsi.ScsiStatus;
import org.lunaria.scsi.SenseCode;
import org.lunaria.scsi.internal.unit.Answer;
import org.lunaria.scsi.internal.unit.Bench;
import org.lunaria.scsi.internal.unit.Initiator;

/** READ and WRITE in all lengths of CDB (SBC-3 5.9 to 5.12, 5.31 to 5.34). */
class ReadWriteTest {
    private static final int BLOCK = Bench.BLOCK_BYTES;
    private static final int LAST = Bench.BLOCK_COUNT - 1;

    private final ArrayBackend backend = Bench.backend();
    private final Initiator initiator = Bench.of(backend).initiator();

    private static byte[] random(int bytes) {
        long seed = System.nanoTime();
        System.out.println("seed " + seed);
        byte[] data = new byte[bytes];
        new Random(seed).nextBytes(data);
        return data;
    }

    private static int[] read10(int lba, int blocks) {
        return new int[] {0x28, 0, lba >> 24, lba >> 16, lba >> 8, lba, 0, blocks >> 8, blocks, 0};
    }

    private static int[] write10(int lba, int blocks) {
        int[] cdb = read10(lba, blocks);
        cdb[0] = 0x2A;
        return cdb;
    }

    /** The CDB of a READ (operation codes 08h, 28h, A8h, 88h) or WRITE (0Ah, 2Ah, AAh, 8Ah). */
    private static int[] cdb(int opcode, int lba, int blocks) {
        return switch (opcode >> 4) {
            case 0x0 -> new int[] {opcode, lba >> 16, lba >> 8, lba, blocks, 0};
            case 0x2 -> new int[] {opcode, 0, lba >> 24, lba >> 16, lba >> 8, lba, 0, blocks >> 8, blocks, 0};
            case 0xA ->
                new int[] {
                    opcode,
                    0,
                    lba >> 24,
                    lba >> 16,
                    lba >> 8,
                    lba,
                    blocks >> 24,
                    blocks >> 16,
                    blocks >> 8,
                    blocks,
                    0,
                    0
                };
            default ->
                new int[] {
                    opcode,
                    0,
                    0,
                    0,
                    0,
                    0,
                    lba >> 24,
                    lba >> 16,
                    lba >> 8,
                    lba,
                    blocks >> 24,
                    blocks >> 16,
                    blocks >> 8,
                    blocks,
                    0,
                    0
                };
        };
    }

    @ParameterizedTest
    @ValueSource(ints = {0x08, 0x28, 0xA8, 0x88})
    void whatIsWrittenIsReadByEachLengthOfCdb(int opcode) {
        byte[] data = random(200 * BLOCK);
        assertEquals(
                ScsiStatus.GOOD, initiator.write(data, cdb(opcode + 2, 7, 200)).status());
        Answer answer = initiator.read(data.length, cdb(opcode, 7, 200));
        assertEquals(ScsiStatus.GOOD, answer.status());
        assertArrayEquals(data, answer.data());
        assertEquals(0, answer.residual());
        assertArrayEquals(data, backend.contents(7 * BLOCK, data.length));
    }

    @Test
    void aLongTransferGoesInChunks() {
        byte[] data = random(Bench.BLOCK_COUNT * BLOCK);
        assertEquals(
                ScsiStatus.GOOD,
                initiator.write(data, write10(0, Bench.BLOCK_COUNT)).status());
        assertArrayEquals(
                data, initiator.read(data.length, read10(0, Bench.BLOCK_COUNT)).data());
    }

    @Test
    void zeroBlocksAreTwoHundredFiftySixForTheSixByteCdbsOnly() {
        assertEquals(
                256 * BLOCK, initiator.read(256 * BLOCK, 0x08, 0, 0, 0, 0, 0).data().length);
        Answer none = initiator.read(BLOCK, read10(0, 0));
        assertEquals(ScsiStatus.GOOD, none.status());
        assertEquals(0, none.data().length);
        assertEquals(BLOCK, none.residual());
    }

    @ParameterizedTest
    @ValueSource(ints = {0x08, 0x0A, 0x28, 0x2A, 0xA8, 0xAA, 0x88, 0x8A})
    void aRangeBeyondTheLastBlockIsRefusedWithSense(int opcode) {
        boolean writes = (opcode & 2) != 0;
        byte[] data = new byte[2 * BLOCK];
        int[] cdb = cdb(opcode, LAST, 2);
        Answer answer = writes ? initiator.write(data, cdb) : initiator.read(data.length, cdb);
        assertEquals(SenseCode.LOGICAL_BLOCK_ADDRESS_OUT_OF_RANGE, answer.code());
        assertEquals(data.length, answer.residual());
        assertEquals(0, answer.data().length);
    }

    @Test
    void anLbaOfSixtyFourBitsIsUnsigned() {
        for (int top : new int[] {0x80, 0xFF}) {
            int low = top == 0xFF ? 0xFF : 0;
            Answer answer = initiator.read(
                    BLOCK, 0x88, 0, top, low, low, low, low, low, low, low, 0, 0, 0, top == 0xFF ? 0 : 1, 0, 0);
            assertEquals(SenseCode.LOGICAL_BLOCK_ADDRESS_OUT_OF_RANGE, answer.code());
        }
    }

    @Test
    void protectionInformationIsRefusedAtItsField() {
        for (int protect = 1; protect < 8; protect++) {
            int[] cdb = read10(0, 1);
            cdb[1] = protect << 5;
            Answer answer = initiator.read(BLOCK, cdb);
            assertEquals(SenseCode.INVALID_FIELD_IN_CDB, answer.code());
            assertEquals("CDB 1.7", answer.pointer());
        }
    }

    @Test
    void forceUnitAccessMakesAWriteDurable() {
        int[] cdb = write10(0, 1);
        cdb[1] = 0x08;
        assertEquals(ScsiStatus.GOOD, initiator.write(new byte[BLOCK], cdb).status());
        assertEquals(1, backend.durableWrites());
        assertEquals(
                ScsiStatus.GOOD, initiator.write(new byte[BLOCK], write10(0, 1)).status());
        assertEquals(1, backend.durableWrites());
    }

    @Test
    void aLongDurableWriteIsFlushedOnceAtItsEnd() {
        int[] cdb = write10(0, 1024);
        cdb[1] = 0x08;
        assertEquals(
                ScsiStatus.GOOD, initiator.write(new byte[1024 * BLOCK], cdb).status());
        assertEquals(1, backend.flushes());
        assertEquals(0, backend.durableWrites());
    }

    @Test
    void withoutAWriteCacheEachWriteIsDurable() {
        Initiator careful = Bench.writeThrough(backend).initiator();
        assertEquals(
                ScsiStatus.GOOD, careful.write(new byte[BLOCK], write10(0, 1)).status());
        assertEquals(1, backend.durableWrites());
    }

    @Test
    void aReadWithForceUnitAccessBringsTheCacheToTheMediumFirst() {
        int[] cdb = read10(0, 1);
        cdb[1] = 0x18;
        assertEquals(ScsiStatus.GOOD, initiator.read(BLOCK, cdb).status());
        assertEquals(1, backend.flushes());
    }

    @Test
    void aReadIntoAShortBufferFillsItAndReportsTheOverflow() {
        byte[] data = random(3 * BLOCK);
        backend.contents(0, data);
        for (int room : new int[] {0, 200, BLOCK, BLOCK + 200}) {
            Answer answer = initiator.read(room, read10(0, 3));
            assertEquals(ScsiStatus.GOOD, answer.status());
            assertArrayEquals(Arrays.copyOf(data, room), answer.data());
            assertEquals(room - 3 * BLOCK, answer.residual());
        }
    }

    @Test
    void aReadIntoALongBufferReportsTheUnderflow() {
        Answer answer = initiator.read(10_000, read10(0, 1));
        assertEquals(BLOCK, answer.data().length);
        assertEquals(10_000 - BLOCK, answer.residual());
    }

    @Test
    void aWriteOfFewerBlocksThanTheCdbSaysWritesThoseAndReportsTheOverflow() {
        byte[] data = random(BLOCK);
        Answer answer = initiator.write(data, write10(0, 2));
        assertEquals(ScsiStatus.GOOD, answer.status());
        assertEquals(-BLOCK, answer.residual());
        assertArrayEquals(data, backend.contents(0, BLOCK));
        assertEquals(-BLOCK, initiator.write(new byte[0], write10(0, 1)).residual());
    }

    @Test
    void aWriteOfAPartOfABlockIsRefusedAndChangesNothing() {
        byte[] before = random(BLOCK);
        backend.contents(0, before);
        Answer answer = initiator.write(new byte[200], write10(0, 1));
        assertEquals(SenseCode.INVALID_FIELD_IN_COMMAND_INFORMATION_UNIT, answer.code());
        assertEquals(200 - BLOCK, answer.residual());
        assertArrayEquals(before, backend.contents(0, BLOCK));
    }

    @Test
    void aWriteOfMoreThanTheCdbSaysTakesWhatTheCdbSays() {
        byte[] data = random(2 * BLOCK);
        Answer answer = initiator.write(data, write10(0, 1));
        assertEquals(BLOCK, answer.residual());
        assertArrayEquals(Arrays.copyOf(data, BLOCK), backend.contents(0, BLOCK));
        assertArrayEquals(new byte[BLOCK], backend.contents(BLOCK, BLOCK));
    }

    @Test
    void aReadErrorNamesTheBlockAndWhatWasNotMoved() {
        FaultyBackend faulty = new FaultyBackend(backend);
        Initiator unlucky = Bench.of(faulty).initiator();
        faulty.failNext(Operation.READ, Fault.READ_ERROR, 5 * BLOCK + 17);
        Answer answer = unlucky.read(4 * BLOCK, read10(4, 4));
        assertEquals(SenseCode.UNRECOVERED_READ_ERROR, answer.code());
        assertEquals(5, answer.information());
        assertEquals(4 * BLOCK, answer.residual());
    }

    @Test
    void eachFaultOfAStoreHasItsAnswer() {
        FaultyBackend faulty = new FaultyBackend(backend);
        Initiator unlucky = Bench.of(faulty).initiator();
        for (Fault fault : Fault.values()) {
            faulty.failNext(fault);
            Answer answer = unlucky.write(new byte[BLOCK], write10(0, 1));
            switch (fault) {
                case BUSY -> assertEquals(ScsiStatus.BUSY, answer.status());
                case OFFLINE -> assertEquals(SenseCode.LOGICAL_UNIT_IS_IN_PROCESS_OF_BECOMING_READY, answer.code());
                case READ_ERROR -> assertEquals(SenseCode.UNRECOVERED_READ_ERROR, answer.code());
                case WRITE_ERROR -> assertEquals(SenseCode.WRITE_ERROR, answer.code());
                case NO_SPACE -> assertEquals(SenseCode.SPACE_ALLOCATION_FAILED_WRITE_PROTECT, answer.code());
                case READ_ONLY -> assertEquals(SenseCode.WRITE_PROTECTED, answer.code());
                case UNSUPPORTED, INTERNAL -> assertEquals(SenseCode.INTERNAL_TARGET_FAILURE, answer.code());
            }
        }
        assertEquals(0, faulty.failuresLeft());
    }

    @Test
    void blocksOfFourKibibytesAreAddressedAsSuch() {
        Initiator large = Bench.withBlocksOf(4096, backend).initiator();
        byte[] data = random(4096);
        assertEquals(ScsiStatus.GOOD, large.write(data, write10(3, 1)).status());
        assertArrayEquals(data, backend.contents(3 * 4096, 4096));
        assertEquals(
                SenseCode.LOGICAL_BLOCK_ADDRESS_OUT_OF_RANGE,
                large.read(4096, read10(Bench.BLOCK_COUNT / 8, 1)).code());
    }
}
