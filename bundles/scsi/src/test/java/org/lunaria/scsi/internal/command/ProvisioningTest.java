package org.lunaria.scsi.internal.command;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HexFormat;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.lunaria.backend.ArrayBackend;
import org.lunaria.backend.BlockBackend.Capability;
import org.lunaria.scsi.ScsiStatus;
import org.lunaria.scsi.SenseCode;
import org.lunaria.scsi.internal.unit.Answer;
import org.lunaria.scsi.internal.unit.Bench;
import org.lunaria.scsi.internal.unit.Initiator;

/** UNMAP, WRITE SAME and GET LBA STATUS (SBC-3 5.28, 5.42, 5.43, 5.4). */
class ProvisioningTest {
    private static final int BLOCK = Bench.BLOCK_BYTES;

    private final ArrayBackend backend = Bench.backend();
    private final Initiator initiator = Bench.of(backend).initiator();

    @BeforeEach
    void fill() {
        byte[] full = new byte[Bench.BLOCK_COUNT * BLOCK];
        Arrays.fill(full, (byte) 'a');
        backend.contents(0, full);
    }

    /** An UNMAP parameter list of pairs of LBA and number of blocks. */
    private static byte[] list(long... pairs) {
        int descriptors = pairs.length / 2;
        ByteBuffer list = ByteBuffer.allocate(8 + 16 * descriptors);
        list.putShort((short) (list.capacity() - 2))
                .putShort((short) (16 * descriptors))
                .putInt(0);
        for (int i = 0; i < descriptors; i++) {
            list.putLong(pairs[2 * i]).putInt((int) pairs[2 * i + 1]).putInt(0);
        }
        return list.array();
    }

    private Answer unmap(byte[] list) {
        return initiator.write(list, 0x42, 0, 0, 0, 0, 0, 0, list.length >> 8, list.length, 0);
    }

    private Answer writeSame(byte[] block, int flags, int lba, int blocks) {
        return initiator.write(
                block, 0x93, flags, 0, 0, 0, 0, 0, 0, lba >> 8, lba, 0, blocks >> 16, blocks >> 8, blocks, 0, 0);
    }

    private void assertZero(int lba, int blocks) {
        assertArrayEquals(new byte[blocks * BLOCK], backend.contents((long) lba * BLOCK, blocks * BLOCK));
    }

    private void assertKept(int lba) {
        assertEquals('a', backend.contents((long) lba * BLOCK, 1)[0]);
    }

    @Test
    void unmappedBlocksReadAsZeroesWhateverTheirAlignment() {
        for (int blocks = 1; blocks < 40; blocks++) {
            fill();
            assertEquals(ScsiStatus.GOOD, unmap(list(3, blocks)).status());
            assertZero(3, blocks);
            assertKept(2);
            assertKept(3 + blocks);
        }
    }

    @Test
    void manyDescriptorsAreAllObeyed() {
        long[] pairs = new long[512];
        for (int i = 0; i < 256; i++) {
            pairs[2 * i] = 4L * i;
            pairs[2 * i + 1] = 2;
        }
        assertEquals(ScsiStatus.GOOD, unmap(list(pairs)).status());
        for (int i = 0; i < 256; i++) {
            assertZero(4 * i, 2);
            assertKept(4 * i + 2);
        }
        long[] tooMany = Arrays.copyOf(pairs, 514);
        assertEquals("list 2.7", unmap(list(tooMany)).pointer());
    }

    @Test
    void aListIsCheckedWholeBeforeAnythingIsDone() {
        Answer answer = unmap(list(0, 8, Bench.BLOCK_COUNT - 1, 2));
        assertEquals(SenseCode.LOGICAL_BLOCK_ADDRESS_OUT_OF_RANGE, answer.code());
        assertKept(0);
        assertEquals("list 16.7", unmap(list(0, 0x10_0001)).pointer());
    }

    @Test
    void nothingToUnmapIsDoneAtOnce() {
        assertEquals(ScsiStatus.GOOD, unmap(new byte[0]).status());
        assertEquals(ScsiStatus.GOOD, unmap(list()).status());
        assertEquals(ScsiStatus.GOOD, unmap(list(Bench.BLOCK_COUNT, 0)).status());
    }

    @Test
    void aListThatIsCutOffIsRefused() {
        byte[] whole = list(0, 8);
        for (int length = 1; length < whole.length; length++) {
            assertEquals(
                    SenseCode.PARAMETER_LIST_LENGTH_ERROR,
                    unmap(Arrays.copyOf(whole, length)).code());
        }
        assertKept(0);
    }

