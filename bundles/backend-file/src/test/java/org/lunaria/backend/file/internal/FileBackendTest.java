package org.lunaria.backend.file.internal;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.lunaria.backend.BlockBackend.Capability;
import org.lunaria.backend.BlockBackend.Extent;
import org.lunaria.backend.BlockBackend.Failure;
import org.lunaria.backend.BlockBackend.Fault;
import org.lunaria.backend.BlockBackend.Flag;
import org.lunaria.backend.BlockBackend.Mapping;
import org.lunaria.backend.BlockBackend.Space;
import org.lunaria.backend.Completions;
import org.lunaria.backend.TestIo;
import org.lunaria.posix.Errno;
import org.lunaria.posix.FaultyCalls;

/** What a file does besides the contract; on the disk of the build, with calls that fail as a test says. */
class FileBackendTest {

    private static final int SIZE = 4 << 20;
    private static final Set<Flag> NONE = EnumSet.noneOf(Flag.class);

    private final FaultyCalls calls = new FaultyCalls();
    private final ByteBuffer buffer = TestIo.direct(TestIo.pattern(1, 4096));
    private Path path;
    private FileBackend store;

    @BeforeEach
    void open() throws IOException {
        Path folder = Files.createDirectories(Path.of("target", "volumes").toAbsolutePath());
        path = Files.createTempFile(folder, "backend", ".img");
        store = open(Config.creating(path, SIZE));
    }

    @AfterEach
    void remove() throws IOException {
        calls.workAgain("fdatasync");
        store.close();
        Files.delete(path);
    }

    @Test
    void whatWasWrittenIsThereAfterTheNextOpening() throws IOException {
        new TestIo(store).write(SIZE - 4096, TestIo.pattern(1, 4096));
        store.close();
        store = open(Config.creating(path, SIZE));
        assertArrayEquals(TestIo.pattern(1, 4096), new TestIo(store).read(SIZE - 4096, 4096));
    }

    @Test
    void theCloseFlushesAndTellsWhenThatFailed() {
        calls.fail("fdatasync", Errno.EIO);
        assertThrows(Failure.class, store::close);
        assertEquals(1, calls.count("fdatasync"));
        assertEquals(Fault.OFFLINE, TestIo.faultOf(store.flush()));
    }

    @Test
    void aCachedReadIsDoneOnTheCallingThread() {
        new TestIo(store).write(0, TestIo.pattern(1, 4096));
        assertSame(Completions.DONE, store.read(0, buffer));
        assertEquals(0, calls.count("read"));
    }

    @Test
    void whatIsNotCachedIsReadByAWorkerAndOnlyThat() {
        new TestIo(store).write(0, TestIo.pattern(2, 4096));
        calls.fail("readNow", Errno.EAGAIN);
        assertArrayEquals(TestIo.pattern(2, 4096), new TestIo(store).read(0, 4096));
        assertEquals(1, calls.count("read"));
        calls.dictate("readNow", 512);
        TestIo.await(store.read(0, buffer));
        assertEquals(TestIo.pattern(1, 4096)[511], buffer.get(511), "the part of the call that did nothing");
        assertEquals(TestIo.pattern(2, 4096)[512], buffer.get(512));
        assertEquals(2, calls.count("readNow"));
    }

    @Test
    void aFileSystemThatCannotReadWithoutWaitingIsAskedOnce() {
        calls.fail("readNow", Errno.EOPNOTSUPP);
        calls.fail("writeNow", Errno.EOPNOTSUPP);
        for (int i = 0; i < 3; i++) {
            TestIo.await(store.read(0, buffer.clear()));
            TestIo.await(store.write(0, buffer.clear(), NONE));
        }
        assertEquals(1, calls.count("readNow"));
        assertEquals(1, calls.count("writeNow"));
    }

