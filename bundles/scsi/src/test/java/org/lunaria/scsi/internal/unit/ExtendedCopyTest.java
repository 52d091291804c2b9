package org.lunaria.scsi.internal.unit;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.lunaria.backend.ArrayBackend;
import org.lunaria.backend.BlockBackend;
import org.lunaria.backend.BlockBackend.Capability;
import org.lunaria.backend.Completions;
import org.lunaria.scsi.LunMap;
import org.lunaria.scsi.LunMap.Mapping;
import org.lunaria.scsi.ScsiStatus;
import org.lunaria.scsi.SenseCode;
import org.lunaria.scsi.internal.nolies.SparseStore;
import org.lunaria.scsi.internal.page.DeviceType;
import org.lunaria.scsi.internal.page.Identity;

/** EXTENDED COPY between two units, LUN 0 and LUN 1 (SPC-4 6.4, 6.5). */
class ExtendedCopyTest {
    private static final int BLOCK = Bench.BLOCK_BYTES;
    private static final int SEGMENT_AT = CopyLists.LID1_HEADER + 2 * 32;

    private final ArrayBackend from = filled(1);
    private final ArrayBackend to = filled(2);
    private final Bench bench = Bench.of(from);
    private final LogicalUnit other = bench.engine().unit(Bench.settings("other"));
    private final Initiator host;

    ExtendedCopyTest() {
        assertEquals(Optional.empty(), bench.engine().add(other));
        other.slot().attach(to);
        bench.map(new LunMap(Map.of(0, new Mapping("disk", false), 1, new Mapping("other", false))));
        host = bench.initiator();
    }

    private static ArrayBackend filled(long seed) {
        ArrayBackend backend = Bench.backend();
        byte[] bytes = new byte[Bench.BLOCK_COUNT * BLOCK];
        new Random(seed).nextBytes(bytes);
        backend.contents(0, bytes);
        return backend;
    }

    /** CSCD descriptor 0 is LUN 0, 1 is LUN 1. */
    private CopyLists both() {
        return new CopyLists()
                .naa(bench.unit().settings().identity().naa())
                .naa(other.settings().identity().naa());
    }

    private Answer copy(byte[] list) {
        return host.write(list, CopyLists.cdb(0, list.length));
    }

    private Answer copyLid4(byte[] list) {
        return host.write(list, CopyLists.cdb(1, list.length));
    }

    private static byte[] blocks(ArrayBackend backend, int lba, int count) {
        return backend.contents((long) lba * BLOCK, count * BLOCK);
    }

    private static void assertRefused(SenseCode code, String pointer, Answer answer) {
        assertEquals(code, answer.code());
        assertEquals(pointer, answer.pointer());
    }

    @Test
    void segmentsAreCopiedInOrder() {
        byte[] first = blocks(from, 10, 700);
        byte[] second = blocks(from, 1500, 5);
        assertEquals(
                ScsiStatus.GOOD,
                copy(both().copy(0, 10, 1, 100, 700).copy(0, 1500, 1, 102, 5).lid1(1))
                        .status());
        System.arraycopy(second, 0, first, 2 * BLOCK, second.length);
        assertArrayEquals(first, blocks(to, 100, 700));
        assertArrayEquals(blocks(filled(2), 0, 100), blocks(to, 0, 100));
        assertArrayEquals(blocks(filled(2), 800, 1248), blocks(to, 800, 1248));
        assertArrayEquals(blocks(filled(1), 0, 2048), blocks(from, 0, 2048));
    }

    @Test
    void theLongFormatDoesTheSame() {
        byte[] list = both().copy(1, 2000, 0, 3, 48).lid4(0x12345678);
        assertEquals(ScsiStatus.GOOD, copyLid4(list).status());
        assertArrayEquals(blocks(filled(2), 2000, 48), blocks(from, 3, 48));
    }

    @Test
    void theUnitThatTheCommandIsSentToNeedsNoDescriptor() {
        CopyLists list = new CopyLists()
                .naa(other.settings().identity().naa())
                .copy(0xFFFF, 0, 0, 0, 2048)
                .copy(0xFFFF, 0, 0xFFFF, 1024, 4);
        assertEquals(ScsiStatus.GOOD, copy(list.lid1(1)).status());
        assertArrayEquals(blocks(filled(1), 0, 2048), blocks(to, 0, 2048));
        assertArrayEquals(blocks(filled(1), 0, 4), blocks(from, 1024, 4));
    }