    @Test
    void anchorsAreNotSupported() {
        byte[] list = list(0, 8);
        assertEquals(
                "CDB 1.0",
                initiator.write(list, 0x42, 1, 0, 0, 0, 0, 0, 0, list.length, 0).pointer());
        assertEquals("CDB 1.4", writeSame(new byte[BLOCK], 0x18, 0, 1).pointer());
    }

    @Test
    void aStoreThatCannotDeallocateHasNoUnmap() {
        ArrayBackend thick = new ArrayBackend(1 << 20, 512, EnumSet.complementOf(EnumSet.of(Capability.UNMAP)));
        Initiator other = Bench.of(thick).initiator();
        byte[] list = list(0, 8);
        assertEquals(
                SenseCode.INVALID_COMMAND_OPERATION_CODE,
                other.write(list, 0x42, 0, 0, 0, 0, 0, 0, 0, list.length, 0).code());
        assertEquals(
                "CDB 1.3",
                other.write(new byte[BLOCK], 0x41, 8, 0, 0, 0, 0, 0, 0, 1, 0).pointer());
    }

    @Test
    void writeSameRepeatsTheBlock() {
        byte[] block = new byte[BLOCK];
        for (int i = 0; i < BLOCK; i++) {
            block[i] = (byte) i;
        }
        assertEquals(ScsiStatus.GOOD, writeSame(block, 0, 5, 300).status());
        for (int lba = 5; lba < 305; lba++) {
            assertArrayEquals(block, backend.contents((long) lba * BLOCK, BLOCK));
        }
        assertKept(4);
        assertKept(305);
    }

    @Test
    void writeSameOfZeroesWithUnmapDeallocates() {
        assertEquals(ScsiStatus.GOOD, writeSame(new byte[BLOCK], 0x08, 8, 16).status());
        assertZero(8, 16);
        assertTrue(lbaStatus(8, 24).endsWith("0000000000000008" + "00000010" + "01000000"), lbaStatus(8, 24));
        assertEquals(ScsiStatus.GOOD, writeSame(new byte[0], 0x09, 40, 8).status());
        assertZero(40, 8);
    }

    @Test
    void writeSameWithoutUnmapKeepsTheBlocksMapped() {
        assertEquals(ScsiStatus.GOOD, writeSame(new byte[BLOCK], 0, 8, 8).status());
        assertZero(8, 8);
        assertTrue(lbaStatus(8, 24).endsWith("00000000"));
    }

    @Test
    void writeSameTakesExactlyOneBlockOfData() {
        for (int bytes : new int[] {0, BLOCK / 2, 2 * BLOCK}) {
            assertEquals(
                    SenseCode.INVALID_FIELD_IN_COMMAND_INFORMATION_UNIT,
                    writeSame(new byte[bytes], 0, 0, 1).code());
        }
        assertKept(0);
    }

    @Test
    void writeSameOfNoBlocksOrTooManyIsRefusedAndOneBeyondTheEndFirst() {
        assertEquals("CDB 10.7", writeSame(new byte[BLOCK], 0, 0, 0).pointer());
        assertEquals(
                SenseCode.LOGICAL_BLOCK_ADDRESS_OUT_OF_RANGE,
                writeSame(new byte[BLOCK], 0, Bench.BLOCK_COUNT + 1, 0).code());
    }

    private String reported(int type) {
        Answer answer = initiator.read(1024, 0x9E, 0x12, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 4, 0, type, 0);
        return HexFormat.of().formatHex(answer.data());
    }

    @Test
    void aReportTypeTellsOfItsBlocksOnly() {
        unmap(list(16, 32));
        String before = "0000000000000000" + "00000010";
        String hole = "0000000000000010" + "00000020" + "01000000";
        String behind = "0000000000000030" + "000007d0";
        assertEquals("00000034" + "00000007" + before + "00000000" + hole + behind + "00000000", reported(0x00));
        assertEquals("00000034" + "00000007" + before + "03000000" + hole + behind + "03000000", reported(0x01));
        assertEquals("00000024" + "00000007" + before + "03000000" + behind + "03000000", reported(0x02));
        assertEquals("00000014" + "00000007" + hole, reported(0x03));
        assertEquals("00000004" + "00000007", reported(0x04));
        for (int type : new int[] {0x05, 0x10, 0xFF}) {
            assertEquals(
                    "CDB 14.7",
                    initiator
                            .read(24, 0x9E, 0x12, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 24, type, 0)
                            .pointer());
        }
    }

