package org.lunaria.scsi.internal.unit;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.lunaria.backend.ArrayBackend;
import org.lunaria.backend.BlockBackend.Fault;
import org.lunaria.backend.FaultyBackend;
import org.lunaria.backend.InterceptedBackend.Operation;
import org.lunaria.scsi.ScsiStatus;
import org.lunaria.scsi.SenseCode;

/**
 * The primitives of VMware's vStorage APIs for Array Integration, by their names, with the commands that an ESXi host sends:
 * what it looks at to find out whether a unit has them, and what they do.
 */
class VaaiTest {
    private static final int BLOCK = Bench.BLOCK_BYTES;
    private static final int SEGMENTS_AT = 16 + 2 * 32;

    private final ArrayBackend disk = CopyStand.filled(1);
    private final ArrayBackend clone = CopyStand.filled(2);
    private final FaultyBackend store = new FaultyBackend(disk);
    private final Bench bench = Bench.of(store);
    private final LogicalUnit other = bench.engine().unit(Bench.settings("other"));
    private final Initiator host;
    private final Initiator secondHost;

    VaaiTest() {
        assertEquals(Optional.empty(), bench.engine().add(other));
        other.slot().attach(clone);
        bench.map(CopyStand.BOTH);
        host = bench.initiator();
        secondHost = bench.initiator("second");
    }

    private byte[] limits() {
        return host.read(64, 0x12, 1, 0xB0, 0, 64, 0).data();
    }

    private static Answer testAndSet(Initiator by, int lba, byte[] expected, byte[] wanted) {
        byte[] data = Arrays.copyOf(expected, 2 * BLOCK);
        System.arraycopy(wanted, 0, data, BLOCK, BLOCK);
        return by.write(data, 0x89, 0, 0, 0, 0, 0, 0, 0, lba >> 8, lba & 0xFF, 0, 0, 0, 1, 0, 0);
    }

    private static byte[] lock(int owner) {
        byte[] block = new byte[BLOCK];
        Arrays.fill(block, (byte) owner);
        return block;
    }

    @Test
    void atomicTestAndSetGivesALockToOneHost() {
        assertTrue(limits()[5] >= 1, "MAXIMUM COMPARE AND WRITE LENGTH");
        byte[] free = CopyStand.blocks(disk, 40, 1);
        assertEquals(ScsiStatus.GOOD, testAndSet(host, 40, free, lock('A')).status());
        assertEquals(
                SenseCode.MISCOMPARE_DURING_VERIFY_OPERATION,
                testAndSet(secondHost, 40, free, lock('B')).code());
        assertArrayEquals(lock('A'), CopyStand.blocks(disk, 40, 1));
        assertEquals(
                ScsiStatus.GOOD,
                testAndSet(secondHost, 40, lock('A'), lock('B')).status());
        assertArrayEquals(lock('B'), CopyStand.blocks(disk, 40, 1));
    }

    @Test
    void blockZeroingClearsARangeByOneBlockOfZeroes() {
        assertTrue(ByteBuffer.wrap(limits()).getLong(36) >= 2048, "MAXIMUM WRITE SAME LENGTH holds 1 MiB");
        byte[] before = CopyStand.blocks(disk, 0, 2048);
        assertEquals(
                ScsiStatus.GOOD,
                host.write(new byte[BLOCK], 0x93, 0, 0, 0, 0, 0, 0, 0, 0, 16, 0, 0, 0x04, 0, 0, 0)
                        .status());
        Arrays.fill(before, 16 * BLOCK, (16 + 1024) * BLOCK, (byte) 0);
        assertArrayEquals(before, CopyStand.blocks(disk, 0, 2048));
    }