    @Test
    void aUnitIsFoundByItsVendorAndSerialNumber() {
        byte[] name = "LUNARIA serial-other".getBytes(StandardCharsets.US_ASCII);
        assertEquals(20, name.length);
        CopyLists list = new CopyLists().cscd(2, 1, name).copy(0xFFFF, 0, 0, 0, 8);
        assertEquals(ScsiStatus.GOOD, copy(list.lid1(1)).status());
        assertArrayEquals(blocks(from, 0, 8), blocks(to, 0, 8));
    }

    @Test
    void whatOverlapsIsCopiedAsItWas() {
        for (int[] range : new int[][] {{0, 300, 1500}, {300, 0, 1500}, {5, 5, 600}, {10, 11, 1000}}) {
            from.contents(0, blocks(filled(1), 0, 2048));
            byte[] expected = blocks(from, range[0], range[2]);
            assertEquals(
                    ScsiStatus.GOOD,
                    copy(both().copy(0, range[0], 0, range[1], range[2]).lid1(1))
                            .status());
            assertArrayEquals(expected, blocks(from, range[1], range[2]), Arrays.toString(range));
        }
    }

    @Test
    void noBlocksAndNoSegmentsAreNoError() {
        assertEquals(ScsiStatus.GOOD, copy(both().copy(0, 0, 1, 0, 0).lid1(1)).status());
        assertEquals(ScsiStatus.GOOD, copy(both().lid1(1)).status());
        assertEquals(ScsiStatus.GOOD, copy(new byte[0]).status());
        assertArrayEquals(blocks(filled(2), 0, 2048), blocks(to, 0, 2048));
    }

    @Test
    void whatIsNotOnTheMediumAbortsTheCopyBeforeAnythingOfTheSegment() {
        Answer answer = copy(both().copy(0, 0, 1, 0, 4).copy(0, 0, 1, 1, 2048).lid1(1));
        assertRefused(SenseCode.COPY_ABORTED, "list " + (SEGMENT_AT + 28 + 20) + ".7", answer);
        assertEquals(1, answer.sense()[11], "the number of the segment");
        assertArrayEquals(blocks(from, 0, 4), blocks(to, 0, 4));
        assertArrayEquals(blocks(filled(2), 4, 2044), blocks(to, 4, 2044));
        assertRefused(
                SenseCode.COPY_ABORTED,
                "list " + (SEGMENT_AT + 12) + ".7",
                copy(both().copy(0, -1L, 1, 0, 1).lid1(1)));
        assertRefused(
                SenseCode.COPY_ABORTED,
                "list " + (SEGMENT_AT + 20) + ".7",
                copy(both().copy(0, 0, 1, Long.MIN_VALUE, 1).lid1(1)));
    }

    @Test
    void aDescriptorThatIsNotInTheListIsNotReachable() {
        assertRefused(
                SenseCode.COPY_TARGET_DEVICE_NOT_REACHABLE,
                "list " + (SEGMENT_AT + 6) + ".7",
                copy(both().copy(0, 0, 2, 0, 1).lid1(1)));
        assertRefused(
                SenseCode.COPY_TARGET_DEVICE_NOT_REACHABLE,
                "list " + (SEGMENT_AT + 4) + ".7",
                copy(both().copy(0xF800, 0, 1, 0, 1).lid1(1)));
    }

    @Test
    void aDescriptorThatIsWrongAboutItsUnitAbortsTheCopy() {
        Answer answer = copy(both().blockBytes(4096).copy(0, 0, 1, 0, 8).lid1(1));
        assertRefused(
                SenseCode.INCORRECT_COPY_TARGET_DEVICE_TYPE, "list " + (CopyLists.LID1_HEADER + 32) + ".7", answer);
        byte[] tape = both().copy(0, 0, 1, 0, 8).lid1(1);
        tape[CopyLists.LID1_HEADER + 1] = 0x01;
        assertRefused(SenseCode.INCORRECT_COPY_TARGET_DEVICE_TYPE, "list " + CopyLists.LID1_HEADER + ".7", copy(tape));
        byte[] none = both().copy(0, 0, 1, 0, 8).lid1(1);
        none[CopyLists.LID1_HEADER + 1] = 0x20;
        assertEquals(SenseCode.COPY_TARGET_DEVICE_NOT_REACHABLE, copy(none).code());
        assertArrayEquals(blocks(filled(2), 0, 2048), blocks(to, 0, 2048));
    }

