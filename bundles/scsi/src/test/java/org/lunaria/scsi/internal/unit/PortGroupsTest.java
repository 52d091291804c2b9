package org.lunaria.scsi.internal.unit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class PortGroupsTest {
    private static final int MAX = 0xFFFF;

    private final PortGroups groups = new PortGroups();

    private static String name(int number) {
        return "iqn.2026-11.example:target" + number;
    }

    @Test
    void aTargetHasTheSameIdentifierAfterARestart() {
        assertEquals(groups.identifier(name(1)), new PortGroups().identifier(name(1)));
    }

    @Test
    void aTargetThatComesBackHasItsIdentifierAgain() {
        int identifier = groups.identifier(name(1));
        groups.identifier(name(2));
        assertEquals(identifier, groups.identifier(name(1)));
    }

    @Test
    void noTwoTargetsHaveTheSameUntilThereIsNoneLeft() {
        Set<Integer> taken = new HashSet<>();
        for (int number = 0; number < MAX; number++) {
            int identifier = groups.identifier(name(number));
            assertTrue(identifier >= 1 && identifier <= MAX);
            assertTrue(taken.add(identifier));
        }
        assertThrows(IllegalStateException.class, () -> groups.identifier(name(MAX)));
    }
}
