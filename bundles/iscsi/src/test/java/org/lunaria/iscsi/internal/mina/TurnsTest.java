package org.lunaria.iscsi.internal.mina;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class TurnsTest {
    private long now;
    private final Turns turns = new Turns(() -> now);
    private final List<String> served = new ArrayList<>();

    @Test
    void whoMovesLittleIsServedAtOnce() {
        turns.ready(new Connection("small", 0));
        assertEquals(List.of("small"), served);
        assertFalse(turns.areAwaited());
    }

    @Test
    void aSmallCommandWaitsForOneTurnOfManyBulkTransfersAtMost() {
        List<Connection> bulk = new ArrayList<>();
        for (int number = 0; number < 10; number++) {
            bulk.add(new Connection("bulk" + number, Integer.MAX_VALUE));
        }
        Connection small = new Connection("small", 0);
        bulk.forEach(turns::ready);
        turns.next();
        assertEquals(List.of("bulk0"), served, "what is under way when the small command comes");
        round(bulk, small);
        assertEquals(List.of("bulk0", "small", "bulk1"), served, "although every socket is ready, the bulk ones first");
    }

    @Test
    void bulkTransfersTakeTurns() {
        List<Connection> bulk = List.of(
                new Connection("a", Integer.MAX_VALUE),
                new Connection("b", Integer.MAX_VALUE),
                new Connection("c", Integer.MAX_VALUE));
        for (int round = 0; round < 6; round++) {
            round(bulk);
        }
        assertEquals(List.of("a", "b", "c", "a", "b", "c"), served);
    }

    @Test
    void aBulkTransferHasItsTurnInEachRoundHoweverManySmallCommandsThereAre() {
        Connection bulk = new Connection("bulk", Integer.MAX_VALUE);
        for (int round = 0; round < 3; round++) {
            for (int number = 0; number < 100; number++) {
                turns.ready(new Connection("small", 0));
            }
            turns.ready(bulk);
            turns.next();
        }
        assertEquals(303, served.size());
        assertEquals(List.of(100, 201, 302), indexesOf("bulk"));
    }

    @Test
    void aTurnThatHasToGoOnDoesSoInTheNextRoundAndNotBefore() {
        Connection longer = new Connection("longer", 1);
        turns.ready(longer);
        longer.moves = 0;
        assertTrue(turns.areAwaited());
        turns.ready(longer);
        assertEquals(List.of(), served, "it stands in the queue, ready or not");
        turns.next();
        assertEquals(List.of("longer"), served);
        turns.await(longer);
        turns.next();
        turns.next();
        assertEquals(List.of("longer", "longer"), served);
        assertFalse(turns.areAwaited());
    }

    @Test
    void turnsAreLongWhileNobodyMovesLittle() {
        Connection bulk = new Connection("bulk", Integer.MAX_VALUE);
        now += Turns.REMEMBERED_NANOS + 1;
        turns.ready(bulk);
        turns.next();
        assertTrue(turns.areLong());
        turns.ready(new Connection("small", 0));
        now += Turns.REMEMBERED_NANOS;
        turns.ready(bulk);
        assertFalse(turns.areLong(), "the small one may come again");
        now++;
        assertTrue(turns.areLong());
    }

    @Test
    void aBulkTransferThatPausesDoesNotShortenItsOwnTurns() {
        Connection bulk = new Connection("bulk", Integer.MAX_VALUE);
        turns.ready(bulk);
        turns.next();
        now += Turns.REMEMBERED_NANOS + 1;
        bulk.moves = 0;
        turns.ready(bulk);
        assertTrue(turns.areLong());
        turns.ready(new Connection("small", 0));
        turns.ready(bulk);
        assertFalse(turns.areLong());
    }

    private void round(List<Connection> ready, Connection... more) {
        ready.forEach(turns::ready);
        List.of(more).forEach(turns::ready);
        turns.next();
    }

    private List<Integer> indexesOf(String name) {
        List<Integer> indexes = new ArrayList<>();
        for (int index = 0; index < served.size(); index++) {
            if (served.get(index).equals(name)) {
                indexes.add(index);
            }
        }
        return indexes;
    }

    /** Moves much in so many turns. */
    private final class Connection implements Turns.Taker {
        private final String name;
        private int moves;

        Connection(String name, int moves) {
            this.name = name;
            this.moves = moves;
        }

        @Override
        public boolean movesMuch() {
            return moves > 0;
        }

        @Override
        public void takeTurn() {
            served.add(name);
        }
    }
}