    @Test
    void listsThatCannotBeUnderstoodAreRefusedWhole() {
        byte[] list = both().copy(0, 0, 1, 0, 4).copy(0, 0, 1, 0, 4).lid1(1);
        assertRefused(SenseCode.UNSUPPORTED_TARGET_DESCRIPTOR_TYPE_CODE, "list 48.7", copy(with(list, 48, 0xE0)));
        assertRefused(
                SenseCode.UNSUPPORTED_SEGMENT_DESCRIPTOR_TYPE_CODE,
                "list " + (SEGMENT_AT + 28) + ".7",
                copy(with(list, SEGMENT_AT + 28, 0x03)));
        assertRefused(
                SenseCode.INVALID_FIELD_IN_PARAMETER_LIST,
                "list " + (SEGMENT_AT + 30) + ".7",
                copy(with(list, SEGMENT_AT + 31, 20)));
        assertRefused(SenseCode.INVALID_FIELD_IN_PARAMETER_LIST, "list 23.7", copy(with(list, 23, 21)));
        assertRefused(SenseCode.INVALID_FIELD_IN_PARAMETER_LIST, "list 2.7", copy(with(list, 3, 63)));
        assertRefused(SenseCode.INVALID_FIELD_IN_PARAMETER_LIST, "list 8.7", copy(with(list, 11, 55)));
        assertRefused(SenseCode.INVALID_FIELD_IN_PARAMETER_LIST, "list 1.7", copy(with(list, 1, 0x80)));
        assertRefused(SenseCode.INVALID_FIELD_IN_PARAMETER_LIST, "list 1.4", copy(with(list, 1, 0x08)));
        assertRefused(SenseCode.INVALID_FIELD_IN_PARAMETER_LIST, "list 0.7", copy(with(list, 1, 0x18)));
        assertRefused(SenseCode.PARAMETER_LIST_LENGTH_ERROR, "none", copy(with(list, 15, 1)));
        assertRefused(SenseCode.INLINE_DATA_LENGTH_EXCEEDED, "list 12.7", copy(with(Arrays.copyOf(list, 200), 15, 1)));
        for (int length = 1; length < list.length; length++) {
            assertEquals(
                    SenseCode.PARAMETER_LIST_LENGTH_ERROR,
                    copy(Arrays.copyOf(list, length)).code(),
                    length + " bytes");
        }
        assertArrayEquals(blocks(filled(2), 0, 2048), blocks(to, 0, 2048));
    }

    @Test
    void theHeaderOfTheLongFormatIsChecked() {
        byte[] list = both().copy(0, 0, 1, 0, 4).lid4(1);
        String[] pointers = {"0:0 list 0.7", "3:16 list 2.7", "15:1 list 15.0", "15:2 list 15.1", "16:0 list 16.7"};
        for (String each : pointers) {
            String[] part = each.split("[: ]", 3);
            Answer answer = copyLid4(with(list, Integer.parseInt(part[0]), Integer.parseInt(part[1])));
            assertRefused(SenseCode.INVALID_FIELD_IN_PARAMETER_LIST, part[2], answer);
        }
        assertArrayEquals(blocks(filled(2), 0, 2048), blocks(to, 0, 2048));
    }

    @Test
    void asManyDescriptorsAsAreAnnouncedAreTaken() {
        CopyLists list = new CopyLists();
        for (int i = 0; i < 64; i++) {
            list.naa(other.settings().identity().naa()).copy(0xFFFF, i, i, i, 1);
        }
        assertEquals(ScsiStatus.GOOD, copy(list.lid1(1)).status());
        assertArrayEquals(blocks(from, 0, 64), blocks(to, 0, 64));
        CopyLists devices = new CopyLists();
        CopyLists segments = both();
        for (int i = 0; i < 65; i++) {
            devices.naa(other.settings().identity().naa());
            segments.copy(0, 0, 1, 0, 1);
        }
        assertRefused(SenseCode.TOO_MANY_TARGET_DESCRIPTORS, "list 2.7", copy(devices.lid1(1)));
        assertRefused(SenseCode.TOO_MANY_SEGMENT_DESCRIPTORS, "list 8.7", copy(segments.lid1(1)));
        for (int i = 0; i < 65; i++) {
            devices.copy(0, 0, 0, 0, 0);
        }
        assertEquals(
                SenseCode.PARAMETER_LIST_LENGTH_ERROR, copy(devices.lid1(1)).code());
    }

