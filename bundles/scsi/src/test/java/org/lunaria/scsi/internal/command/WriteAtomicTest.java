package org.lunaria.scsi.internal.command;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.HexFormat;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.lunaria.backend.ArrayBackend;
import org.lunaria.backend.BlockBackend.Capability;
import org.lunaria.backend.BlockBackend.Fault;
import org.lunaria.backend.FaultyBackend;
import org.lunaria.backend.InterceptedBackend.Operation;
import org.lunaria.scsi.ScsiStatus;
import org.lunaria.scsi.SenseCode;
import org.lunaria.scsi.internal.unit.Answer;
import org.lunaria.scsi.internal.unit.Bench;
import org.lunaria.scsi.internal.unit.Initiator;

/** WRITE ATOMIC (16) (SBC-4). That no other command sees a part of it is the subject of WriteAtomicConcurrencyTest. */
class WriteAtomicTest {
    private static final int BLOCK = Bench.BLOCK_BYTES;
    private static final int FUA = 0x08;
    private static final int DPO = 0x10;
    private static final int MOST = ArrayBackend.ATOMIC_BYTES / BLOCK;

    private final ArrayBackend backend = Bench.backend();
    private final FaultyBackend faulty = new FaultyBackend(backend);
    private final Initiator initiator = Bench.of(faulty).initiator();

    private static byte[] random(int blocks) {
        byte[] bytes = new byte[blocks * BLOCK];
        new Random(blocks).nextBytes(bytes);
        return bytes;
    }

    private static Answer send(Initiator by, byte[] data, int flags, int lba, int boundary, int blocks) {
        return by.write(
                data, 0x9C, flags, 0, 0, 0, 0, 0, 0, lba >> 8, lba, boundary >> 8, boundary, blocks >> 8, blocks, 0, 0);
    }

    private Answer writeAtomic(byte[] data, int lba, int blocks) {
        return send(initiator, data, 0, lba, 0, blocks);
    }

    private static byte[] limits(Initiator by) {
        return by.read(64, 0x12, 1, 0xB0, 0, 64, 0).data();
    }

    @Test
    void howeverManyChunksTheDataComesInTheStoreSeesOneAtomicWrite() {
        int writes = 0;
        for (int blocks : new int[] {1, 7, 128, 129, 256, 500, MOST}) {
            byte[] data = random(blocks);
            Answer answer = writeAtomic(data, 5, blocks);
            assertEquals(ScsiStatus.GOOD, answer.status());
            assertEquals(0, answer.residual());
            assertArrayEquals(data, backend.contents(5 * BLOCK, data.length));
            writes++;
            assertEquals(writes, backend.atomicWrites());
        }
    }

    @Test
    void withForceUnitAccessOrWithoutWriteCacheItIsDurable() {
        assertEquals(ScsiStatus.GOOD, send(initiator, random(3), DPO, 5, 0, 3).status());
        assertEquals(0, backend.durableWrites());
        assertEquals(
                ScsiStatus.GOOD, send(initiator, random(3), DPO | FUA, 5, 0, 3).status());
        assertEquals(1, backend.durableWrites());
        Initiator through = Bench.writeThrough(backend).initiator();
        assertEquals(ScsiStatus.GOOD, send(through, random(300), 0, 5, 0, 300).status());
        assertEquals(2, backend.durableWrites());
    }

    @Test
    void withAnAtomicBoundaryItIsOneAtomicWriteAllTheSame() {
        assertEquals(ScsiStatus.GOOD, send(initiator, random(8), 0, 5, 2, 8).status());
        assertEquals(ScsiStatus.GOOD, send(initiator, random(8), 0, 5, MOST, 8).status());
        assertEquals(2, backend.atomicWrites());
        assertEquals("CDB 10.7", send(initiator, random(8), 0, 5, MOST + 1, 8).pointer());
    }

    @Test
    void moreBlocksThanTheBlockLimitsPageSaysAreRefused() {
        Answer answer = writeAtomic(random(MOST + 1), 5, MOST + 1);
        assertEquals(SenseCode.INVALID_FIELD_IN_CDB, answer.code());
        assertEquals("CDB 12.7", answer.pointer());
        assertEquals((MOST + 1) * BLOCK, answer.residual());
        assertEquals(0, backend.atomicWrites());
    }

