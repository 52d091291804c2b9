package org.lunaria.scsi.internal.unit;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.lunaria.backend.ArrayBackend;
import org.lunaria.scsi.ScsiStatus;

/**
 * What Windows Server asks of a thinly provisioned disk, by the names of its list: the VPD pages by which it recognises one,
 * UNMAP by trim and by "Optimize Drives", and GET LBA STATUS by which it tells slabs apart. Thresholds and their log page
 * are not there, and the pages say so: Windows then gives no warning before a store is full.
 */
class WindowsThinProvisioningTest {
    private static final int BLOCK = Bench.BLOCK_BYTES;

    private final ArrayBackend store = CopyStand.filled(3);
    private final Initiator windows = Bench.of(store).initiator();

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
        assertEquals(0, provisioning[4], "no threshold, as the page says");
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
