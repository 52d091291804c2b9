package org.lunaria.backend.file.internal;

import static org.lunaria.posix.FileCalls.FALLOC_FL_KEEP_SIZE;
import static org.lunaria.posix.FileCalls.FALLOC_FL_PUNCH_HOLE;
import static org.lunaria.posix.FileCalls.FALLOC_FL_ZERO_RANGE;

import java.nio.ByteBuffer;
import org.lunaria.backend.BlockBackend.Failure;
import org.lunaria.posix.Errno;
import org.lunaria.posix.FileCalls;
import org.lunaria.posix.Glibc;
import org.lunaria.posix.Transfers;

/** Gives a file's space back and zeroes ranges of it, by fallocate(2). Thread-safe; all of it may block. */
final class Allocation {

    private static final ByteBuffer ZEROES = ByteBuffer.allocateDirect(256 * 1024);
    private static final long ZEROES_ADDRESS = Glibc.address(ZEROES);

    private final FileCalls calls;
    private final VolumeFile file;
    private final Transfers transfers;

    /** tmpfs, for one, punches holes but zeroes no range. */
    private volatile boolean zeroesRanges = true;

    Allocation(FileCalls calls, VolumeFile file, Transfers transfers) {
        this.calls = calls;
        this.file = file;
        this.transfers = transfers;
    }

    /** Frees the whole blocks of the range and zeroes the rest of it. */
    void punch(long offset, long length) throws Failure {
        int result = calls.fallocate(file.fd(), FALLOC_FL_PUNCH_HOLE | FALLOC_FL_KEEP_SIZE, offset, length);
        if (result < 0) {
            throw failure("unmap", offset, length, result);
        }
    }

    /** Makes the range read as zeroes and keep, or take, its space. */
    void zero(long offset, long length) throws Failure {
        if (zeroesRanges) {
            int result = calls.fallocate(file.fd(), FALLOC_FL_ZERO_RANGE | FALLOC_FL_KEEP_SIZE, offset, length);
            if (result == 0) {
                return;
            }
            if (!Errno.EOPNOTSUPP.is(result)) {
                throw failure("writeZeroes", offset, length, result);
            }
            zeroesRanges = false;
        }
        for (long done = 0; done < length; ) {
            int part = (int) Math.min(ZEROES.capacity(), length - done);
            transfers.write(ZEROES_ADDRESS, part, offset + done);
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
