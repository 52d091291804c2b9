package org.lunaria.backend.remote.internal;

import java.util.ArrayList;
import java.util.List;
import org.lunaria.backend.BlockBackend.Extent;
import org.lunaria.backend.BlockBackend.Mapping;

/**
 * Gathers what a server tells of a range ("base:allocation"). Its borders may lie anywhere, ours lie between blocks: a
 * block that is not all of one hole is data.
 */
final class ExtentsOperation extends Operation<List<Extent>> {

    /** More are left to the next call. */
    private static final int EXTENTS_MAX = 256;

    private final int blockBytes;
    private final List<Extent> extents = new ArrayList<>();

    /** How far the server has told, and how far the list goes. */
    private long told;

    private long listed;

    ExtentsOperation(long offset, long length, int blockBytes) {
        super(Kind.STATUS, offset, length, null, false, false);
        this.blockBytes = blockBytes;
        told = offset;
        listed = offset;
    }

    @Override
    void rewind() {
        super.rewind();
        extents.clear();
        told = offset;
        listed = offset;
    }

    /** Takes one descriptor; what is said beyond the range is not of interest. */
    void add(long bytes, long state) {
        if (extents.size() >= EXTENTS_MAX) {
            return;
        }
        long end = Math.min(offset + length, told + bytes);
        Mapping mapping = mapping(state);
        if (mapping != Mapping.DATA) {
            long from = (told + blockBytes - 1) / blockBytes * blockBytes;
            long to = end / blockBytes * blockBytes;
            if (from < to) {
                list(Mapping.DATA, from);
                list(mapping, to);
            }
        }
        told = end;
    }

    /** Whether nothing was told. */
    boolean isEmpty() {
        return told == offset;
    }

    @Override
    void succeed() {
        list(Mapping.DATA, Math.max(told / blockBytes * blockBytes, extents.isEmpty() ? offset + blockBytes : 0));
        complete(List.copyOf(extents));
    }

    private void list(Mapping mapping, long end) {
        if (end <= listed) {
            return;
        }
        int last = extents.size() - 1;
        if (last >= 0 && extents.get(last).mapping() == mapping) {
            long begin = extents.get(last).offset();
            extents.set(last, new Extent(begin, end - begin, mapping));
        } else {
            extents.add(new Extent(listed, end - listed, mapping));
        }
        listed = end;
    }

    /** A hole that is not said to read as zeroes may read as anything. */
    private static Mapping mapping(long state) {
        boolean zero = (state & Nbd.STATE_ZERO) != 0;
        boolean hole = (state & Nbd.STATE_HOLE) != 0;
        return zero ? hole ? Mapping.HOLE : Mapping.ZERO : Mapping.DATA;
    }
}
