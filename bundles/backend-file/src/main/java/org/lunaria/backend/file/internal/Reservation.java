package org.lunaria.backend.file.internal;

import static org.lunaria.posix.FileCalls.FALLOC_FL_KEEP_SIZE;

import org.lunaria.backend.BlockBackend.Extent;
import org.lunaria.backend.BlockBackend.Failure;
import org.lunaria.backend.BlockBackend.Fault;
import org.lunaria.backend.BlockBackend.Mapping;
import org.lunaria.posix.Errno;
import org.lunaria.posix.FileCalls;

/**
 * Takes the space of a range before it is written, so that the writes of it meet no full file system. No byte of the range
 * changes. Thread-safe; may block.
 *
 * <p>What the file has already needs nothing. XFS asks for the space of a whole range even so, and says that there is none
 * left; then the holes are looked for. Where space cannot be taken (EOPNOTSUPP), zeroes are written to the holes.
 */
final class Reservation {

    private final FileCalls calls;
    private final VolumeFile file;
    private final Extents extents;
    private final Allocation allocation;

    Reservation(FileCalls calls, VolumeFile file, Extents extents, Allocation allocation) {
        this.calls = calls;
        this.file = file;
        this.extents = extents;
        this.allocation = allocation;
    }

    /** Takes it. Nobody else may write to the range meanwhile. */
    void take(long offset, long length) throws Failure {
        if (!takeAtOnce(offset, length)) {
            forEachHole(offset, length, hole -> allocation.writeZeroes(hole.offset(), hole.length()));
        }
    }

    /** Takes it where that needs no write of zeroes; else says so. */
    boolean takeAtOnce(long offset, long length) throws Failure {
        int result = fallocate(offset, length);
        if (Errno.EOPNOTSUPP.is(result) || Errno.ENOSYS.is(result)) {
            return false;
        }
        if (result < 0 && Errno.whenWriting(result) == Fault.NO_SPACE) {
            forEachHole(offset, length, hole -> requireTaken(hole, fallocate(hole.offset(), hole.length())));
        } else {
            requireTaken(new Extent(offset, length, Mapping.HOLE), result);
        }
        return true;
    }

    private interface Filling {
        void fill(Extent hole) throws Failure;
    }

    private void forEachHole(long offset, long length, Filling filling) throws Failure {
        long end = offset + length;
        for (long at = offset; at < end; ) {
            for (Extent extent : extents.walk(at, end - at)) {
                if (extent.mapping() == Mapping.HOLE) {
                    filling.fill(extent);
                }
                at = extent.offset() + extent.length();
            }
        }
    }

    private void requireTaken(Extent range, int result) throws Failure {
        if (result < 0) {
            throw new Failure(
                    Errno.whenWriting(result),
                    -1,
                    file + ": space for " + range.length() + " bytes at " + range.offset() + ": " + Errno.text(result));
        }
    }

    private int fallocate(long offset, long length) {
        return calls.fallocate(file.fd(), FALLOC_FL_KEEP_SIZE, offset, length);
    }
}
