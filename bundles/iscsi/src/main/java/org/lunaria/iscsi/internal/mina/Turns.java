package org.lunaria.iscsi.internal.mina;

import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * The order in which the connections of one I/O thread are served. Who moves little is served as soon as it is ready. Who
 * moves much, or has more to do than fits into one turn, stands in a queue, and of this queue one has a turn in each
 * round: so that a small command waits for one turn of a bulk transfer, however many of them there are. Who moves little
 * cannot keep the others waiting for more than a round.
 *
 * <p>Turns are short while there is somebody who moves little, and long otherwise. Confined to the I/O thread.
 */
final class Turns {
    /** So long somebody who moved little is expected to come again. */
    static final long REMEMBERED_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

    /** A connection. */
    interface Taker {
        /** Whether it moved so much in its last turn that others come first. */
        boolean movesMuch();

        /** Does what there is to do, as far as it fits into one turn. */
        void takeTurn();
    }

    // Bound: the connections of the thread.
    private final Set<Taker> queue = new LinkedHashSet<>();

    private final LongSupplier nanoTime;
    private long littleMovedAt;

    /** Who moved much last, and comes with a small command in between. */
    private Taker movedMuch;

    Turns(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
        this.littleMovedAt = nanoTime.getAsLong();
    }

    /** There is something to do for a connection: does it, or puts it off. */
    void ready(Taker taker) {
        if (taker.movesMuch()) {
            queue.add(taker);
        } else if (!queue.contains(taker)) {
            if (taker != movedMuch) {
                littleMovedAt = nanoTime.getAsLong();
            }
            taker.takeTurn();
        }
    }

    /** Whether nobody who moves little is there, for whom turns would have to be short. */
    boolean areLong() {
        return nanoTime.getAsLong() - littleMovedAt > REMEMBERED_NANOS;
    }

    /** A connection has more to do, when it is its turn again. */
    void await(Taker taker) {
        queue.add(taker);
    }

    /** A connection is gone from this thread. */
    void forget(Taker taker) {
        queue.remove(taker);
        if (movedMuch == taker) {
            movedMuch = null;
        }
    }

    /** Whether somebody waits for a turn. */
    boolean areAwaited() {
        return !queue.isEmpty();
    }

    /** At the end of a round: gives a turn to who has waited longest. */
    void next() {
        Iterator<Taker> first = queue.iterator();
        if (first.hasNext()) {
            movedMuch = first.next();
            first.remove();
            movedMuch.takeTurn();
        }
    }
}
