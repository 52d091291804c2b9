package org.lunaria.scsi.internal.unit;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
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

/** Kinds of units and stores that are copied. */
class CopiedUnitsTest extends CopyFixture {
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
}
