package org.lunaria.iscsi.internal.wire;

import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The pages of a {@link BufferPool}: made one by one when they are needed, up to a bound, and then kept. So the direct
 * memory is never more than the bound, whenever the garbage collector runs. Guarded by the pool.
 *
 * <p>A part is taken from the page whose free parts fit it most tightly, so that small parts gather in few pages. What
 * small parts keep from being taken as a whole counts as used: so that as long as not all is used, a part of any size is
 * there.
 */
final class Pages {
    private static final Logger LOG = LoggerFactory.getLogger(Pages.class);

    private final BufferPool pool;

    /** The first of each list, by {@link Page#largest}; what was given back last comes first. */
    private final Page[] lists = new Page[Page.ORDERS + 1];

    /** Where the next pages come from. */
    private Slab slab;

    private int countMax;
    private int count;
    private int idleCount;

    Pages(BufferPool pool, int countMax) {
        this.pool = pool;
        this.countMax = countMax;
    }

    /** The most there may be. */
    long boundBytes() {
        return (long) countMax * Page.BYTES;
    }

    /** What there is. */
    long heldBytes() {
        return (long) count * Page.BYTES;
    }

    /** The pages that somebody has a part of. */
    long usedBytes() {
        return (long) (count - idleCount) * Page.BYTES;
    }

    /** A part, or empty when everything is used. */
    Optional<PooledBuffer> take(int order) {
        for (int largest = order + 1; largest <= Page.ORDERS; largest++) {
            if (lists[largest] != null) {
                return Optional.of(take(lists[largest], order));
            }
        }
        return grow() ? Optional.of(take(lists[Page.ORDERS], order)) : Optional.empty();
    }

    private PooledBuffer take(Page page, int order) {
        remove(page);
        PooledBuffer part = page.take(order);
        add(page);
        return part;
    }

    void giveBack(Page page, PooledBuffer part) {
        remove(page);
        page.giveBack(part);
        add(page);
    }

    private boolean grow() {
        if (count >= countMax) {
            return false;
        }
        try {
            if (slab == null || !slab.hasPage()) {
                slab = new Slab(Math.min(countMax - count, Slab.PAGES));
            }
            add(new Page(pool, slab.nextPage()));
            count++;
            return true;
        } catch (OutOfMemoryError e) {
            // Others have taken direct memory too. What there is will have to do.
            LOG.warn("direct memory ends at {} bytes of buffers, {} were to be had", heldBytes(), boundBytes());
            countMax = count;
            return false;
        }
    }

    private void add(Page page) {
        Page first = lists[page.largest()];
        page.next = first;
        if (first != null) {
            first.previous = page;
        }
        lists[page.largest()] = page;
        idleCount += page.isIdle() ? 1 : 0;
    }

    private void remove(Page page) {
        idleCount -= page.isIdle() ? 1 : 0;
        if (page.previous == null) {
            lists[page.largest()] = page.next;
        } else {
            page.previous.next = page.next;
        }
        if (page.next != null) {
            page.next.previous = page.previous;
        }
        page.previous = null;
        page.next = null;
    }
}
