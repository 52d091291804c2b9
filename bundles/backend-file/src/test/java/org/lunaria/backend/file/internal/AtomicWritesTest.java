package org.lunaria.backend.file.internal;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lunaria.backend.BlockBackend.Fault;
import org.lunaria.backend.BlockBackend.Flag;
import org.lunaria.backend.TestIo;
import org.lunaria.posix.Errno;
import org.lunaria.posix.FaultyCalls;
import org.lunaria.posix.FileCalls;

/** What atomic writes cost, and what becomes of them when calls fail. What a crash leaves is the subject of AtomicCrashTest. */
class AtomicWritesTest {

    private static final int SIZE = 16 << 20;
    private static final Set<Flag> ATOMIC = EnumSet.of(Flag.ATOMIC);
    private static final Set<Flag> NONE = EnumSet.noneOf(Flag.class);

    @TempDir
    private Path folder;

    private final FaultyCalls calls = new FaultyCalls();
    private Path journal;
    private FileBackend store;
    private TestIo io;

    @BeforeEach
    void open() {
        Path path = folder.resolve("disk.img");
        journal = folder.resolve("disk.img.journal");
        store = new FileBackend(calls, FileOpener.open(calls, Config.creating(path, SIZE)));
        io = new TestIo(store);
    }

    @AfterEach
    void close() throws Exception {
        store.close();
    }

    private static CompletionStage<Void> atomic(FileBackend store, long offset, int seed, int length) {
        return store.write(offset, TestIo.direct(TestIo.pattern(seed, length)), ATOMIC);
    }

    private void atomic(long offset, int seed, int length) {
        TestIo.await(atomic(store, offset, seed, length));
    }