    @Test
    void unitAttentionsOfTheOtherUnitAreLeftToTheInitiator() {
        assertEquals(ScsiStatus.GOOD, copy(both().copy(0, 0, 1, 0, 4).lid1(1)).status());
        assertEquals(
                SenseCode.POWER_ON_RESET_OR_BUS_DEVICE_RESET_OCCURRED,
                host.onLun(1, 0, 0x00).code());
    }

    @Test
    void aCopyToAUnitWithoutWriteCacheIsDurable() {
        ArrayBackend disk = filled(3);
        Initiator by = Bench.writeThrough(disk).initiator();
        byte[] list = new CopyLists().copy(0xFFFF, 0, 0xFFFF, 1024, 1000).lid1(1);
        assertEquals(
                ScsiStatus.GOOD, by.write(list, CopyLists.cdb(0, list.length)).status());
        assertEquals(4, disk.durableWrites());
        assertArrayEquals(blocks(filled(3), 0, 1000), blocks(disk, 1024, 1000));
    }

    @Test
    void blocksOfTwoLengthsAreCopiedWhereBothAreWhole() {
        ArrayBackend large = filled(3);
        LogicalUnit third = bench.engine().unit(largeBlocks(Bench.settings("third")));
        assertEquals(Optional.empty(), bench.engine().add(third));
        third.slot().attach(large);
        bench.map(new LunMap(Map.of(0, new Mapping("disk", false), 2, new Mapping("third", false))));
        host.ready();
        String naa = third.settings().identity().naa();
        CopyLists list = new CopyLists().naa(naa).blockBytes(4096);
        assertEquals(
                ScsiStatus.GOOD, copy(list.copy(0xFFFF, 3, 0, 2, 16).lid1(1)).status());
        assertArrayEquals(blocks(filled(1), 3, 16), blocks(large, 16, 16));
        byte[] counted = new CopyLists()
                .naa(naa)
                .blockBytes(4096)
                .copy(2, 0xFFFF, 40, 0, 6, 2)
                .lid1(1);
        assertEquals(ScsiStatus.GOOD, copy(counted).status());
        assertArrayEquals(blocks(filled(1), 40, 16), blocks(large, 48, 16));
        byte[] back = new CopyLists().naa(naa).copy(0, 1, 0xFFFF, 100, 1).lid1(1);
        assertEquals(SenseCode.INCORRECT_COPY_TARGET_DEVICE_TYPE, copy(back).code());
        byte[] inexact = new CopyLists()
                .naa(naa)
                .blockBytes(4096)
                .copy(0xFFFF, 3, 0, 2, 15)
                .lid1(1);
        assertRefused(
                SenseCode.UNEXPECTED_INEXACT_SEGMENT,
                "list " + (CopyLists.LID1_HEADER + 32 + 10) + ".7",
                copy(inexact));
    }

    @Test
    void aDiscIsASource() {
        ArrayBackend disc = filled(6);
        LogicalUnit drive = bench.engine().unit(drive(Bench.settings("drive")));
        assertEquals(Optional.empty(), bench.engine().add(drive));
        drive.slot().attach(disc);
        bench.map(new LunMap(Map.of(0, new Mapping("disk", false), 2, new Mapping("drive", false))));
        host.ready();
        CopyLists list = new CopyLists().naa(drive.settings().identity().naa()).blockBytes(2048);
        byte[] read = list.copy(0, 5, 0xFFFF, 100, 30).lid1(1);
        assertEquals(SenseCode.INCORRECT_COPY_TARGET_DEVICE_TYPE, copy(read).code());
        read[CopyLists.LID1_HEADER + 1] = 0x05;
        assertEquals(ScsiStatus.GOOD, copy(read).status());
        assertArrayEquals(blocks(disc, 20, 120), blocks(from, 100, 120));
    }

    private static UnitSettings drive(UnitSettings settings) {
        Identity like = settings.identity();
        return new UnitSettings(
                settings.name(),
                settings.backendId(),
                new Identity(
                        DeviceType.CDROM,
                        like.vendor(),
                        like.product(),
                        like.revision(),
                        like.serial(),
                        like.naa(),
                        true,
                        like.rotationRate()),
                2048,
                true,
                settings.writeCache(),
                settings.taskAbortedStatus(),
                settings.policy());
    }

