package org.lunaria.backend.remote.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.EOFException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.lunaria.backend.BlockBackend.Fault;

class AbsenceTest {
    private static final long WAIT_NANOS = TimeUnit.SECONDS.toNanos(5);

    private final RemoteSettings settings = RemoteSettings.of(
            RemoteSettings.source(Volume.config("nbd://127.0.0.1:10809/disk", "reconnectMillis", "5000")));
    private final RemoteServer server = new RemoteServer("127.0.0.1", 10809, null, "disk", null, "the server");
    private final long began = System.nanoTime();
    private final Absence absence = new Absence(settings, server, began);

    @Test
    void beforeTheFirstAttemptHasFailedThereIsNothingToTell() {
        assertEquals("", absence.trouble());
        assertEquals("no answer yet", absence.obstacle());
        assertEquals(
                "volume disk-1 (remote): the server cannot be reached",
                absence.failure().getMessage());
    }

    @Test
    void theReasonIsToldUntilItServes() {
        absence.because(new EOFException("the server closed the connection"), true);
        assertEquals(
                "the server has been away for 0 s, and is connected to again and again: the server closed the connection.",
                absence.trouble().replaceAll("for \\d+ s", "for 0 s"));
        assertEquals("the server closed the connection", absence.obstacle());
        assertEquals(Fault.OFFLINE, absence.failure().fault());
        assertEquals(
                "volume disk-1 (remote): the server cannot be reached: the server closed the connection",
                absence.failure().getMessage());
        absence.end();
        assertEquals("", absence.trouble());
        assertEquals("no answer yet", absence.obstacle());
    }

    @Test
    void whatIsNoSentenceIsToldWithItsKind() {
        absence.because(new EOFException(), true);
        assertEquals("java.io.EOFException", absence.obstacle());
        absence.because(new IllegalStateException("odd"), true);
        assertEquals("java.lang.IllegalStateException: odd", absence.obstacle());
    }

    @Test
    void eachAttemptWaitsTwiceAsLongUpToABound() {
        long wait = Absence.RETRY_NANOS_LEAST;
        while (wait < Absence.RETRY_NANOS_MOST) {
            assertEquals(wait, absence.nextWaitNanos());
            wait *= 2;
        }
        assertEquals(Absence.RETRY_NANOS_MOST, absence.nextWaitNanos());
        assertEquals(Absence.RETRY_NANOS_MOST, absence.nextWaitNanos());
    }

    @Test
    void whoServedForLongIsConnectedToAtOnceAgainAndWhoDidNotIsNot() {
        absence.nextWaitNanos();
        absence.begin(Absence.STABLE_NANOS, began);
        assertEquals(2 * Absence.RETRY_NANOS_LEAST, absence.nextWaitNanos());
        absence.begin(Absence.STABLE_NANOS + 1, began);
        assertEquals(Absence.RETRY_NANOS_LEAST, absence.nextWaitNanos());
    }

    @Test
    void operationsWaitAsLongAsConfiguredFromTheBeginningOfTheAbsence() {
        assertFalse(absence.isTooLong(began + WAIT_NANOS));
        assertTrue(absence.isTooLong(began + WAIT_NANOS + 1));
        absence.begin(0, began + 1);
        assertFalse(absence.isTooLong(began + WAIT_NANOS + 1));
    }

    @Test
    void anOperationWaitsNoLongerThanThatWheneverTheServerWentAway() {
        Operation<Void> operation = new Operation<>(Operation.Kind.ZERO, 0, 512, null, false, false);
        assertFalse(absence.hasTakenTooLong(operation, operation.begunNanos + WAIT_NANOS));
        assertTrue(absence.hasTakenTooLong(operation, operation.begunNanos + WAIT_NANOS + 1));
    }
}
