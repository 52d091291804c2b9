package org.lunaria.scsi.internal.unit;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.lunaria.backend.ArrayBackend;
import org.lunaria.backend.BlockBackend.Fault;
import org.lunaria.backend.FaultyBackend;
import org.lunaria.backend.InterceptedBackend.Operation;
import org.lunaria.scsi.ScsiStatus;
import org.lunaria.scsi.SenseCode;

/**
 * What Windows Server asks of a thinly provisioned disk, by the names of its list: the VPD pages by which it recognises one,
 * UNMAP by trim and by "Optimize Drives", GET LBA STATUS by which it tells slabs apart, and the threshold with its log page by
 * which it warns before a store is full.
 */
class WindowsThinProvisioningTest {
    private static final int BLOCK = Bench.BLOCK_BYTES;

    private final ArrayBackend store = CopyStand.filled(3);
    private final Bench bench = Bench.of(store, Bench.settings("disk").withSpaceThreshold(1 << 20));
    private final Initiator windows = bench.initiator();

    private byte[] page(int code) {
        return windows.read(255, 0x12, 1, code, 0, 255, 0).data();
    }

    private ByteBuffer lbaStatus(int lba) {
        return windows.read(4096, 0x9E, 0x12, 0, 0, 0, 0, 0, 0, lba >> 8, lba & 0xFF, 0, 0, 0x10, 0, 0, 0)
                .buffer();
    }

    @Test
    void blockLimitsHaveTheLengthAndTheLimitsOfAThinDisk() {
        byte[] limits = page(0xB0);
        assertEquals(0x3C, ByteBuffer.wrap(limits).getShort(2));
        ByteBuffer fields = ByteBuffer.wrap(limits);
        assertTrue(Integer.toUnsignedLong(fields.getInt(20)) > 0, "MAXIMUM UNMAP LBA COUNT");
        assertTrue(Integer.toUnsignedLong(fields.getInt(24)) > 0, "MAXIMUM UNMAP BLOCK DESCRIPTOR COUNT");
        assertTrue(Integer.toUnsignedLong(fields.getInt(28)) > 0, "OPTIMAL UNMAP GRANULARITY");
        assertEquals(0x80, limits[32] & 0x80, "UGAVALID");
    }

    @Test
    void provisioningIsThinWithUnmapAndReadsZeroes() {
        byte[] provisioning = page(0xB2);
        assertEquals(0x80, provisioning[5] & 0x80, "LBPU");
        assertEquals(0x04, provisioning[5] & 0x1C, "LBPRZ");
        assertEquals(2, provisioning[6] & 7, "thin");
        assertEquals(11, provisioning[4], "threshold sets of 2048 blocks");
        byte[] capacity = windows.read(32, 0x9E, 0x10, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 32, 0, 0)
                .data();
        assertEquals(0xC0, capacity[14] & 0xC0, "LBPME and LBPRZ");
    }

    @Test
    void trimmedSlabsAreToldApartByGetLbaStatus() {
        byte[] before = CopyStand.blocks(store, 0, 2048);
        ByteBuffer list = ByteBuffer.allocate(24);
        list.putShort((short) 22).putShort((short) 16).putInt(0);
        list.putLong(512).putInt(1024).putInt(0);
        assertEquals(
                ScsiStatus.GOOD,
                windows.write(list.array(), 0x42, 0, 0, 0, 0, 0, 0, 0, 24, 0).status());
        Arrays.fill(before, 512 * BLOCK, 1536 * BLOCK, (byte) 0);
        assertArrayEquals(before, CopyStand.blocks(store, 0, 2048));

        ByteBuffer status = lbaStatus(0);
        int descriptors = (status.getInt(0) - 4) / 16;
        assertEquals(3, descriptors);
        long[][] expected = {{0, 512, 0}, {512, 1024, 1}, {1536, 512, 0}};
        for (int i = 0; i < descriptors; i++) {
            int at = 8 + 16 * i;
            assertArrayEquals(
                    expected[i], new long[] {status.getLong(at), status.getInt(at + 8), status.get(at + 12) & 0xF});
        }
    }

    @Test
    void theThresholdIsReachedTheLogPageTellsHowMuchIsLeftAndWritesGoOn() {
        store.resize(8 << 20);
        bench.unit().spaceWatch().look();
        windows.command(0x00);
        assertEquals(ScsiStatus.GOOD, windows.command(0x00).status());
        store.takenByOthers(7 << 20);
        bench.unit().spaceWatch().look();
        Answer reached = windows.command(0x00);
        assertEquals(SenseCode.THIN_PROVISIONING_SOFT_THRESHOLD_REACHED, reached.code());
        assertEquals(ScsiStatus.GOOD, windows.command(0x00).status());
        byte[] log = windows.read(255, 0x4D, 0, 0x4C, 0, 0, 0, 0, 0, 255, 0).data();
        assertEquals(
                "8c000018" + "00012308" + "00000000" + "02000000" + "00022308" + "00000001" + "01000000",
                HexFormat.of().formatHex(log));
        byte[] written = CopyStand.blocks(CopyStand.filled(4), 0, 8);
        assertEquals(
                ScsiStatus.GOOD,
                windows.write(written, 0x2A, 0, 0, 0, 0, 64, 0, 0, 8, 0).status());
    }

    @Test
    void aFullStoreRefusesWritesUntilThereIsRoomAgain() {
        FaultyBackend full = new FaultyBackend(CopyStand.filled(3));
        Initiator host = Bench.of(full).initiator();
        byte[] written = CopyStand.blocks(CopyStand.filled(4), 0, 8);
        full.failNext(Operation.WRITE, Fault.NO_SPACE, -1);
        Answer refused = host.write(written, 0x2A, 0, 0, 0, 0, 64, 0, 0, 8, 0);
        assertEquals(SenseCode.SPACE_ALLOCATION_FAILED_WRITE_PROTECT, refused.code());
        full.failNext(Operation.WRITE_ZEROES, Fault.NO_SPACE, -1);
        assertEquals(
                SenseCode.SPACE_ALLOCATION_FAILED_WRITE_PROTECT,
                host.write(new byte[BLOCK], 0x93, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 8, 0, 0)
                        .code());
        assertEquals(
                ScsiStatus.GOOD,
                host.write(written, 0x2A, 0, 0, 0, 0, 64, 0, 0, 8, 0).status());
    }

    @Test
    void whatIsWrittenToATrimmedSlabIsMappedAgain() {
        ByteBuffer list = ByteBuffer.allocate(24);
        list.putShort((short) 22).putShort((short) 16).putInt(0);
        list.putLong(0).putInt(2048).putInt(0);
        assertEquals(
                ScsiStatus.GOOD,
                windows.write(list.array(), 0x42, 0, 0, 0, 0, 0, 0, 0, 24, 0).status());
        assertEquals(1, lbaStatus(0).get(8 + 12) & 0xF);
        byte[] written = CopyStand.blocks(CopyStand.filled(4), 0, 8);
        assertEquals(
                ScsiStatus.GOOD,
                windows.write(written, 0x2A, 0, 0, 0, 0, 64, 0, 0, 8, 0).status());
        assertEquals(0, lbaStatus(64).get(8 + 12) & 0xF);
        assertArrayEquals(written, CopyStand.blocks(store, 64, 8));
    }
}
