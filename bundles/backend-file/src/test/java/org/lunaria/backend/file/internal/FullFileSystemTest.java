package org.lunaria.backend.file.internal;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.BitSet;
import java.util.EnumSet;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.lunaria.backend.BlockBackend.Fault;
import org.lunaria.backend.BlockBackend.Flag;
import org.lunaria.backend.Completions;
import org.lunaria.backend.TestIo;
import org.lunaria.posix.Glibc;
import org.lunaria.settings.InvalidSetting;

/** What a volume does on a file system that is really full: file systems of the test's own, filled up. */
class FullFileSystemTest {

    private static final Set<Flag> NONE = EnumSet.noneOf(Flag.class);
    private static final int CHUNK = 16 * 1024;

    /** File systems that differ in how they take space. */
    enum Kind {
        EXT4,
        EXT4_DIRECT,
        EXT2,
        XFS,
        XFS_DIRECT,
        TMPFS;

        Mounted mount() throws IOException {
            return switch (this) {
                case EXT4, EXT4_DIRECT -> Mounted.ext4(32 << 20);
                case EXT2 -> Mounted.ext(2, 32 << 20);
                case XFS, XFS_DIRECT -> Mounted.xfs();
                case TMPFS -> Mounted.tmpfs(32 << 20);
            };
        }

        boolean direct() {
            return this == EXT4_DIRECT || this == XFS_DIRECT;
        }
    }

    @ParameterizedTest
    @EnumSource
    void whatWasAcknowledgedIsThereAndAllGoesOnWhenThereIsRoom(Kind kind) throws Exception {
        long seed = Long.getLong("lunaria.seed", System.nanoTime());
        System.out.println("FullFileSystemTest " + kind + ": -Dlunaria.seed=" + seed);
        try (Mounted mounted = kind.mount()) {
            Path filler = leave(mounted, 12 << 20);
            Path path = mounted.folder().resolve("disk.img");
            long size = 64 << 20;
            FileBackend store = open(path, size, "direct", kind.direct());
            int chunks = (int) (size / CHUNK);
            BitSet written = fillUp(store, chunks, new Random(seed));
            assertTrue(written.cardinality() > 100, "some of it went before it was full");

            TestIo.await(store.flush());
            int first = written.nextSetBit(0);
            rewrite(store, first, 1);
            assertEquals(
                    Fault.NO_SPACE,
                    faultOfWrite(store, written.nextClearBit(0)),
                    "after an overwrite it is full still");
            TestIo.await(store.writeZeroes((long) first * CHUNK, CHUNK, NONE));
            rewrite(store, first, 0);
            TestIo.await(store.flush());
            store.close();

            if (kind != Kind.TMPFS) {
                mounted.mountAgain();
            }
            store = open(path, size, "direct", kind.direct());
            check(store, written, chunks);

            Files.delete(filler);
            int missing = written.nextClearBit(0);
            rewrite(store, missing, 0);
            written.set(missing);
            TestIo.await(store.flush());
            check(store, written, chunks);
            store.close();
        }
    }

    @ParameterizedTest
    @EnumSource
    void anUnmapMakesRoom(Kind kind) throws Exception {
        try (Mounted mounted = kind.mount()) {
            leave(mounted, 8 << 20);
            FileBackend store = open(mounted.folder().resolve("disk.img"), 64 << 20, "direct", kind.direct());
            BitSet written = fillUp(store, 4096, new Random(7));
            TestIo.await(store.flush());
            for (int chunk = 0; chunk < 2048; chunk++) {
                TestIo.await(store.unmap((long) chunk * CHUNK, CHUNK));
            }
            TestIo.await(store.flush());
            written.clear(0, 2048);
            int missing = written.nextClearBit(2048);
            rewrite(store, missing, 0);
            written.set(missing);
            check(store, written, 4096);
            store.close();
        }
    }

    @ParameterizedTest
    @EnumSource
    void aPreallocatedVolumeNeverHearsOfIt(Kind kind) throws Exception {
        try (Mounted mounted = kind.mount()) {
            int chunks = 512;
            Path path = mounted.folder().resolve("disk.img");
            Object[] keys = {"direct", kind.direct(), "preallocate", true};
            FileBackend store = open(path, (long) chunks * CHUNK, keys);
            rewrite(store, 9, 0);
            atomic(store, 11);
            TestIo.await(store.flush());
            mounted.fill();
            BitSet written = new BitSet();
            for (int chunk : shuffled(chunks)) {
                rewrite(store, chunk, 0);
                written.set(chunk);
            }
            TestIo.await(store.writeZeroes(0, 64L * CHUNK, NONE));
            for (int chunk = 0; chunk < 64; chunk++) {
                rewrite(store, chunk, 0);
            }
            atomic(store, 100);
            TestIo.await(store.flush());
            store.close();
            store = open(path, (long) chunks * CHUNK, keys);
            check(store, written, chunks);
            store.close();
        }
    }

    @ParameterizedTest
    @EnumSource
    void whereTheJournalHasNoRoomAnAtomicWriteDoesNothing(Kind kind) throws Exception {
        try (Mounted mounted = kind.mount()) {
            FileBackend store = open(mounted.folder().resolve("disk.img"), 16 << 20, "direct", kind.direct());
            rewrite(store, 0, 0);
            TestIo.await(store.flush());
            Path filler = mounted.fill();
            assertEquals(Fault.NO_SPACE, faultOfAtomic(store, 0, 1));
            rewrite(store, 0, 0);
            Files.delete(filler);
            atomic(store, 0);
            filler = mounted.fill();
            atomic(store, 0);
            assertEquals(Fault.NO_SPACE, faultOfAtomic(store, 5, 1), "there is a journal, and no room for the data");
            assertArrayEquals(new byte[CHUNK], new TestIo(store).read(5L * CHUNK, CHUNK));
            Files.delete(filler);
            atomic(store, 5);
            store.close();
        }
    }