    @Test
    void aLostWriteIsNeverFlushedAway() {
        calls.fail("fdatasync", Errno.ENOSPC);
        assertEquals(Fault.WRITE_ERROR, TestIo.faultOf(store.flush()));
        calls.workAgain("fdatasync");
        assertEquals(
                "Writes were lost (no space left (ENOSPC)): it takes no flush until it is opened again.",
                store.trouble());
        assertEquals(Fault.WRITE_ERROR, TestIo.faultOf(store.flush()));
        assertEquals(Fault.WRITE_ERROR, TestIo.faultOf(store.write(0, buffer, EnumSet.of(Flag.DURABLE))));
        TestIo.await(store.read(0, buffer.clear()));
        assertThrows(Failure.class, store::close);
        assertEquals(1, calls.count("fdatasync"));
    }

    @Test
    void aDurableWriteIsFlushed() {
        TestIo.await(store.write(0, buffer, EnumSet.of(Flag.DURABLE)));
        assertEquals(1, calls.count("fdatasync"));
    }

    @Test
    void withSyncEachChangeIsFlushed() throws IOException {
        store.close();
        store = open(Config.settings(path, "sync", true));
        long before = calls.count("fdatasync");
        TestIo.await(store.write(0, buffer, NONE));
        TestIo.await(store.writeZeroes(0, 4096, NONE));
        TestIo.await(store.unmap(0, 4096));
        assertEquals(before + 3, calls.count("fdatasync"));
    }

    @Test
    void pastThePageCacheTheDiskIsReadAndWrittenByWorkers() throws IOException {
        store.close();
        store = open(Config.settings(path, "direct", true));
        new TestIo(store).write(512, TestIo.pattern(1, 4096));
        assertArrayEquals(TestIo.pattern(1, 4096), new TestIo(store).read(512, 4096));
        assertEquals(0, calls.count("readNow") + calls.count("writeNow"));
    }

    @Test
    void howeverManyBulkWritesWaitTwoAreWithTheFileAndNothingElseIsBehindThem() throws Exception {
        calls.fail("writeNow", Errno.EAGAIN);
        calls.fail("readNow", Errno.EAGAIN);
        CountDownLatch goOn = new CountDownLatch(1);
        calls.hold("write", goOn);
        List<CompletionStage<Void>> writes = new ArrayList<>();
        ByteBuffer bulk = TestIo.direct(TestIo.pattern(1, 64 * 1024));
        for (int number = 0; number < 20; number++) {
            writes.add(store.write(0, bulk.clear(), NONE));
        }
        TestIo.await(store.read(0, TestIo.direct(new byte[4096])));
        TestIo.await(store.flush());
        long begun = calls.count("write");
        assertTrue(begun <= 2, begun + " writes had begun");
        writes.add(store.write(0, buffer.clear(), NONE));
        calls.awaitCount("write", begun + 1);
        goOn.countDown();
        writes.forEach(TestIo::await);
        assertEquals(21, calls.count("write"));
    }

    @Test
    void eachErrorOfAFileBecomesItsFault() {
        calls.fail("readNow", Errno.EAGAIN);
        calls.fail("writeNow", Errno.EAGAIN);
        fails("read", Errno.EIO, Fault.READ_ERROR);
        fails("read", Errno.ENOMEM, Fault.INTERNAL);
        fails("write", Errno.EIO, Fault.WRITE_ERROR);
        fails("write", Errno.ENOSPC, Fault.NO_SPACE);
        fails("write", Errno.EDQUOT, Fault.NO_SPACE);
        fails("write", Errno.EROFS, Fault.READ_ONLY);
        fails("write", Errno.EBADF, Fault.OFFLINE);
        calls.fail("fallocate", Errno.ENOSPC);
        calls.fail("write", Errno.ENOSPC);
        assertEquals(Fault.NO_SPACE, TestIo.faultOf(store.writeZeroes(0, 4096, NONE)));
        calls.workAgain("write");
        TestIo.await(store.writeZeroes(0, 4096, NONE));
        calls.fail("fallocate", Errno.EIO);
        assertEquals(Fault.WRITE_ERROR, TestIo.faultOf(store.unmap(0, 4096)));
        calls.fail("lseek", Errno.EIO);
        assertEquals(Fault.READ_ERROR, TestIo.faultOf(store.extents(0, 4096)));
    }

