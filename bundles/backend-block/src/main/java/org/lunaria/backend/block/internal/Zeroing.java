package org.lunaria.backend.block.internal;

import static org.lunaria.posix.FileCalls.FALLOC_FL_KEEP_SIZE;
import static org.lunaria.posix.FileCalls.FALLOC_FL_PUNCH_HOLE;
import static org.lunaria.posix.FileCalls.FALLOC_FL_ZERO_RANGE;

import java.nio.ByteBuffer;
import java.util.concurrent.locks.Lock;
import org.lunaria.backend.BlockBackend.Failure;
import org.lunaria.posix.Errno;
import org.lunaria.posix.FileCalls;
import org.lunaria.posix.Glibc;
import org.lunaria.posix.OpenFile;
import org.lunaria.posix.Way;

/**
 * Gives a device's space back and zeroes ranges of it, by fallocate(2), which the kernel turns into what the device knows
 * (UNMAP, WRITE SAME, WRITE ZEROES, TRIM that zeroes). Both leave zeroes, whatever the device would make of a plain
 * discard. Thread-safe; all of it may block.
 *
 * <p>That goes past the page cache: the kernel throws cached pages of the range away, then has the device zero it. A write
 * that comes in between would read a page's old bytes for the part that it does not write, and put them back later over
 * the zeroes. So pages are zeroed whole, their parts by writes; and no write by the cache is under way meanwhile.
 * A long range is done piece by piece, to let writes by.
 */
final class Zeroing {

    private static final int PAGE_BYTES = 4096;
    private static final long PIECE_BYTES = 32 << 20;

    private static final int ZERO_BYTES = 256 * 1024;

    private static final ByteBuffer ZEROES =
            ByteBuffer.allocateDirect(ZERO_BYTES + PAGE_BYTES).alignedSlice(PAGE_BYTES);

    private static final long ZEROES_ADDRESS = Glibc.address(ZEROES);

    private final FileCalls calls;
    private final OpenFile file;
    private final Way way;
    private final Lock alone;

    /** A kernel before 4.9 has no fallocate for devices. */
    private volatile boolean zeroesRanges = true;

    /** @param alone held while the device is changed past the page cache: no write by the cache is under way then */
    Zeroing(FileCalls calls, OpenFile file, Way way, Lock alone) {
        this.calls = calls;
        this.file = file;
        this.way = way;
        this.alone = alone;
    }

    /** Gives the whole pages of the range back; what is beside them keeps its bytes. */
    void unmap(long offset, long length) throws Failure {
        long first = ceiling(offset);
        long end = floor(offset + length);
        for (long at = first; at < end; at += PIECE_BYTES) {
            int result = fallocate(FALLOC_FL_PUNCH_HOLE, at, Math.min(PIECE_BYTES, end - at));
            if (result < 0) {
                throw failure("unmap", at, result);
            }
        }
    }

    /** Makes the range read as zeroes; where space may be given back, what can be is. */
    void zero(long offset, long length, boolean mayUnmap) throws Failure {
        long end = offset + length;
        long first = Math.min(end, ceiling(offset));
        long last = Math.max(first, floor(end));
        writeZeroes(offset, first);
        for (long at = first; at < last; at += PIECE_BYTES) {
            zeroPages(at, Math.min(PIECE_BYTES, last - at), mayUnmap);
        }
        writeZeroes(last, end);
    }

    private void zeroPages(long offset, long length, boolean mayUnmap) throws Failure {
        int result = mayUnmap ? fallocate(FALLOC_FL_PUNCH_HOLE, offset, length) : -Errno.EOPNOTSUPP.number();
        if (Errno.EOPNOTSUPP.is(result) && zeroesRanges) {
            result = fallocate(FALLOC_FL_ZERO_RANGE, offset, length);
        }
        if (Errno.EOPNOTSUPP.is(result)) {
            zeroesRanges = false;
            writeZeroes(offset, offset + length);
        } else if (result < 0) {
            throw failure("writeZeroes", offset, result);
        }
    }

    private int fallocate(int mode, long offset, long length) {
        alone.lock();
        try {
            return calls.fallocate(file.fd(), mode | FALLOC_FL_KEEP_SIZE, offset, length);
        } finally {
            alone.unlock();
        }
    }

    private void writeZeroes(long offset, long end) throws Failure {
        for (long at = offset; at < end; ) {
            int part = (int) Math.min(ZERO_BYTES, end - at);
            way.write(ZEROES_ADDRESS, part, at, false);
            at += part;
        }
    }

    private Failure failure(String operation, long offset, int result) {
        return new Failure(
                Errno.whenWriting(result), -1, file + ": " + operation + " at " + offset + ": " + Errno.text(result));
    }

    private static long floor(long position) {
        return position & -PAGE_BYTES;
    }

    private static long ceiling(long position) {
        return floor(position + PAGE_BYTES - 1);
    }
}
