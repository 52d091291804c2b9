package org.lunaria.backend.block.internal;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.lunaria.backend.BlockBackend.Capability;
import org.lunaria.backend.BlockBackend.Failure;
import org.lunaria.backend.BlockBackend.Fault;
import org.lunaria.backend.BlockBackend.Flag;
import org.lunaria.backend.BlockBackend.Profile;
import org.lunaria.backend.Completions;
import org.lunaria.backend.TestIo;
import org.lunaria.posix.Errno;
import org.lunaria.posix.FaultyCalls;

/** What a device does besides the contract: it grows, shrinks, fails and goes away. */
class DeviceBackendTest {

    private static final int SIZE = 16 << 20;
    private static final Set<Flag> NONE = EnumSet.noneOf(Flag.class);

    private final FaultyCalls calls = new FaultyCalls();
    private final AtomicLong clock = new AtomicLong();
    private final ByteBuffer buffer = TestIo.direct(TestIo.pattern(1, 4096));
    private LoopDevice loop;
    private DeviceBackend store;

    @BeforeEach
    void open() throws IOException {
        loop = LoopDevice.of(SIZE);
        store = opened();
    }

    @AfterEach
    void detach() throws IOException {
        calls.workAgain("fdatasync");
        calls.workAgain("ioctl");
        try {
            store.close();
        } catch (Failure e) {
            // A device that lost writes says so once more; that is another test's subject.
        } finally {
            loop.close();
        }
    }

    @Test
    void whatWasWrittenIsThereAfterTheNextOpening() throws IOException {
        new TestIo(store).write(SIZE - 4096, TestIo.pattern(1, 4096));
        store.close();
        assertEquals(1, calls.count("fdatasync"));
        store = opened();
        assertArrayEquals(TestIo.pattern(1, 4096), new TestIo(store).read(SIZE - 4096, 4096));
    }

    @Test
    void aCachedReadIsDoneOnTheCallingThread() {
        new TestIo(store).write(0, TestIo.pattern(1, 4096));
        assertSame(Completions.DONE, store.read(0, buffer));
        assertEquals(0, calls.count("read"));
    }

    @Test
    void aDurableWriteIsFlushed() {
        TestIo.await(store.write(0, buffer, EnumSet.of(Flag.DURABLE)));
        assertEquals(1, calls.count("fdatasync"));
        TestIo.await(store.writeZeroes(0, 4096, EnumSet.of(Flag.DURABLE)));
        assertEquals(2, calls.count("fdatasync"));
    }

    @Test
    void aDurableWritePastTheCacheIsDurableByItself() throws IOException {
        store.close();
        store = opened("direct", "true");
        TestIo.await(store.write(0, buffer, EnumSet.of(Flag.DURABLE)));
        assertEquals(1, calls.count("writeDurably"));
        assertEquals(1, calls.count("fdatasync"), "that of the first close");
        TestIo.await(store.writeZeroes(0, 4096, EnumSet.of(Flag.DURABLE)));
        assertEquals(2, calls.count("fdatasync"));
    }

    @Test
    void pastTheCacheTheBlocksAreTheDevices() throws IOException {
        assertEquals(512, store.profile().blockBytes());
        assertEquals(4096, store.profile().physicalBlockBytes());
        store.close();
        loop.close();
        loop = LoopDevice.of(SIZE, "--sector-size", "4096");
        store = opened();
        assertEquals(512, store.profile().blockBytes(), "the cache reads, changes and writes what is around");
        store.close();
        store = opened("direct", "true");
        assertEquals(4096, store.profile().blockBytes());
        store.close();
        loop.close();
        loop = LoopDevice.of(SIZE);
        store = opened("direct", "true");
        assertEquals(512, store.profile().physicalBlockBytes());
    }

    @Test
    void growthIsSeenWithinASecondAndUsed() throws IOException {
        Profile before = store.profile();
        loop.resize(2 * SIZE);
        assertSame(before, store.profile(), "nobody asks the kernel at each command");
        pass(1);
        Profile now = store.profile();
        assertEquals(2 * SIZE, now.capacityBytes());
        assertSame(now, store.profile());
        new TestIo(store).write(2 * SIZE - 4096, TestIo.pattern(2, 4096));
        assertArrayEquals(TestIo.pattern(2, 4096), new TestIo(store).read(2 * SIZE - 4096, 4096));
    }