    @Test
    void aFileThatSomebodyMadeShorterIsAReadErrorAtItsEnd() throws IOException {
        try (RandomAccessFile file = new RandomAccessFile(path.toFile(), "rw")) {
            file.setLength(1024);
        }
        Throwable thrown = store.read(0, buffer)
                .handle((nothing, problem) -> problem)
                .toCompletableFuture()
                .join();
        Failure failure = Completions.failure(thrown);
        assertEquals(Fault.READ_ERROR, failure.fault());
        assertEquals(1024, failure.offset());
    }

    @Test
    void whereNoRangeCanBeZeroedZeroesAreWritten() {
        TestIo io = new TestIo(store);
        io.write(0, TestIo.pattern(3, 1 << 20));
        calls.fail("fallocate", Errno.EOPNOTSUPP);
        TestIo.await(store.writeZeroes(512, (1 << 20) - 1024, NONE));
        TestIo.await(store.writeZeroes(512, 512, NONE));
        assertArrayEquals(new byte[(1 << 20) - 1024], io.read(512, (1 << 20) - 1024));
        assertEquals(TestIo.pattern(3, 1 << 20)[511], io.read(0, 512)[511]);
        assertEquals(2, calls.count("fallocate"), "once at the opening, once here");
    }

    @Test
    void theSpaceIsThatOfTheFileAndWhatItsFileSystemHasLeft() throws IOException {
        new TestIo(store).write(0, TestIo.pattern(5, 1 << 20));
        TestIo.await(store.flush());
        Space space = TestIo.await(store.space());
        assertEquals(FileBackendContract.usedBytes(path), space.usedBytes());
        long usable = Files.getFileStore(path).getUsableSpace();
        assertTrue(Math.abs(space.availableBytes() - usable) < 1L << 30, space + " while " + usable + " are usable");
        assertTrue(space.shared());
    }

    @Test
    void aFileThatCannotTellItsSpaceSaysWhy() {
        calls.fail("fstatvfs", Errno.EIO);
        assertEquals(Fault.READ_ERROR, TestIo.faultOf(store.space()));
        calls.fail("statx", Errno.ESTALE);
        assertEquals(Fault.OFFLINE, TestIo.faultOf(store.space()));
    }

    @Test
    void aFileThatMayOnlyBeReadHasNoWriteCapability() throws IOException {
        store.close();
        calls.fail("openWritable", Errno.EROFS);
        store = open(Config.settings(path));
        assertEquals(
                Set.of(Capability.EXTENTS, Capability.SPACE), store.profile().capabilities());
        assertEquals(Fault.UNSUPPORTED, TestIo.faultOf(store.writeZeroes(0, 4096, NONE)));
        TestIo.await(store.flush());
        store.close();
        assertEquals(1, calls.count("fdatasync"), "the first close");
    }

    @Test
    void aPreallocatedFileGivesNoSpaceBackAndSaysWhereItIsZero() throws IOException {
        store.close();
        store = open(Config.settings(path, "preallocate", true));
        assertFalse(store.profile().can(Capability.UNMAP));
        new TestIo(store).write(1 << 20, TestIo.pattern(4, 4096));
        TestIo.await(store.flush());
        List<Mapping> mappings = new TestIo(store)
                .extents(0, SIZE).stream().map(Extent::mapping).distinct().toList();
        assertEquals(List.of(Mapping.ZERO, Mapping.DATA), mappings);
    }

    @Test
    void aBufferThatIsNotDirectIsTheCallersFault() {
        ByteBuffer heap = ByteBuffer.allocate(512);
        assertThrows(IllegalArgumentException.class, () -> store.read(0, heap));
        assertThrows(IllegalArgumentException.class, () -> store.write(0, heap, NONE));
    }

    private FileBackend open(FileSettings settings) {
        return new FileBackend(calls, FileOpener.open(calls, settings));
    }

    private void fails(String call, Errno errno, Fault fault) {
        calls.fail(call, errno);
        buffer.clear();
        assertEquals(fault, TestIo.faultOf(call.equals("read") ? store.read(0, buffer) : store.write(0, buffer, NONE)));
        calls.workAgain(call);
    }
}