    @Test
    void manyDescriptorsAreToldInParts() {
        ArrayBackend wide = new ArrayBackend(1026 * 2 * ArrayBackend.UNMAP_BYTES, BLOCK);
        byte[] byteOfEach = {1};
        for (int i = 0; i < 1026; i++) {
            wide.contents((long) i * 2 * ArrayBackend.UNMAP_BYTES, byteOfEach);
        }
        Initiator by = Bench.of(wide).initiator();
        for (int i = 0; i < 1026; i++) {
            int lba = 16 * i + 8;
            byte[] one = list(lba, 8);
            by.write(one, 0x42, 0, 0, 0, 0, 0, 0, 0, one.length, 0);
        }
        Answer first = by.read(65535, 0x9E, 0x12, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xFF, 0xFF, 0x03, 0);
        assertEquals(8 + 1024 * 16, first.data().length);
        assertEquals(1, first.data()[7]);
        int next = 16 * 1023 + 16;
        Answer rest = by.read(65535, 0x9E, 0x12, 0, 0, 0, 0, 0, 0, next >> 8, next, 0, 0, 0xFF, 0xFF, 0x03, 0);
        assertEquals(8 + 2 * 16, rest.data().length);
        assertEquals(7, rest.data()[7]);
    }

    private String lbaStatus(int lba, int allocation) {
        Answer answer = initiator.read(
                allocation, 0x9E, 0x12, 0, 0, 0, 0, 0, 0, lba >> 8, lba, 0, 0, allocation >> 8, allocation, 0, 0);
        assertEquals(ScsiStatus.GOOD, answer.status());
        return HexFormat.of().formatHex(answer.data());
    }

    @Test
    void lbaStatusTellsHolesAndData() {
        unmap(list(16, 32));
        assertEquals(
                "00000034" + "00000007"
                        + "0000000000000002" + "0000000e" + "00000000"
                        + "0000000000000010" + "00000020" + "01000000"
                        + "0000000000000030" + "000007d0" + "00000000",
                lbaStatus(2, 1024));
        assertEquals("00000024" + "00000007" + "0000000000000014" + "0000001c" + "01000000", lbaStatus(20, 24));
        assertEquals("00000024", lbaStatus(20, 4));
    }

    @Test
    void aBlockThatIsAHoleOnlyInPartIsMapped() {
        Initiator large = Bench.withBlocksOf(4096, backend).initiator();
        unmap(list(8, 8));
        Answer answer = large.read(40, 0x9E, 0x12, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 40, 0, 0);
        assertEquals(
                "00000034" + "00000007" + "0000000000000000" + "00000001" + "00000000" + "0000000000000001" + "00000001"
                        + "01000000",
                HexFormat.of().formatHex(answer.data()));
    }

    @Test
    void aUnitThatCannotDeallocateIsMappedThroughout() {
        ArrayBackend thick = new ArrayBackend(64 * BLOCK, BLOCK, EnumSet.complementOf(EnumSet.of(Capability.UNMAP)));
        Answer answer = Bench.of(thick).initiator().read(40, 0x9E, 0x12, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 40, 0, 0);
        assertEquals(
                "00000014" + "00000007" + "0000000000000000" + "00000040" + "00000000",
                HexFormat.of().formatHex(answer.data()));
    }

    @Test
    void lbaStatusBeyondTheLastBlockIsRefused() {
        int lba = Bench.BLOCK_COUNT;
        assertEquals(
                SenseCode.LOGICAL_BLOCK_ADDRESS_OUT_OF_RANGE,
                initiator
                        .read(24, 0x9E, 0x12, 0, 0, 0, 0, 0, 0, lba >> 8, lba, 0, 0, 0, 24, 0, 0)
                        .code());
    }

    @Test
    void withoutAWriteCacheDeallocationIsDurable() {
        Initiator careful = Bench.writeThrough(backend).initiator();
        byte[] list = list(0, 8);
        assertEquals(
                ScsiStatus.GOOD,
                careful.write(list, 0x42, 0, 0, 0, 0, 0, 0, 0, list.length, 0).status());
        assertEquals(1, backend.flushes());
    }
}
