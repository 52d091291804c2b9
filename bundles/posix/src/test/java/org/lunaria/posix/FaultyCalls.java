package org.lunaria.posix;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.function.LongSupplier;

/** The real calls, but for those whose result a test dictates; and a list of what was called. Thread-safe. */
public final class FaultyCalls implements FileCalls {

    private final FileCalls real = new Glibc();
    private final Map<String, Long> dictated = new ConcurrentHashMap<>();
    private final Map<String, Runnable> held = new ConcurrentHashMap<>();
    private final List<String> called = new ArrayList<>();

    /**
     * From now on a call gives a result and does nothing.
     *
     * @param call its name; for read and write with {@code RWF_NOWAIT} "readNow" and "writeNow", for a write with {@code
     *     RWF_DSYNC} "writeDurably", for an open with O_RDWR "openWritable"
     */
    public void dictate(String call, long result) {
        dictated.put(call, result);
    }

    public void fail(String call, Errno errno) {
        dictate(call, -errno.number());
    }

    public void workAgain(String call) {
        dictated.remove(call);
    }

    /**
     * From now on a call waits before it is done.
     *
     * @param goOn what it waits for
     * @return counts the calls that have come
     */
    public CountDownLatch hold(String call, CountDownLatch goOn) {
        CountDownLatch came = new CountDownLatch(1);
        held.put(call, () -> {
            came.countDown();
            try {
                goOn.await();
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
        });
        return came;
    }

    /** From now on a call throws. */
    public void breakDown(String call) {
        held.put(call, () -> {
            throw new IllegalStateException(call + " breaks down, as it should");
        });
    }

    /** Waits until a call has come so often. */
    public synchronized void awaitCount(String call, long count) throws InterruptedException {
        while (count(call) < count) {
            wait();
        }
    }

    /** Counts from now on. */
    public synchronized void forget() {
        called.clear();
    }

    public synchronized long count(String call) {
        return called.stream().filter(call::equals).count();
    }

    @Override
    public int open(String path, int flags, int mode) {
        return (int) call((flags & O_RDWR) != 0 ? "openWritable" : "open", () -> real.open(path, flags, mode));
    }

    @Override
    public int close(int fd) {
        return (int) call("close", () -> real.close(fd));
    }

    @Override
    public long read(int fd, long address, long count, long offset, int flags) {
        return call(flags == 0 ? "read" : "readNow", () -> real.read(fd, address, count, offset, flags));
    }

    @Override
    public long write(int fd, long address, long count, long offset, int flags) {
        String name = (flags & RWF_DSYNC) != 0 ? "writeDurably" : flags == 0 ? "write" : "writeNow";
        return call(name, () -> real.write(fd, address, count, offset, flags));
    }

    @Override
    public int fsync(int fd) {
        return (int) call("fsync", () -> real.fsync(fd));
    }

    @Override
    public int fdatasync(int fd) {
        return (int) call("fdatasync", () -> real.fdatasync(fd));
    }

    @Override
    public int fallocate(int fd, int mode, long offset, long length) {
        return (int) call("fallocate", () -> real.fallocate(fd, mode, offset, length));
    }

    @Override
    public int ftruncate(int fd, long length) {
        return (int) call("ftruncate", () -> real.ftruncate(fd, length));
    }

    @Override
    public long lseek(int fd, long offset, int whence) {
        return call("lseek", () -> real.lseek(fd, offset, whence));
    }

    @Override
    public int fcntl(int fd, int command, int argument) {
        return (int) call("fcntl", () -> real.fcntl(fd, command, argument));
    }

    @Override
    public int flock(int fd, int operation) {
        return (int) call("flock", () -> real.flock(fd, operation));
    }

    @Override
    public int ioctl(int fd, long request, long address) {
        return (int) call("ioctl", () -> real.ioctl(fd, request, address));
    }

    @Override
    public int unlink(String path) {
        return (int) call("unlink", () -> real.unlink(path));
    }

    @Override
    public int statx(int fd, long address) {
        return (int) call("statx", () -> real.statx(fd, address));
    }

    @Override
    public int fstatvfs(int fd, long address) {
        return (int) call("fstatvfs", () -> real.fstatvfs(fd, address));
    }

    private long call(String name, LongSupplier really) {
        synchronized (this) {
            called.add(name);
            notifyAll();
        }
        held.getOrDefault(name, () -> {}).run();
        Long result = dictated.get(name);
        return result == null ? really.getAsLong() : result;
    }
}
