package org.lunaria.iscsi.internal.wire;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** What a unit may keep of data that came unasked, in a pool of 16 pages of which 2 are spare. */
class ShareTest {
    private static final int PAGE = BufferPool.BUFFER_BYTES_MAX;
    private static final long PATIENCE_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

    private long nanos = Long.MAX_VALUE - PATIENCE_NANOS / 2;
    private final BufferPool pool = new BufferPool(16 * Slab.PAGE_FOOTPRINT_BYTES, () -> nanos);
    private final Share unit = pool.share("unit");
    private final Share other = pool.share("other");
    private final List<PooledBuffer> taken = new ArrayList<>();

    private void take(int pages, Share share) {
        for (int page = 0; page < pages; page++) {
            taken.add(pool.take(PAGE, share));
        }
    }

    @Test
    void whoTakesMuchAndGivesNothingBackForATenthOfASecondLeavesTheRestToOthers() {
        take(10, other);
        take(3, unit);
        assertTrue(pool.mayKeep(unit), "a machine may stand still for a moment");
        nanos += PATIENCE_NANOS - 1;
        assertTrue(pool.mayKeep(unit));
        nanos++;
        assertFalse(pool.mayKeep(unit));
        assertTrue(pool.mayKeep(pool.share("third")));
    }

    @Test
    void whoGivesSomethingBackMeanwhileMayGoOn() {
        take(10, other);
        take(3, unit);
        assertTrue(pool.mayKeep(unit));
        taken.remove(taken.size() - 1).release();
        take(1, unit);
        nanos += 2 * PATIENCE_NANOS;
        assertTrue(pool.mayKeep(unit), "it owes one page");
        take(2, unit);
        taken.remove(0).release();
        taken.remove(0).release();
        assertTrue(pool.mayKeep(unit), "the time begins anew");
    }

    @Test
    void whoTakesHalfOfItAtOnceLeavesTheRestToOthersAtOnce() {
        take(5, other);
        take(8, unit);
        assertTrue(pool.mayKeep(unit));
        taken.remove(0).release();
        take(1, unit);
        assertFalse(pool.mayKeep(unit));
        assertTrue(pool.mayKeep(other));
    }
}
