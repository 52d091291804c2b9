package org.lunaria.backend.file.internal;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.lunaria.backend.BlockBackend.Extent;
import org.lunaria.backend.BlockBackend.Fault;
import org.lunaria.backend.BlockBackend.Flag;
import org.lunaria.backend.BlockBackend.Mapping;
import org.lunaria.backend.BlockBackend.Profile;
import org.lunaria.backend.TestIo;
import org.lunaria.posix.Errno;
import org.lunaria.posix.FaultyCalls;

/** A file that somebody makes longer or shorter while it is served. */
@Timeout(60)
class FileWatchTest {

    private static final int SIZE = 1 << 20;
    private static final Set<Flag> NONE = EnumSet.noneOf(Flag.class);

    private final FaultyCalls calls = new FaultyCalls();
    private final AtomicLong clock = new AtomicLong();

    @TempDir
    private Path folder;

    private Path path;
    private FileBackend store;

    @AfterEach
    void close() throws IOException {
        store.close();
    }

    @Test
    void growthIsSeenWithinASecondAndServed() throws Exception {
        open();
        Profile before = store.profile();
        resize(2 * SIZE);
        assertSame(before, store.profile(), "not yet looked at");
        assertEquals(2 * SIZE, look().capacityBytes());
        TestIo io = new TestIo(store);
        io.write(2 * SIZE - 4096, TestIo.pattern(1, 4096));
        assertArrayEquals(TestIo.pattern(1, 4096), io.read(2 * SIZE - 4096, 4096));
        assertSame(store.profile(), look(), "the same object while nothing changes");
    }

    @Test
    void anOddEndIsNotServed() throws Exception {
        open();
        resize(2 * SIZE + 700);
        assertEquals(2 * SIZE + 512, look().capacityBytes());
    }

    @Test
    void whatGrowsIsPreallocatedToo() throws Exception {
        open("preallocate", true);
        resize(2 * SIZE);
        assertEquals(2 * SIZE, look().capacityBytes());
        assertTrue(FileBackendContract.usedBytes(path) >= 2 * SIZE);
    }

    @Test
    void withoutRoomAPreallocatedFileStaysAsItIsUntilItGrowsAgain() throws Exception {
        open("preallocate", true);
        calls.fail("fallocate", Errno.ENOSPC);
        long before = calls.count("fallocate");
        resize(2 * SIZE);
        while (calls.count("fallocate") == before) {
            look();
        }
        assertEquals(SIZE, look().capacityBytes());
        assertTrue(
                store.trouble().endsWith("no space left (ENOSPC). Make room, and make it grow again."),
                store.trouble());
        calls.workAgain("fallocate");
        resize(3 * SIZE);
        assertEquals(3 * SIZE, look().capacityBytes());
        assertEquals("", store.trouble());
    }

    @Test
    void aFileThatWasCutOffKeepsItsSizeAndFailsWhereNothingIs() throws Exception {
        open();
        Profile before = store.profile();
        resize(SIZE / 2);
        assertSame(before, look());
        assertTrue(store.trouble().startsWith("Somebody has cut the file off: it has 524288 bytes, and had 1048576."));
        assertEquals(Fault.WRITE_ERROR, TestIo.faultOf(store.write(SIZE - 4096, page(), NONE)));
        assertEquals(Fault.WRITE_ERROR, TestIo.faultOf(store.write(SIZE - 4096, page(), EnumSet.of(Flag.ATOMIC))));
        assertEquals(Fault.WRITE_ERROR, TestIo.faultOf(store.writeZeroes(SIZE - 4096, 4096, NONE)));
        assertEquals(Fault.WRITE_ERROR, TestIo.faultOf(store.unmap(SIZE - 4096, 4096)));
        assertEquals(Fault.READ_ERROR, TestIo.faultOf(store.read(SIZE - 4096, page())));
        TestIo io = new TestIo(store);
        assertEquals(List.of(new Extent(0, SIZE / 2, Mapping.HOLE)), io.extents(0, SIZE));
        assertEquals(List.of(new Extent(SIZE / 2, SIZE / 2, Mapping.DATA)), io.extents(SIZE / 2, SIZE / 2), "no hole");
        new TestIo(store).write(0, TestIo.pattern(1, 4096));
        assertEquals(SIZE / 2, Files.size(path), "nothing has made a hole of what is lost");
        resize(SIZE);
        assertSame(before, look());
        assertEquals("", store.trouble());
        TestIo.await(store.write(SIZE - 4096, page(), NONE));
    }

