package org.lunaria.backend.file.internal;

import static org.lunaria.posix.FileCalls.FALLOC_FL_KEEP_SIZE;
import static org.lunaria.posix.FileCalls.FALLOC_FL_PUNCH_HOLE;
import static org.lunaria.posix.FileCalls.FALLOC_FL_ZERO_RANGE;

import java.nio.ByteBuffer;
import org.lunaria.backend.BlockBackend.Failure;
import org.lunaria.backend.BlockBackend.Fault;
import org.lunaria.posix.Errno;
import org.lunaria.posix.FileCalls;
import org.lunaria.posix.Glibc;
import org.lunaria.posix.Way;

/** Gives a file's space back and zeroes ranges of it, by fallocate(2). Thread-safe; all of it may block. */
final class Allocation {

    private static final int PAGE_BYTES = 4096;
    private static final int ZERO_BYTES = 256 * 1024;

    /** Aligned as every file needs it that is written past the page cache. */
    private static final ByteBuffer ZEROES =
            ByteBuffer.allocateDirect(ZERO_BYTES + PAGE_BYTES).alignedSlice(PAGE_BYTES);

    private static final long ZEROES_ADDRESS = Glibc.address(ZEROES);

    private final FileCalls calls;
    private final VolumeFile file;
    private final Way way;

    /**
     * Whether a range can be zeroed without a write. tmpfs, for one, punches holes but zeroes no range; and a file that
     * was promised its space must not lose it on the way.
     */
    private volatile boolean zeroesRanges;

    Allocation(FileCalls calls, VolumeFile file, Way way) {
        this.calls = calls;
        this.file = file;
        this.way = way;
        zeroesRanges = !file.preallocated() || file.fileSystem().zeroesInPlace();
    }

    /** Frees the whole blocks of the range and zeroes the rest of it. */
    void punch(long offset, long length) throws Failure {
        int result = calls.fallocate(file.fd(), FALLOC_FL_PUNCH_HOLE | FALLOC_FL_KEEP_SIZE, offset, length);
        if (result < 0) {
            throw failure("unmap", offset, length, result);
        }
    }

    /**
     * Makes the range read as zeroes and keep, or take, its space. A full file system may lack the room to zero a range that
     * it could still write to.
     */
    void zero(long offset, long length) throws Failure {
        if (zeroesRanges) {
            int result = calls.fallocate(file.fd(), FALLOC_FL_ZERO_RANGE | FALLOC_FL_KEEP_SIZE, offset, length);
            if (result == 0) {
                return;
            }
            if (Errno.EOPNOTSUPP.is(result)) {
                zeroesRanges = false;
            } else if (Errno.whenWriting(result) != Fault.NO_SPACE) {
                throw failure("writeZeroes", offset, length, result);
            }
        }
        writeZeroes(offset, length);
    }

    /** Likewise, by writes. */
    void writeZeroes(long offset, long length) throws Failure {
        for (long done = 0; done < length; ) {
            int part = (int) Math.min(ZERO_BYTES, length - done);
            way.write(ZEROES_ADDRESS, part, offset + done, false);
            done += part;
        }
    }

    private Failure failure(String operation, long offset, long length, int result) {
        return new Failure(
                Errno.whenWriting(result),
                -1,
                file + ": " + operation + " of " + length + " bytes at " + offset + ": " + Errno.text(result));
    }
}
