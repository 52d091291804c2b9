package org.lunaria.iscsi.internal.mina;

/**
 * How long an I/O thread looks for one kind of event before it sleeps. Looking pays while the event comes soon; each time
 * it did not, the next looks are left out, up to 63 of them, so that a slow store or a slow network costs next to nothing.
 * Confined to the thread.
 */
final class Lookout {
    private static final int MISSES_MAX = 6;

    private final long leastNanos;
    private final long mostNanos;
    private int misses;
    private int leftOut;

    /**
     * @param leastNanos how long it looks in any case; 0 not to
     * @param mostNanos how long it looks while that pays, not below the least
     */
    Lookout(long leastNanos, long mostNanos) {
        this.leastNanos = leastNanos;
        this.mostNanos = mostNanos;
    }

    /** How long to look this time. */
    long nanos() {
        return leftOut > 0 ? leastNanos : mostNanos;
    }

    /** The wait is over. */
    void ended(boolean slept) {
        if (leftOut > 0) {
            leftOut--;
        } else if (slept) {
            misses = Math.min(misses + 1, MISSES_MAX);
            leftOut = (1 << misses) - 1;
        } else {
            misses = 0;
        }
    }
}
