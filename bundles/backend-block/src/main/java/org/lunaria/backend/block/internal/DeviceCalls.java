package org.lunaria.backend.block.internal;

import java.lang.ref.Reference;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.lunaria.posix.FileCalls;
import org.lunaria.posix.Glibc;

/**
 * What the kernel tells of a block device that is open, by ioctl(2) (Linux, include/uapi/linux/fs.h). Thread-safe; never
 * blocks. A result below 0 is a negated {@link org.lunaria.posix.Errno}.
 */
final class DeviceCalls {

    private static final long BLKROGET = 0x125E;
    private static final long BLKGETSIZE64 = 0x80081272L;
    private static final long BLKSSZGET = 0x1268;
    private static final long BLKIOOPT = 0x1279;
    private static final long BLKALIGNOFF = 0x127A;
    private static final long BLKPBSZGET = 0x127B;

    private final FileCalls calls;
    private final int fd;

    DeviceCalls(FileCalls calls, int fd) {
        this.calls = calls;
        this.fd = fd;
    }

    /** Bytes of the device; 0 for one that is gone. */
    long sizeBytes() {
        return ask(BLKGETSIZE64, true);
    }

    /** Above 0 when it may only be read. */
    long readOnly() {
        return ask(BLKROGET, false);
    }

    /** The logical block. */
    long sectorBytes() {
        return ask(BLKSSZGET, false);
    }

    long physicalBlockBytes() {
        return ask(BLKPBSZGET, false);
    }

    /** How far the first physical block begins before the device, as for an odd partition. */
    long alignmentOffset() {
        return ask(BLKALIGNOFF, false);
    }

    /** Preferred size of a large transfer, or 0. */
    long optimalBytes() {
        return ask(BLKIOOPT, false);
    }

    private long ask(long request, boolean isLong) {
        ByteBuffer answer = ByteBuffer.allocateDirect(Long.BYTES).order(ByteOrder.nativeOrder());
        int result = calls.ioctl(fd, request, Glibc.address(answer));
        Reference.reachabilityFence(answer);
        if (result < 0) {
            return result;
        }
        return isLong ? answer.getLong(0) : Integer.toUnsignedLong(answer.getInt(0));
    }
}
