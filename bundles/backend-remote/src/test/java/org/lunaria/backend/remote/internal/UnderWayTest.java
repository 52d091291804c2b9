package org.lunaria.backend.remote.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.lunaria.backend.remote.internal.Operation.Kind;

class UnderWayTest {
    private final UnderWay underWay = new UnderWay();

    @Test
    void aChangeWaitsForAllThatItOverlapsAndAReadForChangesOnly() {
        underWay.add(operation(Kind.READ, 0, 1024));
        underWay.add(operation(Kind.ZERO, 4096, 1024));
        assertFalse(underWay.conflicts(operation(Kind.READ, 512, 512)));
        assertTrue(underWay.conflicts(operation(Kind.ZERO, 512, 512)));
        assertFalse(underWay.conflicts(operation(Kind.ZERO, 1024, 3072)), "it lies between them");
        assertTrue(underWay.conflicts(operation(Kind.READ, 0, 4097)));
        assertTrue(underWay.conflicts(operation(Kind.ZERO, 5119, 1)));
        assertFalse(underWay.conflicts(operation(Kind.ZERO, 5120, 1)));
    }

    @Test
    void aFlushWaitsForNothing() {
        underWay.add(operation(Kind.ZERO, 0, 4096));
        assertFalse(underWay.conflicts(operation(Kind.FLUSH, 0, 0)));
    }

    @Test
    void whatIsTakenBackGoesAgainstTheOrderInWhichItWasSentFirst() {
        Operation<Void> first = operation(Kind.READ, 0, 512);
        Operation<Void> second = operation(Kind.READ, 512, 512);
        Operation<Void> third = operation(Kind.READ, 1024, 512);
        underWay.add(first);
        underWay.add(second);
        assertEquals(List.of(second, first), underWay.takeAllLastFirst());
        assertTrue(underWay.isEmpty());
        underWay.add(third);
        underWay.add(first);
        assertEquals(List.of(third, first), underWay.takeAllLastFirst(), "the first was sent before the third once");
    }

    @Test
    void whicheverAreAnsweredTheOthersStay() {
        long seed = Long.getLong("lunaria.seed", System.nanoTime());
        System.out.println("UnderWayTest: -Dlunaria.seed=" + seed);
        Random random = new Random(seed);
        List<Operation<?>> expected = new ArrayList<>();
        for (int i = 0; i < 10_000; i++) {
            if (expected.size() < 64 && random.nextBoolean()) {
                Operation<Void> operation = operation(Kind.READ, 512L * i, 512);
                underWay.add(operation);
                expected.add(operation);
            } else if (!expected.isEmpty()) {
                underWay.remove(expected.remove(random.nextInt(expected.size())));
            }
            assertEquals(expected.isEmpty(), underWay.isEmpty());
        }
        Set<Operation<?>> left = new HashSet<>(underWay.takeAllLastFirst());
        assertEquals(new HashSet<>(expected), left);
    }

    private static Operation<Void> operation(Kind kind, long offset, int length) {
        ByteBuffer data = kind == Kind.READ ? ByteBuffer.allocate(length) : null;
        return new Operation<>(kind, offset, length, data, false, false);
    }
}