    @Test
    void deletedBlocksAreGivenBack() {
        byte[] capacity = host.read(32, 0x9E, 0x10, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 32, 0, 0)
                .data();
        assertEquals(0x80, capacity[14] & 0x80, "LBPME");
        byte[] provisioning = host.read(64, 0x12, 1, 0xB2, 0, 64, 0).data();
        assertEquals(0x80, provisioning[5] & 0x80, "LBPU");
        assertEquals(2, provisioning[6] & 7, "thin provisioned");
        ByteBuffer limits = ByteBuffer.wrap(limits());
        assertTrue(Integer.toUnsignedLong(limits.getInt(20)) >= 2048, "MAXIMUM UNMAP LBA COUNT");
        assertTrue(limits.getInt(24) >= 100, "MAXIMUM UNMAP BLOCK DESCRIPTOR COUNT");

        byte[] before = CopyStand.blocks(disk, 0, 2048);
        ByteBuffer list = ByteBuffer.allocate(8 + 2 * 16);
        list.putShort((short) 38).putShort((short) 32).putInt(0);
        list.putLong(256).putInt(256).putInt(0);
        list.putLong(1024).putInt(512).putInt(0);
        assertEquals(
                ScsiStatus.GOOD,
                host.write(list.array(), 0x42, 0, 0, 0, 0, 0, 0, 0, list.capacity(), 0)
                        .status());
        Arrays.fill(before, 256 * BLOCK, 512 * BLOCK, (byte) 0);
        Arrays.fill(before, 1024 * BLOCK, 1536 * BLOCK, (byte) 0);
        assertArrayEquals(before, CopyStand.blocks(disk, 0, 2048));
        byte[] status = host.read(32, 0x9E, 0x12, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 32, 0, 0)
                .data();
        assertEquals(1, status[20] & 0xF, "block 256 is deallocated");
    }

    @Test
    void fullCopyClonesADiskBetweenUnits() {
        assertEquals(0x08, host.read(96, 0x12, 0, 0, 0, 96, 0).data()[5] & 0x08, "3PC");
        ByteBuffer parameters = host.read(64, 0x84, 0x03, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 64, 0, 0)
                .buffer();
        int segmentsMost = Short.toUnsignedInt(parameters.getShort(10));
        assertTrue(segmentsMost >= 4, "MAXIMUM SEGMENT DESCRIPTOR COUNT");
        CopyLists list = new CopyLists()
                .naa(bench.unit().settings().identity().naa())
                .naa(other.settings().identity().naa());
        for (int lba = 0; lba < 2048; lba += 512) {
            list.copy(0, lba, 1, lba, 512);
        }
        byte[] bytes = list.lid1(1);
        assertEquals(SEGMENTS_AT + 4 * 28, bytes.length);
        assertEquals(
                ScsiStatus.GOOD,
                host.write(bytes, CopyLists.cdb(0, bytes.length)).status());
        assertArrayEquals(CopyStand.blocks(disk, 0, 2048), CopyStand.blocks(clone, 0, 2048));
    }

    @Test
    void aFullStorePausesTheVirtualMachineUntilThereIsRoom() {
        byte[] block = lock('x');
        int[] write = {0x8A, 0, 0, 0, 0, 0, 0, 0, 0, 7, 0, 0, 0, 1, 0, 0};
        byte[] before = CopyStand.blocks(disk, 7, 1);
        store.failNext(Operation.WRITE, Fault.NO_SPACE, -1);
        Answer full = host.write(block, write);
        assertEquals(SenseCode.SPACE_ALLOCATION_FAILED_WRITE_PROTECT, full.code());
        assertEquals(0x07, full.code().key().code(), "DATA PROTECT");
        assertArrayEquals(before, CopyStand.blocks(disk, 7, 1));
        assertEquals(
                ScsiStatus.GOOD,
                host.read(BLOCK, 0x88, 0, 0, 0, 0, 0, 0, 0, 0, 7, 0, 0, 0, 1, 0, 0)
                        .status(),
                "what is there is read on");
        assertEquals(ScsiStatus.GOOD, host.write(block, write).status());
        assertArrayEquals(block, CopyStand.blocks(disk, 7, 1));
    }
}