    @Test
    void theJournalIsMadeWithTheFirstOfThemAndGrowsNoMore() throws Exception {
        io.write(0, TestIo.pattern(1, 4096));
        assertFalse(Files.exists(journal));
        for (int i = 0; i < 20; i++) {
            atomic(i * 4096, i, 1 << 20);
        }
        assertEquals(JournalFormat.LOG_OFFSET + Journal.LOG_BYTES, Files.size(journal));
        assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(journal)));
        for (int i = 0; i < 19; i++) {
            assertArrayEquals(Arrays.copyOf(TestIo.pattern(i, 1 << 20), 4096), io.read(i * 4096, 4096));
        }
    }

    @Test
    void oneCostsOneSyncUnlessAnotherKindOfChangeComesOverIt() {
        atomic(0, 1, 16384);
        long before = calls.count("fdatasync");
        for (int i = 0; i < 100; i++) {
            atomic(i % 3 * 4096, i, 16384);
        }
        assertEquals(before + 100, calls.count("fdatasync"));
        io.write(1 << 20, TestIo.pattern(2, 4096));
        assertEquals(before + 100, calls.count("fdatasync"), "elsewhere");
        io.write(512, TestIo.pattern(3, 512));
        assertEquals(before + 102, calls.count("fdatasync"), "the volume's and the journal's");
        io.write(512, TestIo.pattern(4, 512));
        assertEquals(before + 102, calls.count("fdatasync"), "nothing stands for it any more");
    }

    @Test
    void thoseThatComeWhileOneIsSyncedShareTheNextSync() throws Exception {
        atomic(0, 1, 4096);
        CountDownLatch goOn = new CountDownLatch(1);
        long before = calls.count("fdatasync");
        CountDownLatch syncing = calls.hold("fdatasync", goOn);
        List<CompletionStage<Void>> all = new ArrayList<>(List.of(atomic(store, 0, 2, 4096)));
        syncing.await();
        for (int i = 1; i < 30; i++) {
            all.add(atomic(store, i * 4096, i, 4096));
        }
        goOn.countDown();
        all.forEach(TestIo::await);
        assertEquals(before + 2, calls.count("fdatasync"));
    }

    @Test
    void eachKindOfChangeOverOneClearsTheJournalFirst() {
        List<Runnable> changes = List.of(
                () -> TestIo.await(store.writeZeroes(4096, 512, NONE)),
                () -> TestIo.await(store.writeZeroes(0, SIZE, EnumSet.of(Flag.MAY_UNMAP))),
                () -> TestIo.await(store.unmap(4096, 4096)),
                () -> TestIo.await(store.write(4096, TestIo.direct(TestIo.pattern(9, 512)), EnumSet.of(Flag.DURABLE))));
        for (Runnable change : changes) {
            atomic(0, 1, 16384);
            long before = calls.count("fdatasync");
            change.run();
            assertTrue(calls.count("fdatasync") >= before + 2);
        }
    }

    @Test
    void withoutSpaceForTheJournalOrTheVolumeNothingIsDone() {
        calls.fail("fallocate", Errno.ENOSPC);
        assertEquals(Fault.NO_SPACE, TestIo.faultOf(atomic(store, 0, 1, 4096)));
        calls.workAgain("fallocate");
        atomic(0, 2, 4096);
        calls.fail("fallocate", Errno.ENOSPC);
        assertEquals(Fault.NO_SPACE, TestIo.faultOf(atomic(store, 0, 3, 8192)));
        assertArrayEquals(TestIo.pattern(2, 4096), io.read(0, 4096));
        atomic(0, 4, 4096);
        assertArrayEquals(TestIo.pattern(4, 4096), io.read(0, 4096), "what has its space goes on");
        calls.workAgain("fallocate");
        atomic(0, 5, 8192);
        assertArrayEquals(TestIo.pattern(5, 8192), io.read(0, 8192));
    }

    @Test
    void aFileSystemThatTakesNoSpaceAheadWillDo() {
        calls.fail("fallocate", Errno.EOPNOTSUPP);
        atomic(0, 1, 4096);
        assertArrayEquals(TestIo.pattern(1, 4096), io.read(0, 4096));
    }

    @Test
    void afterTheJournalFailedItsRangesAreReadButNotChanged() {
        atomic(0, 1, 4096);
        calls.fail("fdatasync", Errno.EIO);
        assertEquals(Fault.WRITE_ERROR, TestIo.faultOf(atomic(store, 4096, 2, 4096)));
        calls.workAgain("fdatasync");
        assertEquals(Fault.WRITE_ERROR, TestIo.faultOf(atomic(store, 65536, 3, 4096)), "nobody knows what counts");
        ByteBuffer data = TestIo.direct(TestIo.pattern(4, 4096));
        assertEquals(Fault.WRITE_ERROR, TestIo.faultOf(store.write(4096, data, NONE)));
        assertArrayEquals(new byte[4096], io.read(4096, 4096));
        io.write(65536, TestIo.pattern(5, 4096));
        assertArrayEquals(TestIo.pattern(5, 4096), io.read(65536, 4096));
    }

    @Test
    void whatDidNotAllReachItsPlaceIsNotReadUntilTheVolumeIsOpenedAgain() throws Exception {
        CrashingCalls disk = new CrashingCalls(new Random(1));
        disk.make("/disk.img", 1 << 20);
        FileBackend broken = onDisk(disk);
        disk.failWritesOf("disk.img");
        assertEquals(Fault.WRITE_ERROR, TestIo.faultOf(atomic(broken, 8192, 1, 8192)));
        disk.failWritesOf("");
        ByteBuffer data = ByteBuffer.allocateDirect(4096);
        assertEquals(Fault.READ_ERROR, TestIo.faultOf(broken.read(12288, data)));
        assertEquals(Fault.WRITE_ERROR, TestIo.faultOf(broken.write(12288, data.clear(), NONE)));
        assertEquals(Fault.WRITE_ERROR, TestIo.faultOf(broken.unmap(0, 1 << 20)));
        TestIo.await(broken.read(16384, data.clear()));
        TestIo.await(broken.write(16384, data.clear(), NONE));
        broken.close();
        FileBackend again = onDisk(disk);
        assertArrayEquals(TestIo.pattern(1, 8192), new TestIo(again).read(8192, 8192));
        again.close();
    }

    private static FileBackend onDisk(CrashingCalls disk) throws Exception {
        Path path = Path.of("/disk.img");
        int fd = disk.open(path.toString(), FileCalls.O_RDWR, 0);
        VolumeFile file = Config.file(path, fd, 1 << 20);
        assertTrue(Recovery.finish(disk, file, false));
        return new FileBackend(disk, file);
    }

    @Test
    void afterAScrubNothingOfThemIsLeftInTheJournal() throws Exception {
        TestIo.await(store.scrub());
        assertFalse(Files.exists(journal));
        atomic(0, 1, 1 << 20);
        atomic(65536, 2, 4096);
        TestIo.await(store.writeZeroes(0, SIZE, NONE));
        TestIo.await(store.scrub());
        requireBlank();
        atomic(0, 3, 4096);
        TestIo.await(store.scrub());
        requireBlank();
        assertArrayEquals(TestIo.pattern(3, 4096), io.read(0, 4096));
        atomic(0, 4, 4096);
        close();
        open();
        TestIo.await(store.scrub());
        requireBlank();
        assertArrayEquals(TestIo.pattern(4, 4096), io.read(0, 4096));
    }

    private void requireBlank() throws Exception {
        byte[] bytes = Files.readAllBytes(journal);
        assertArrayEquals(
                new byte[Journal.LOG_BYTES], Arrays.copyOfRange(bytes, JournalFormat.LOG_OFFSET, bytes.length));
    }

    @Test
    void manySmallOnesAreBoundedByTheirNumber() {
        atomic(0, 1, 512);
        long before = calls.count("fdatasync");
        for (int i = 0; i < Journal.MOST_ENTRIES; i++) {
            atomic(i * 512, i, 512);
        }
        assertEquals(before + Journal.MOST_ENTRIES + 2, calls.count("fdatasync"), "the journal was cleared once");
    }
}