    @Test
    void nobodyAsksTheKernelOfADeviceThatIsClosed() throws IOException {
        store.close();
        long asked = calls.count("ioctl");
        pass(1);
        assertEquals(SIZE, store.profile().capacityBytes());
        assertEquals(asked, calls.count("ioctl"));
    }

    @Test
    void aDeviceThatGotSmallerSaysSoAndFailsBehindItsEnd() throws IOException {
        loop.resize(SIZE / 2);
        assertEquals(Fault.READ_ERROR, TestIo.faultOf(store.read(SIZE - 4096, buffer.clear())));
        assertEquals(Fault.WRITE_ERROR, TestIo.faultOf(store.write(SIZE - 4096, buffer.clear(), NONE)));
        assertEquals(SIZE / 2, store.profile().capacityBytes());
        TestIo.await(store.write(0, buffer.clear(), NONE));
    }

    @Test
    void aDeviceThatIsGoneIsOfflineUntilItIsThereAgain() throws IOException {
        loop.resize(0);
        assertEquals(Fault.OFFLINE, TestIo.faultOf(store.read(0, buffer.clear())));
        assertEquals(Fault.OFFLINE, TestIo.faultOf(store.write(0, buffer.clear(), NONE)));
        assertEquals(Fault.OFFLINE, TestIo.faultOf(store.writeZeroes(0, 8192, NONE)));
        assertEquals(Fault.OFFLINE, TestIo.faultOf(store.unmap(0, 8192)));
        assertEquals(SIZE, store.profile().capacityBytes(), "initiators were told so");
        loop.resize(SIZE);
        TestIo.await(store.write(0, buffer.clear(), NONE));
        TestIo.await(store.read(0, buffer.clear()));
    }

    @Test
    void anErrorOfADeviceThatIsThereIsAnErrorOfTheMedium() {
        calls.fail("readNow", Errno.EAGAIN);
        fails("read", Errno.EIO, Fault.READ_ERROR);
        fails("read", Errno.ENODATA, Fault.READ_ERROR);
        fails("read", Errno.ETIMEDOUT, Fault.READ_ERROR);
        fails("read", Errno.ENXIO, Fault.OFFLINE);
        fails("read", Errno.ENODEV, Fault.OFFLINE);
        fails("read", Errno.ENOLINK, Fault.OFFLINE);
        fails("write", Errno.EIO, Fault.WRITE_ERROR);
        fails("write", Errno.ENOSPC, Fault.NO_SPACE);
        fails("write", Errno.EPERM, Fault.READ_ONLY);
        calls.fail("fallocate", Errno.EIO);
        assertEquals(Fault.WRITE_ERROR, TestIo.faultOf(store.unmap(0, 4096)));
        assertEquals(Fault.WRITE_ERROR, TestIo.faultOf(store.writeZeroes(0, 4096, NONE)));
    }

    @Test
    void theSameErrorOfADeviceThatIsGoneIsOffline() {
        calls.fail("readNow", Errno.EAGAIN);
        calls.fail("ioctl", Errno.ENXIO);
        fails("read", Errno.EIO, Fault.OFFLINE);
        fails("write", Errno.EIO, Fault.OFFLINE);
        calls.fail("fdatasync", Errno.EIO);
        assertEquals(Fault.OFFLINE, TestIo.faultOf(store.flush()));
        calls.workAgain("ioctl");
        assertEquals(Fault.WRITE_ERROR, TestIo.faultOf(store.flush()), "what it lost it does not forget");
    }

    @Test
    void aLostWriteIsNeverFlushedAway() {
        calls.fail("fdatasync", Errno.EIO);
        assertEquals("", store.trouble());
        assertEquals(Fault.WRITE_ERROR, TestIo.faultOf(store.flush()));
        calls.workAgain("fdatasync");
        assertEquals(
                "Writes were lost (input/output error (EIO)): it takes no flush until it is opened again.",
                store.trouble());
        assertEquals(Fault.WRITE_ERROR, TestIo.faultOf(store.write(0, buffer, EnumSet.of(Flag.DURABLE))));
        assertThrows(Failure.class, store::close);
    }