    @Test
    void blocksBeyondTheEndAreRefusedBeforeTheirNumberIs() {
        for (int blocks : new int[] {2, MOST + 1}) {
            assertEquals(
                    SenseCode.LOGICAL_BLOCK_ADDRESS_OUT_OF_RANGE,
                    writeAtomic(random(blocks), Bench.BLOCK_COUNT - 1, blocks).code());
        }
    }

    @Test
    void noBlocksAreWrittenAtOnce() {
        assertEquals(
                ScsiStatus.GOOD, writeAtomic(new byte[0], Bench.BLOCK_COUNT, 0).status());
        assertEquals(0, backend.atomicWrites());
    }

    @Test
    void dataForAPartOfTheBlocksIsRefusedAndNothingIsWritten() {
        for (int bytes : new int[] {0, BLOCK, 3 * BLOCK - 1}) {
            Answer answer = writeAtomic(new byte[bytes], 5, 3);
            assertEquals(SenseCode.INVALID_FIELD_IN_COMMAND_INFORMATION_UNIT, answer.code());
        }
        assertEquals(0, backend.atomicWrites());
    }

    @Test
    void dataBeyondTheBlocksIsLeftOver() {
        Answer answer = writeAtomic(random(4), 5, 3);
        assertEquals(ScsiStatus.GOOD, answer.status());
        assertEquals(BLOCK, answer.residual());
        assertArrayEquals(Arrays.copyOf(random(4), 3 * BLOCK), backend.contents(5 * BLOCK, 3 * BLOCK));
    }

    @Test
    void whatTheStoreCannotDoIsTold() {
        faulty.failNext(Operation.WRITE, Fault.NO_SPACE, -1);
        assertEquals(
                SenseCode.SPACE_ALLOCATION_FAILED_WRITE_PROTECT,
                writeAtomic(random(200), 5, 200).code());
        faulty.failNext(Operation.WRITE, Fault.WRITE_ERROR, 7 * BLOCK);
        assertEquals(7, writeAtomic(random(200), 5, 200).information());
        assertEquals(ScsiStatus.GOOD, writeAtomic(random(200), 5, 200).status());
    }

    @Test
    void onAStoreThatCannotItIsNoCommand() {
        ArrayBackend plain =
                new ArrayBackend(1 << 20, BLOCK, EnumSet.complementOf(EnumSet.of(Capability.ATOMIC_WRITE)));
        Initiator other = Bench.of(plain).initiator();
        Answer answer = send(other, random(1), 0, 5, 0, 1);
        assertEquals(SenseCode.INVALID_COMMAND_OPERATION_CODE, answer.code());
        assertEquals("CDB 0.7", answer.pointer());
        assertEquals("00".repeat(20), HexFormat.of().formatHex(limits(other), 44, 64));
    }

    @Test
    void initiatorsHearOfAStoreThatCanDoMoreOrLess() {
        Bench bench = Bench.of(backend);
        Initiator host = bench.initiator();
        bench.detach(backend);
        ArrayBackend plain =
                new ArrayBackend(1 << 20, BLOCK, EnumSet.complementOf(EnumSet.of(Capability.ATOMIC_WRITE)));
        bench.attach(plain);
        assertEquals(
                SenseCode.INQUIRY_DATA_HAS_CHANGED,
                host.command(0, 0, 0, 0, 0, 0).code());
        bench.detach(plain);
        bench.attach(backend);
        assertEquals(
                SenseCode.INQUIRY_DATA_HAS_CHANGED,
                host.command(0, 0, 0, 0, 0, 0).code());
        assertEquals(ScsiStatus.GOOD, send(host, random(1), 0, 5, 0, 1).status());
    }

    @Test
    void theLimitsAreInLogicalBlocks() {
        Initiator large =
                Bench.withBlocksOf(4096, new ArrayBackend(1 << 20, 4096)).initiator();
        assertEquals(
                "00000040" + "00000000" + "00000000" + "00000040" + "00000040",
                HexFormat.of().formatHex(limits(large), 44, 64));
    }
}
