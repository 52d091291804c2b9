package org.lunaria.posix;

import com.sun.jna.Native;
import com.sun.jna.Pointer;
import java.nio.Buffer;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.Charset;
import java.util.function.LongSupplier;

/**
 * The calls of the C library, by JNA's direct mapping. Stateless but for one iovec a thread; thread-safe.
 *
 * <p>Loading this class loads JNA's native library: it fails with a {@link LinkageError} where that cannot be.
 */
public final class Glibc implements FileCalls {

    /** How Java names files, so that a path means the same file here and in java.nio.file. */
    private static final Charset FILE_NAMES = Charset.forName(System.getProperty("sun.jnu.encoding"));

    /** The C library's functions. A path is bytes with a zero behind them. */
    private static final class C {
        static {
            Native.register(C.class, "c");
        }

        static native int open(byte[] path, int flags, int mode);

        static native int close(int fd);

        static native long pread(int fd, long address, long count, long offset);

        static native long pwrite(int fd, long address, long count, long offset);

        static native long preadv2(int fd, long iovec, int count, long offset, int flags);

        static native long pwritev2(int fd, long iovec, int count, long offset, int flags);

        static native int fsync(int fd);

        static native int fdatasync(int fd);

        static native int fallocate(int fd, int mode, long offset, long length);

        static native int ftruncate(int fd, long length);

        static native long lseek(int fd, long offset, int whence);

        static native int fcntl(int fd, int command, int argument);

        static native int flock(int fd, int operation);

        static native int ioctl(int fd, long request, long address);

        static native int unlink(byte[] path);

        static native int statx(int fd, byte[] path, int flags, int mask, long address);

        static native int fstatvfs(int fd, long address);
    }

    private static final byte[] EMPTY_PATH = {0};
    private static final int AT_EMPTY_PATH = 0x1000;
    private static final int STATX_BASIC_STATS = 0x7FF;
    private static final int STATX_DIOALIGN = 0x2000;

    private static final int IOV_BASE = 0;
    private static final int IOV_LEN = 8;
    private static final int IOV_OWN_ADDRESS = 16;

    /**
     * A struct iovec a thread, with its own address behind it. Only types of the JDK, so that the threads of others
     * do not keep this bundle's classes.
     */
    private static final ThreadLocal<ByteBuffer> IOVEC = ThreadLocal.withInitial(() -> {
        ByteBuffer iovec = ByteBuffer.allocateDirect(24).order(ByteOrder.nativeOrder());
        return iovec.putLong(IOV_OWN_ADDRESS, address(iovec));
    });

    /**
     * Loads the calls.
     *
     * @param user who needs them, for the sentence of a refusal
     * @throws IllegalStateException where that cannot be
     */
    public static FileCalls load(Object user) {
        try {
            return new Glibc();
        } catch (LinkageError e) {
            throw new IllegalStateException(
                    user + ": the calls of the C library cannot be loaded (" + e.getMessage()
                            + "); this needs Linux, and a folder jna.tmpdir from which code may be loaded.",
                    e);
        }
    }

    /** Loads the library now, so that a failure shows here and not in the first call. */
    public Glibc() {
        C.lseek(-1, 0, SEEK_END);
    }

    /**
     * Where the buffer's byte 0 is, whatever its position. The caller keeps the buffer reachable while it uses that.
     *
     * @throws IllegalArgumentException when the buffer is not direct
     */
    public static long address(Buffer buffer) {
        if (!buffer.isDirect()) {
            throw new IllegalArgumentException("the buffer must be direct");
        }
        return Pointer.nativeValue(Native.getDirectBufferPointer(buffer));
    }

    /** Memory at an address, as a buffer; the caller keeps it reachable while it uses that. */
    public static ByteBuffer view(long address, int length) {
        return new Pointer(address).getByteBuffer(0, length);
    }

    @Override
    public int open(String path, int flags, int mode) {
        byte[] name = name(path);
        return (int) call(() -> C.open(name, flags, mode));
    }

    /** Never made again: on Linux the descriptor is gone, whatever the result. */
    @Override
    public int close(int fd) {
        return (int) result(C.close(fd));
    }

    @Override
    public long read(int fd, long address, long count, long offset, int flags) {
        while (true) {
            long result = flags == 0
                    ? C.pread(fd, address, count, offset)
                    : C.preadv2(fd, iovec(address, count), 1, offset, flags);
            if (result >= 0 || Native.getLastError() != Errno.EINTR.number()) {
                return result(result);
            }
        }
    }

    @Override
    public long write(int fd, long address, long count, long offset, int flags) {
        while (true) {
            long result = flags == 0
                    ? C.pwrite(fd, address, count, offset)
                    : C.pwritev2(fd, iovec(address, count), 1, offset, flags);
            if (result >= 0 || Native.getLastError() != Errno.EINTR.number()) {
                return result(result);
            }
        }
    }

    @Override
    public int fsync(int fd) {
        return (int) call(() -> C.fsync(fd));
    }

    @Override
    public int fdatasync(int fd) {
        return (int) call(() -> C.fdatasync(fd));
    }

    @Override
    public int fallocate(int fd, int mode, long offset, long length) {
        return (int) call(() -> C.fallocate(fd, mode, offset, length));
    }

    @Override
    public int ftruncate(int fd, long length) {
        return (int) call(() -> C.ftruncate(fd, length));
    }

    @Override
    public long lseek(int fd, long offset, int whence) {
        return call(() -> C.lseek(fd, offset, whence));
    }

    @Override
    public int fcntl(int fd, int command, int argument) {
        return (int) call(() -> C.fcntl(fd, command, argument));
    }

    @Override
    public int flock(int fd, int operation) {
        return (int) call(() -> C.flock(fd, operation));
    }

    @Override
    public int ioctl(int fd, long request, long address) {
        return (int) call(() -> C.ioctl(fd, request, address));
    }

    @Override
    public int unlink(String path) {
        byte[] name = name(path);
        return (int) call(() -> C.unlink(name));
    }

    @Override
    public int statx(int fd, long address) {
        return (int) call(() -> C.statx(fd, EMPTY_PATH, AT_EMPTY_PATH, STATX_BASIC_STATS | STATX_DIOALIGN, address));
    }

    @Override
    public int fstatvfs(int fd, long address) {
        return (int) call(() -> C.fstatvfs(fd, address));
    }

    private static long iovec(long address, long count) {
        ByteBuffer iovec = IOVEC.get();
        iovec.putLong(IOV_BASE, address).putLong(IOV_LEN, count);
        return iovec.getLong(IOV_OWN_ADDRESS);
    }

    private static long call(LongSupplier function) {
        long result = result(function.getAsLong());
        while (result == -Errno.EINTR.number()) {
            result = result(function.getAsLong());
        }
        return result;
    }

    private static long result(long result) {
        return result >= 0 ? result : -Native.getLastError();
    }

    private static byte[] name(String path) {
        return (path + '\0').getBytes(FILE_NAMES);
    }
}
