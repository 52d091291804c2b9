package org.lunaria.backend.file.internal;

import java.util.Arrays;

/**
 * The ranges of the volume that entries of its journal stand for. Changed by one thread, read by any, without a lock: before
 * each change of the volume, and mostly there are none.
 */
final class LiveRanges {

    private static final long[] NONE = {};

    /** First byte and end of each, one after the other; never changed, but replaced. */
    private volatile long[] ranges = NONE;

    boolean isEmpty() {
        return ranges.length == 0;
    }

    void add(long offset, long length) {
        long[] now = ranges;
        long[] more = Arrays.copyOf(now, now.length + 2);
        more[now.length] = offset;
        more[now.length + 1] = offset + length;
        ranges = more;
    }

    void clear() {
        ranges = NONE;
    }

    boolean overlap(long offset, long length) {
        long[] now = ranges;
        for (int i = 0; i < now.length; i += 2) {
            if (offset < now[i + 1] && now[i] < offset + length) {
                return true;
            }
        }
        return false;
    }
}
