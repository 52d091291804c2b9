package org.lunaria.iscsi.internal.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class CommandWindowTest {
    private final CommandWindow window = new CommandWindow(0xFFFFFFFEL, 16, 4);

    @Test
    void itBeginsWithWhatThereIsRoomFor() {
        assertEquals(1, window.maxCmdSN());
        assertTrue(window.contains(0xFFFFFFFEL) && window.contains(1));
        assertFalse(window.contains(2));
    }

    @Test
    void itOpensByWhatThereIsRoomForAndNoMoreThanMayBeUnderWay() {
        window.open(2, 10);
        assertEquals(7, window.maxCmdSN());
        window.open(2, 100);
        assertEquals(11, window.maxCmdSN());
    }

    @Test
    void itNeverClosesBackwards() {
        window.open(0, 16);
        window.open(3, 0);
        assertEquals(13, window.maxCmdSN());
    }

    @Test
    void itStaysClosedWhileThoseUnderWayAreGoingToBeAnswered() {
        for (int command = 0; command < 4; command++) {
            window.advance();
        }
        window.open(2, -5);
        assertFalse(window.contains(window.expCmdSN()));
        window.open(1, -5);
        assertTrue(window.contains(window.expCmdSN()), "an initiator that nobody answers any more would never go on");
        assertFalse(window.contains(window.expCmdSN() + 1));
    }

    @Test
    void aLoginThatJoinsASessionHasNone() {
        CommandWindow none = new CommandWindow(7, 0, 0);
        none.open(0, 10);
        assertFalse(none.contains(7));
    }
}
