package org.lunaria.posix;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.lunaria.backend.BlockBackend.Failure;
import org.lunaria.backend.BlockBackend.Space;

/**
 * What a file takes of its file system, and what is left there for who is not root: statx(2) and fstatvfs(3). Thread-safe;
 * may block.
 */
public final class Usage {
    /** struct statx, which is the same on all machines. */
    private static final int STATX_BYTES = 256;

    private static final int STX_BLOCKS = 48;

    /** Of 512 bytes, whatever the file system. */
    private static final int STX_BLOCK_BYTES = 512;

    /** struct statvfs of Linux on machines of 64 bits. */
    private static final int STATVFS_BYTES = 112;

    private static final int F_FRSIZE = 8;
    private static final int F_BAVAIL = 32;

    private final FileCalls calls;
    private final OpenFile file;

    public Usage(FileCalls calls, OpenFile file) {
        this.calls = calls;
        this.file = file;
    }

    public Space look() throws Failure {
        ByteBuffer status = ByteBuffer.allocateDirect(STATX_BYTES).order(ByteOrder.nativeOrder());
        check("statx", calls.statx(file.fd(), Glibc.address(status)));
        ByteBuffer system = ByteBuffer.allocateDirect(STATVFS_BYTES).order(ByteOrder.nativeOrder());
        check("fstatvfs", calls.fstatvfs(file.fd(), Glibc.address(system)));
        return new Space(
                status.getLong(STX_BLOCKS) * STX_BLOCK_BYTES,
                system.getLong(F_BAVAIL) * system.getLong(F_FRSIZE),
                true);
    }

    private void check(String call, int result) throws Failure {
        if (result < 0) {
            throw new Failure(Errno.whenReading(result), -1, file + ": " + call + ": " + Errno.text(result));
        }
    }
}
