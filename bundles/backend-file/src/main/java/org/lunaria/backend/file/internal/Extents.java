package org.lunaria.backend.file.internal;

import static org.lunaria.posix.FileCalls.SEEK_DATA;
import static org.lunaria.posix.FileCalls.SEEK_HOLE;

import java.util.ArrayList;
import java.util.List;
import org.lunaria.backend.BlockBackend.Extent;
import org.lunaria.backend.BlockBackend.Failure;
import org.lunaria.backend.BlockBackend.Mapping;
import org.lunaria.posix.Errno;
import org.lunaria.posix.FileCalls;

/**
 * What stands behind a range of a file. lseek(2) tells data from what reads as zeroes, with the page cache in mind;
 * {@link Fiemap} tells space that is taken from holes. Thread-safe; may block.
 */
final class Extents {

    /** Extents in one answer; the caller asks again for the rest. */
    private static final int MOST = 256;

    private final FileCalls calls;
    private final VolumeFile file;
    private final Fiemap fiemap;

    Extents(FileCalls calls, VolumeFile file) {
        this.calls = calls;
        this.file = file;
        this.fiemap = new Fiemap(calls, file.fd());
    }

    List<Extent> walk(long offset, long length) throws Failure {
        List<Extent> found = new ArrayList<>();
        long end = offset + length;
        long at = offset;
        while (at < end && found.size() < MOST) {
            long data = Math.min(end, seek(at, SEEK_DATA));
            at = data > at ? fiemap.split(at, data, found) : data(at, end, found);
        }
        return found;
    }

    private long data(long at, long end, List<Extent> found) throws Failure {
        long hole = seek(at, SEEK_HOLE);
        // A hole right here was punched between the two calls: to name a block of it data is harmless, to stay is not.
        long to = Math.min(end, Math.max(hole, at + FileSettings.BLOCK_BYTES));
        found.add(new Extent(at, to - at, Mapping.DATA));
        return to;
    }

    /** Where the next data or hole begins; there is no more data: at the end of all. */
    private long seek(long at, int whence) throws Failure {
        long result = calls.lseek(file.fd(), at, whence);
        if (Errno.ENXIO.is(result)) {
            return Long.MAX_VALUE;
        }
        if (result < 0) {
            throw new Failure(Errno.whenReading(result), -1, file + ": extents at " + at + ": " + Errno.text(result));
        }
        return result;
    }
}
