package org.lunaria.iscsi.internal.mina;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class LookoutTest {
    private static final boolean FOUND = false;
    private static final boolean SLEPT = true;

    private final Lookout lookout = new Lookout(5, 60);

    @Test
    void itLooksAsLongAsItFinds() {
        for (int count = 0; count < 10; count++) {
            assertEquals(60, lookout.nanos());
            lookout.ended(FOUND);
        }
    }

    @Test
    void eachMissHasTwiceAsManyLooksLeftOutAtMost63() {
        for (int leftOut : new int[] {1, 3, 7, 15, 31, 63, 63, 63}) {
            assertEquals(60, lookout.nanos());
            lookout.ended(SLEPT);
            for (int count = 0; count < leftOut; count++) {
                assertEquals(5, lookout.nanos());
                lookout.ended(SLEPT);
            }
        }
    }

    @Test
    void whatWasFoundEndsTheDoubt() {
        for (int count = 0; count < 1 + 1 + 1 + 3; count++) {
            lookout.ended(SLEPT);
        }
        assertEquals(60, lookout.nanos());
        lookout.ended(FOUND);
        assertEquals(60, lookout.nanos());
        lookout.ended(SLEPT);
        lookout.ended(FOUND);
        assertEquals(60, lookout.nanos());
    }
}