    @ParameterizedTest
    @EnumSource
    void withoutRoomNoPreallocatedVolumeIsMade(Kind kind) throws Exception {
        try (Mounted mounted = kind.mount()) {
            leave(mounted, 8 << 20);
            Path path = mounted.folder().resolve("disk.img");
            String message = assertThrows(InvalidSetting.class, () -> open(path, 16 << 20, "preallocate", true))
                    .getMessage();
            assertTrue(message.endsWith("are left; make room, or set preallocate = false."), message);
            assertFalse(Files.exists(path));
        }
    }

    @Test
    void aFileThatIsThereKeepsItsSpaceWhenItsPreallocationIsRefused() throws Exception {
        try (Mounted mounted = Mounted.ext4(32 << 20)) {
            Path path = mounted.folder().resolve("disk.img");
            open(path, 64 << 20).close();
            assertThrows(InvalidSetting.class, () -> open(path, 64 << 20, "preallocate", true));
            assertEquals(0, FileBackendContract.usedBytes(path));
        }
    }

    /** Fills a file system until there are about so many bytes left. */
    private static Path leave(Mounted mounted, long bytes) throws IOException {
        Path reserve = mounted.folder().resolve("reserve");
        Files.write(reserve, new byte[(int) bytes]);
        Path filler = mounted.fill();
        Files.delete(reserve);
        return filler;
    }

    /** Writes chunks by chance, many at once, until nearly all fail. */
    private static BitSet fillUp(FileBackend store, int chunks, Random random) {
        BitSet written = new BitSet();
        int refused = 0;
        int[] order = shuffled(chunks);
        for (int at = 0; at < chunks && refused < 64; at += 16) {
            CompletionStage<?>[] stages = new CompletionStage<?>[16];
            for (int i = 0; i < 16; i++) {
                Set<Flag> flags = random.nextInt(8) == 0 ? EnumSet.of(Flag.DURABLE) : NONE;
                stages[i] = store.write((long) order[at + i] * CHUNK, TestIo.direct(pattern(order[at + i], 0)), flags);
            }
            for (int i = 0; i < 16; i++) {
                Fault fault = fault(stages[i]);
                if (fault == null) {
                    written.set(order[at + i]);
                } else {
                    assertEquals(Fault.NO_SPACE, fault);
                    refused++;
                }
            }
        }
        assertTrue(refused >= 64, "it was never full");
        return written;
    }

    private static Fault fault(CompletionStage<?> stage) {
        return stage.handle((done, thrown) ->
                        thrown == null ? null : Completions.failure(thrown).fault())
                .toCompletableFuture()
                .join();
    }

    /** Each chunk that was acknowledged has what was written; of another each block has that, or nothing. */
    private static void check(FileBackend store, BitSet written, int chunks) {
        TestIo io = new TestIo(store);
        for (int chunk = 0; chunk < chunks; chunk++) {
            byte[] found = io.read((long) chunk * CHUNK, CHUNK);
            byte[] expected = pattern(chunk, 0);
            if (written.get(chunk)) {
                assertArrayEquals(expected, found, "chunk " + chunk);
            } else {
                for (int at = 0; at < CHUNK; at += 512) {
                    byte[] block = Arrays.copyOfRange(found, at, at + 512);
                    boolean fits = Arrays.equals(block, new byte[512])
                            || Arrays.equals(block, Arrays.copyOfRange(expected, at, at + 512));
                    assertTrue(fits, "chunk " + chunk + " at " + at);
                }
            }
        }
    }

    private static void rewrite(FileBackend store, int chunk, int version) {
        TestIo.await(store.write((long) chunk * CHUNK, TestIo.direct(pattern(chunk, version)), NONE));
    }

    private static Fault faultOfWrite(FileBackend store, int chunk) {
        return TestIo.faultOf(store.write((long) chunk * CHUNK, TestIo.direct(pattern(chunk, 0)), NONE));
    }

    private static void atomic(FileBackend store, int chunk) {
        TestIo.await(store.write((long) chunk * CHUNK, TestIo.direct(pattern(chunk, 0)), EnumSet.of(Flag.ATOMIC)));
    }

    private static Fault faultOfAtomic(FileBackend store, int chunk, int version) {
        return TestIo.faultOf(
                store.write((long) chunk * CHUNK, TestIo.direct(pattern(chunk, version)), EnumSet.of(Flag.ATOMIC)));
    }

    private static byte[] pattern(int chunk, int version) {
        return TestIo.pattern(chunk * 2L + version + 1, CHUNK);
    }

    private static int[] shuffled(int count) {
        int[] order = new int[count];
        Random random = new Random(count);
        for (int i = 0; i < count; i++) {
            int at = random.nextInt(i + 1);
            order[i] = order[at];
            order[at] = i;
        }
        return order;
    }

    private static FileBackend open(Path path, long size, Object... keys) {
        Glibc calls = new Glibc();
        return new FileBackend(calls, FileOpener.open(calls, Config.creating(path, size, keys)));
    }
}
