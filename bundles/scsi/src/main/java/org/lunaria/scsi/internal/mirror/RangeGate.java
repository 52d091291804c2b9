package org.lunaria.scsi.internal.mirror;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.lunaria.backend.Completions;

/**
 * Lets those whose ranges overlap in one after the other, in the order in which they came, and all others at once. Two
 * stores that get the same changes through it have the same bytes in the end. Thread-safe; its lock is a leaf.
 */
final class RangeGate {
    /** Those that are in and those that wait, in the order in which they came. */
    private final Set<Turn> turns = new LinkedHashSet<>();

    private long taken;

    /** A turn for a range; its owner waits for {@link Turn#ready}, and {@link Turn#leave leaves}. */
    synchronized Turn take(long offset, long length) {
        Turn turn = new Turn(taken++, offset, offset + length);
        for (Turn other : turns) {
            if (other.overlaps(turn)) {
                turn.waitsFor++;
            }
        }
        turn.ready = turn.waitsFor == 0 ? Completions.DONE : new CompletableFuture<>();
        turns.add(turn);
        return turn;
    }

    private synchronized List<Turn> remove(Turn turn) {
        List<Turn> free = new ArrayList<>();
        if (turns.remove(turn)) {
            for (Turn other : turns) {
                if (other.number > turn.number && other.overlaps(turn) && --other.waitsFor == 0) {
                    free.add(other);
                }
            }
        }
        return free;
    }

    /** A place in the order. Its fields are the gate's, under its lock. */
    final class Turn {
        private final long number;
        private final long begin;
        private final long end;
        private int waitsFor;
        private CompletableFuture<Void> ready;

        private Turn(long number, long begin, long end) {
            this.number = number;
            this.begin = begin;
            this.end = end;
        }

        /** Completes when nobody who came before is in the range; at once mostly, and else on the thread of who leaves. */
        CompletableFuture<Void> ready() {
            return ready;
        }

        /** Lets those in that waited for this one. A second call does nothing. */
        void leave() {
            remove(this).forEach(next -> next.ready.complete(null));
        }

        private boolean overlaps(Turn other) {
            return begin < other.end && other.begin < end;
        }
    }
}
