package org.lunaria.scsi.internal.unit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.lunaria.scsi.internal.saved.MapSavedStore;

class PortGroupsTest {
    private static final int MAX = 0xFFFF;

    private final MapSavedStore store = new MapSavedStore();
    private final PortGroups groups = new PortGroups(store);

    private static String name(int number) {
        return "iqn.2026-11.example:target" + number;
    }

    /** What a target gets that is alone. */
    private static int alone(String name) {
        return new PortGroups(new MapSavedStore()).identifier(name);
    }

    /** Two names that would have the same. */
    private static String[] rivals() {
        Map<Integer, String> seen = new HashMap<>();
        for (int number = 0; ; number++) {
            String other = seen.put(alone(name(number)), name(number));
            if (other != null) {
                return new String[] {other, name(number)};
            }
        }
    }

    @Test
    void aTargetHasTheSameIdentifierAfterARestartWithoutAFile() {
        assertEquals(groups.identifier(name(1)), alone(name(1)));
        assertFalse(store.keeps(PortGroups.SAVED_AS));
    }

    @Test
    void aTargetThatComesBackHasItsIdentifierAgain() {
        int identifier = groups.identifier(name(1));
        groups.identifier(name(2));
        assertEquals(identifier, groups.identifier(name(1)));
    }

    @Test
    void noTwoTargetsHaveTheSame() {
        Set<Integer> taken = new HashSet<>();
        for (int number = 0; number < 2000; number++) {
            int identifier = groups.identifier(name(number));
            assertTrue(identifier >= 1 && identifier <= MAX);
            assertTrue(taken.add(identifier));
        }
        assertTrue(store.keeps(PortGroups.SAVED_AS));
    }

    @Test
    void targetsThatMetKeepTheirsInWhateverOrderTheyStart() {
        String[] rivals = rivals();
        int first = groups.identifier(rivals[0]);
        int second = groups.identifier(rivals[1]);
        assertNotEquals(first, second);
        PortGroups restarted = new PortGroups(store);
        assertEquals(second, restarted.identifier(rivals[1]));
        assertEquals(first, restarted.identifier(rivals[0]));
    }

    @Test
    void whatCannotBeSavedOrReadHoldsUntilARestart() {
        String[] rivals = rivals();
        store.fail(true);
        PortGroups broken = new PortGroups(store);
        int first = broken.identifier(rivals[0]);
        int second = broken.identifier(rivals[1]);
        assertNotEquals(first, second);
        assertEquals(first, broken.identifier(rivals[0]));
        assertEquals(second, broken.identifier(rivals[1]));
    }

    @Test
    void whatCouldNotBeReadIsNotWrittenOver() {
        String[] rivals = rivals();
        int first = groups.identifier(rivals[0]);
        int second = groups.identifier(rivals[1]);
        store.fail(true);
        PortGroups broken = new PortGroups(store);
        store.fail(false);
        broken.identifier(rivals[1]);
        broken.identifier(rivals[0]);
        PortGroups mended = new PortGroups(store);
        assertEquals(second, mended.identifier(rivals[1]));
        assertEquals(first, mended.identifier(rivals[0]));
    }
}
