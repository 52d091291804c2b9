package org.lunaria.backend.file.internal;

import java.lang.ref.Reference;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import org.lunaria.backend.BlockBackend.Extent;
import org.lunaria.backend.BlockBackend.Mapping;
import org.lunaria.posix.FileCalls;
import org.lunaria.posix.Glibc;

/**
 * Tells a hole from space that a file has taken without writing to it, by the ioctl FS_IOC_FIEMAP (Linux,
 * Documentation/filesystems/fiemap.rst). A file system without it has holes only, as far as one can tell. Thread-safe;
 * may block.
 */
final class Fiemap {

    /** struct fiemap: fm_start, fm_length, fm_flags, fm_mapped_extents, fm_extent_count, fm_reserved, fm_extents. */
    private static final int FM_START = 0;

    private static final int FM_LENGTH = 8;
    private static final int FM_MAPPED_EXTENTS = 20;
    private static final int FM_EXTENT_COUNT = 24;
    private static final int FM_EXTENTS = 32;

    /** struct fiemap_extent: fe_logical, fe_physical, fe_length, two reserved, fe_flags, three reserved. */
    private static final int FE_LOGICAL = 0;

    private static final int FE_LENGTH = 16;
    private static final int FE_FLAGS = 40;
    private static final int EXTENT_BYTES = 56;
    private static final int FIEMAP_EXTENT_UNWRITTEN = 0x800;

    private static final int MOST = 64;

    private final FileCalls calls;
    private final int fd;

    Fiemap(FileCalls calls, int fd) {
        this.calls = calls;
        this.fd = fd;
    }

    /**
     * Splits a range without data into holes and taken space.
     *
     * @param found where the extents are added
     * @return how far it got: {@code to}, or less when there are many parts
     */
    long split(long from, long to, List<Extent> found) {
        ByteBuffer map =
                ByteBuffer.allocateDirect(FM_EXTENTS + MOST * EXTENT_BYTES).order(ByteOrder.nativeOrder());
        map.putLong(FM_START, from).putLong(FM_LENGTH, to - from).putInt(FM_EXTENT_COUNT, MOST);
        int result = calls.ioctl(fd, FileCalls.FS_IOC_FIEMAP, Glibc.address(map));
        Reference.reachabilityFence(map);
        int count = result < 0 ? 0 : map.getInt(FM_MAPPED_EXTENTS);
        long at = from;
        for (int i = 0; i < count; i++) {
            int extent = FM_EXTENTS + i * EXTENT_BYTES;
            long first = Math.max(from, map.getLong(extent + FE_LOGICAL));
            long end = Math.min(to, map.getLong(extent + FE_LOGICAL) + map.getLong(extent + FE_LENGTH));
            boolean unwritten = (map.getInt(extent + FE_FLAGS) & FIEMAP_EXTENT_UNWRITTEN) != 0;
            add(at, first, Mapping.HOLE, found);
            add(first, end, unwritten ? Mapping.ZERO : Mapping.DATA, found);
            at = Math.max(at, end);
        }
        if (count < MOST) {
            add(at, to, Mapping.HOLE, found);
            at = to;
        }
        return at;
    }

    private static void add(long from, long to, Mapping mapping, List<Extent> found) {
        if (to > from) {
            found.add(new Extent(from, to - from, mapping));
        }
    }
}