    @Test
    void anAtomicWriteOfWhatHasGrownIsFinishedAfterACrash() throws Exception {
        open();
        atomic(0, 1);
        // Has the journal cleared: nothing in it counts any more, and it knows the smaller volume.
        new TestIo(store).write(0, TestIo.pattern(3, 4096));
        resize(2 * SIZE);
        look();
        atomic(2 * SIZE - 4096, 2);
        Path journal = Path.of(path + JournalFormat.SUFFIX);
        byte[] crashed = Files.readAllBytes(journal);
        store.close();
        new TestIo(store = reopen()).write(2 * SIZE - 4096, new byte[4096]);
        store.close();
        Files.write(journal, crashed);
        store = reopen();
        assertArrayEquals(TestIo.pattern(2, 4096), new TestIo(store).read(2 * SIZE - 4096, 4096));
    }

    @Test
    void aStepOfGrowthThatFailsLeavesTheFileAsItWas() throws Exception {
        open("preallocate", true);
        for (String step : new String[] {"fallocate", "ftruncate"}) {
            calls.fail(step, Errno.ENOSPC);
            assertEquals(Fault.NO_SPACE, TestIo.faultOf(store.resize(2 * SIZE)), step);
            assertEquals(SIZE, store.profile().capacityBytes());
            assertEquals(SIZE, Files.size(path), step);
            calls.workAgain(step);
        }
        TestIo.await(store.resize(2 * SIZE));
        assertEquals(2 * SIZE, look().capacityBytes());
        assertTrue(FileBackendContract.usedBytes(path) >= 2 * SIZE);
        assertEquals("", store.trouble());
    }

    @Test
    void growthThatFindsWritesLostLeavesTheFileAsItWasAndNoFlushForgetsThem() throws Exception {
        open();
        calls.fail("fdatasync", Errno.EIO);
        assertEquals(Fault.WRITE_ERROR, TestIo.faultOf(store.resize(2 * SIZE)));
        calls.workAgain("fdatasync");
        assertEquals(SIZE, store.profile().capacityBytes());
        assertEquals(SIZE, Files.size(path));
        assertEquals(Fault.WRITE_ERROR, TestIo.faultOf(store.flush()));
        assertTrue(store.trouble().startsWith("Writes were lost (input/output error (EIO))"), store.trouble());
        assertThrows(IOException.class, store::close);
        store = reopen();
    }

    @Test
    void whatCannotBeCutKeepsItsSizeAndWhatIsCutAndNotFlushedIsServedAsItIs() throws Exception {
        open();
        new TestIo(store).write(SIZE - 4096, TestIo.pattern(1, 4096));
        calls.fail("ftruncate", Errno.EIO);
        assertEquals(Fault.WRITE_ERROR, TestIo.faultOf(store.resize(SIZE / 2)));
        assertEquals(SIZE, store.profile().capacityBytes());
        assertArrayEquals(TestIo.pattern(1, 4096), new TestIo(store).read(SIZE - 4096, 4096));
        calls.workAgain("ftruncate");
        calls.fail("fdatasync", Errno.EIO);
        assertEquals(Fault.WRITE_ERROR, TestIo.faultOf(store.resize(SIZE / 2)));
        assertEquals(SIZE / 2, Files.size(path));
        assertEquals(SIZE / 2, look().capacityBytes());
        assertThrows(IOException.class, store::close);
        calls.workAgain("fdatasync");
        store = reopen();
    }

    @Test
    void whatSomebodyCutOffDoesNotGrow() throws Exception {
        open();
        resize(SIZE / 2);
        look();
        assertEquals(Fault.WRITE_ERROR, TestIo.faultOf(store.resize(2 * SIZE)));
        assertEquals(SIZE / 2, Files.size(path));
    }

    @Test
    void anAtomicWriteDoesNotComeBackBehindASmallerEndAndOneBeforeItDoes() throws Exception {
        open();
        atomic(SIZE - 4096, 1);
        TestIo.await(store.resize(SIZE / 2));
        assertEquals(SIZE / 2, look().capacityBytes());
        assertEquals("", store.trouble());
        atomic(0, 2);
        Path journal = Path.of(path + JournalFormat.SUFFIX);
        byte[] crashed = Files.readAllBytes(journal);
        store.close();
        new TestIo(store = reopen()).write(0, new byte[4096]);
        store.close();
        Files.write(journal, crashed);
        store = reopen();
        assertEquals(SIZE / 2, store.profile().capacityBytes());
        assertArrayEquals(TestIo.pattern(2, 4096), new TestIo(store).read(0, 4096));
    }