    @Test
    void blocksBehindTheFirstTwoTebibytesAreCopied() {
        Initiator by = Bench.of(new FarStore()).initiator();
        byte[] data = blocks(filled(7), 0, 4);
        long far = (1L << 32) - 2;
        assertEquals(
                ScsiStatus.GOOD, by.write(data, 0x2A, 0, 0, 0, 0, 7, 0, 0, 4, 0).status());
        byte[] list = new CopyLists()
                .copy(0xFFFF, 7, 0xFFFF, far, 4)
                .copy(0xFFFF, far + 2, 0xFFFF, 900, 2)
                .lid1(1);
        assertEquals(
                ScsiStatus.GOOD, by.write(list, CopyLists.cdb(0, list.length)).status());
        assertArrayEquals(
                Arrays.copyOfRange(data, 2 * BLOCK, 4 * BLOCK),
                by.read(2 * BLOCK, 0x28, 0, 0, 0, 900 >> 8, 900 & 0xFF, 0, 0, 2, 0)
                        .data());
    }

    private static UnitSettings largeBlocks(UnitSettings settings) {
        return new UnitSettings(
                settings.name(),
                settings.backendId(),
                settings.identity(),
                4096,
                settings.readOnly(),
                settings.writeCache(),
                settings.taskAbortedStatus(),
                settings.policy());
    }

    @Test
    void verificationTellsWhetherAUnitIsThereAndReady() {
        assertEquals(ScsiStatus.GOOD, copy(both().verify(1, true).lid1(1)).status());
        while (host.onLun(1, 0, 0x1B, 0, 0, 0, 0, 0).status() != ScsiStatus.GOOD) {
            // It hears the unit attentions of LUN 1, and then stops it.
        }
        assertEquals(ScsiStatus.GOOD, copy(both().verify(1, false).lid1(1)).status());
        Answer answer = copy(both().verify(1, true).lid1(1));
        assertRefused(SenseCode.THIRD_PARTY_DEVICE_FAILURE, "list 48.7", answer);
        assertEquals(18, answer.sense()[8], "the status and sense data of the source follow");
        assertEquals(ScsiStatus.CHECK_CONDITION.code(), answer.sense()[18]);
        assertEquals(SenseCode.Key.NOT_READY.code(), answer.sense()[19 + 2]);
        assertEquals(
                SenseCode.COPY_TARGET_DEVICE_NOT_REACHABLE,
                copy(both().verify(5, true).lid1(1)).code());
    }

    @Test
    void aStoreThatIsDoneAtOnceDoesNotKeepTheThreadForTheWholeCopy() throws Exception {
        ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();
        CountDownLatch later = new CountDownLatch(1);
        timer.execute(() -> {
            try {
                later.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        ArrayBackend disk = filled(3);
        Bench busy = Bench.of(disk, Bench.settings("disk"), timer);
        CopyLists list = new CopyLists();
        for (int i = 0; i < 6; i++) {
            list.copy(0xFFFF, 0, 0xFFFF, 1024, 1024);
        }
        Initiator.Sent copy = CopyStand.begin(busy.initiator(), 0, list.lid1(1));
        assertFalse(copy.isAnswered());
        later.countDown();
        while (!copy.isAnswered()) {
            timer.submit(() -> {}).get(60, TimeUnit.SECONDS);
        }
        assertEquals(ScsiStatus.GOOD, copy.answer().status());
        assertArrayEquals(blocks(filled(3), 0, 1024), blocks(disk, 1024, 1024));
        timer.shutdown();
    }

    /** A store of 4 TiB that keeps what is written in pieces of a block. */
    private static final class FarStore implements BlockBackend {
        private final Map<Long, byte[]> kept = new HashMap<>();
        private final Profile profile = new SparseStore(BLOCK, 1L << 33, EnumSet.of(Capability.WRITE)).profile();

        @Override
        public Profile profile() {
            return profile;
        }

        @Override
        public CompletionStage<Void> read(long offset, ByteBuffer target) {
            for (long at = offset; target.hasRemaining(); at += BLOCK) {
                target.put(kept.getOrDefault(at, new byte[BLOCK]));
            }
            return Completions.DONE;
        }

        @Override
        public CompletionStage<Void> write(long offset, ByteBuffer source, Set<Flag> flags) {
            for (long at = offset; source.hasRemaining(); at += BLOCK) {
                byte[] block = new byte[BLOCK];
                source.get(block);
                kept.put(at, block);
            }
            return Completions.DONE;
        }

        @Override
        public CompletionStage<Void> flush() {
            return Completions.DONE;
        }

        @Override
        public void close() {}
    }

    private static byte[] with(byte[] list, int at, int value) {
        byte[] changed = list.clone();
        changed[at] = (byte) value;
        return changed;
    }
}