    @Test
    void aDeviceThatLosesTheRightToBeWrittenSaysSo() throws IOException {
        Profile before = store.profile();
        LoopDevice.root("blockdev", "--setro", loop.path().toString());
        pass(1);
        assertNotSame(before, store.profile());
        assertFalse(store.profile().can(Capability.WRITE));
        LoopDevice.root("blockdev", "--setrw", loop.path().toString());
        pass(1);
        assertEquals(before, store.profile());
    }

    @Test
    void whereTheDeviceKnowsNoZeroesTheyAreWritten() {
        TestIo io = new TestIo(store);
        io.write(0, TestIo.pattern(3, 1 << 20));
        calls.fail("fallocate", Errno.EOPNOTSUPP);
        TestIo.await(store.writeZeroes(512, (1 << 20) - 1024, EnumSet.of(Flag.MAY_UNMAP)));
        assertArrayEquals(new byte[(1 << 20) - 1024], io.read(512, (1 << 20) - 1024));
        assertEquals(TestIo.pattern(3, 1 << 20)[511], io.read(0, 512)[511]);
        assertEquals(Fault.UNSUPPORTED, TestIo.faultOf(store.unmap(0, 4096)));
    }

    @Test
    void noWriteIsUnderWayWhileADeviceZeroesPages() throws Exception {
        CountDownLatch goOn = new CountDownLatch(1);
        CountDownLatch zeroing = calls.hold("fallocate", goOn);
        CompletionStage<Void> zeroed = store.writeZeroes(0, 8192, NONE);
        zeroing.await();
        CompletionStage<Void> written = store.write(512, TestIo.direct(TestIo.pattern(4, 512)), NONE);
        // A read is done by a worker of the same queue after the write was begun by another.
        calls.fail("readNow", Errno.EAGAIN);
        TestIo.await(store.read(0, buffer.clear()));
        assertEquals(0, calls.count("write"));
        goOn.countDown();
        TestIo.await(zeroed);
        TestIo.await(written);
        byte[] page = new byte[4096];
        System.arraycopy(TestIo.pattern(4, 512), 0, page, 512, 512);
        assertArrayEquals(page, new TestIo(store).read(0, 4096));
    }

    @Test
    void anOddRangeIsZeroedToTheByteAndUnmappedByWholePages() {
        TestIo io = new TestIo(store);
        byte[] bytes = TestIo.pattern(5, 64 * 1024);
        io.write(0, bytes);
        TestIo.await(store.unmap(512, 16 * 1024));
        Arrays.fill(bytes, 4096, 16 * 1024, (byte) 0);
        assertArrayEquals(bytes, io.read(0, bytes.length));
        TestIo.await(store.unmap(20480 + 512, 1024));
        assertArrayEquals(bytes, io.read(0, bytes.length));
        TestIo.await(store.writeZeroes(20480 + 512, 1024, NONE));
        Arrays.fill(bytes, 20480 + 512, 20480 + 1536, (byte) 0);
        assertArrayEquals(bytes, io.read(0, bytes.length));
    }

    @Test
    void aLongRangeIsZeroedInPieces() throws IOException {
        loop.resize(100 << 20);
        pass(1);
        assertTrue(store.profile().capacityBytes() == 100 << 20);
        TestIo.await(store.writeZeroes(0, 100 << 20, NONE));
        assertEquals(4, calls.count("fallocate"));
    }

    private DeviceBackend opened(Object... more) {
        return new DeviceBackend(
                calls,
                DeviceOpener.open(calls, Config.settings(loop.path(), more), Users.OF_THIS_SYSTEM),
                clock::get,
                () -> {});
    }

    private void pass(long seconds) {
        clock.addAndGet(TimeUnit.SECONDS.toNanos(seconds));
    }

    private void fails(String call, Errno errno, Fault fault) {
        calls.fail(call, errno);
        buffer.clear();
        assertEquals(fault, TestIo.faultOf(call.equals("read") ? store.read(0, buffer) : store.write(0, buffer, NONE)));
        calls.workAgain(call);
    }
}