    @Test
    void thatNoRoomIsFoundIsToldUntilThereIsMore() throws Exception {
        try (Mounted small = Mounted.tmpfs(8 << 20)) {
            path = small.folder().resolve("disk.img");
            store = new FileBackend(
                    calls, FileOpener.open(calls, Config.creating(path, 64 << 20)), Journal.LOG_BYTES, clock::get);
            Path filler = small.fill();
            assertEquals(Fault.NO_SPACE, TestIo.faultOf(store.write(0, page(), NONE)));
            while (store.trouble().isEmpty()) {
                // Who waits for a write may hear of its end before the store has noted it.
                Thread.onSpinWait();
            }
            look();
            String trouble = store.trouble();
            assertTrue(trouble.startsWith("Writes that need space fail (volume disk-1 ("), trouble);
            assertTrue(trouble.endsWith(": write of 4096 bytes at 0: no space left (ENOSPC)); make room."), trouble);
            Files.delete(filler);
            look();
            assertEquals("", store.trouble());
            TestIo.await(store.write(0, page(), NONE));
            store.close();
        }
    }

    @Test
    void aSizeThatCannotBeAskedChangesNothing() throws Exception {
        open();
        calls.fail("lseek", Errno.EIO);
        assertEquals(SIZE, look().capacityBytes());
        calls.workAgain("lseek");
        resize(2 * SIZE);
        assertEquals(2 * SIZE, look().capacityBytes());
    }

    @Test
    void aFileThatIsNotAtItsPathAnyMoreServesOnAndIsToldUntilItIsBack() throws Exception {
        open();
        TestIo io = new TestIo(store);
        Path elsewhere = folder.resolve("elsewhere.img");
        Files.move(path, elsewhere);
        look();
        assertTrue(store.trouble().startsWith("The file is not at its path any more"), store.trouble());
        io.write(0, TestIo.pattern(1, 4096));
        assertArrayEquals(TestIo.pattern(1, 4096), io.read(0, 4096));
        Files.write(path, new byte[SIZE]);
        look();
        assertTrue(store.trouble().startsWith("The file is not at its path any more"), store.trouble());
        Files.move(elsewhere, path, StandardCopyOption.REPLACE_EXISTING);
        look();
        assertEquals("", store.trouble());
        Files.delete(path);
        look();
        assertTrue(store.trouble().startsWith("The file is not at its path any more"), store.trouble());
    }

    @Test
    void whatCannotBeAskedForIsNotSaidToBeGone() throws Exception {
        open();
        Path link = folder.resolve("loop");
        Files.move(path, folder.resolve("elsewhere.img"));
        Files.createSymbolicLink(link, path);
        Files.createSymbolicLink(path, link);
        look();
        assertEquals("", store.trouble());
    }

    private void open(Object... keys) {
        path = folder.resolve("disk.img");
        VolumeFile file = FileOpener.open(calls, Config.creating(path, SIZE, keys));
        store = new FileBackend(calls, file, Journal.LOG_BYTES, clock::get);
    }

    private FileBackend reopen() {
        return new FileBackend(calls, FileOpener.open(calls, Config.settings(path)));
    }

    /** The profile after a look that began after the call: of three the first may have been under way. */
    private Profile look() {
        long before = calls.count("lseek");
        while (calls.count("lseek") < before + 3) {
            clock.addAndGet(TimeUnit.SECONDS.toNanos(1));
            store.profile();
            Thread.onSpinWait();
        }
        return store.profile();
    }

    private void resize(long bytes) throws IOException {
        try (RandomAccessFile file = new RandomAccessFile(path.toFile(), "rw")) {
            file.setLength(bytes);
        }
    }

    private void atomic(long offset, int seed) {
        TestIo.await(store.write(offset, TestIo.direct(TestIo.pattern(seed, 4096)), EnumSet.of(Flag.ATOMIC)));
    }

    private static ByteBuffer page() {
        return TestIo.direct(TestIo.pattern(1, 4096));
    }
}
