package org.lunaria.iscsi.internal.mina;

import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.Set;

/**
 * The order in which the connections of one I/O thread are served. Who moves little is served as soon as it is ready. Who
 * moves much, or has more to do than fits into one turn, stands in a queue, and of this queue one has a turn in each
 * round: so that a small command waits for one turn of a bulk transfer, however many of them there are. Who moves little
 * cannot keep the others waiting for more than a round. Confined to the I/O thread.
 */
final class Turns {

    /** A connection. */
    interface Taker {
        /** Whether it moved so much in its last turn that others come first. */
        boolean movesMuch();

        /** Does what there is to do, as far as it fits into one turn. */
        void takeTurn();
    }

    // Bound: the connections of the thread.
    private final Set<Taker> queue = new LinkedHashSet<>();

    /** There is something to do for a connection: does it, or puts it off. */
    void ready(Taker taker) {
        if (taker.movesMuch()) {
            queue.add(taker);
        } else if (!queue.contains(taker)) {
            taker.takeTurn();
        }
    }

    /** A connection has more to do, when it is its turn again. */
    void await(Taker taker) {
        queue.add(taker);
    }

    /** Whether somebody waits for a turn. */
    boolean areAwaited() {
        return !queue.isEmpty();
    }

    /** At the end of a round: gives a turn to who has waited longest. */
    void next() {
        Iterator<Taker> first = queue.iterator();
        if (first.hasNext()) {
            Taker taker = first.next();
            first.remove();
            taker.takeTurn();
        }
    }
}
