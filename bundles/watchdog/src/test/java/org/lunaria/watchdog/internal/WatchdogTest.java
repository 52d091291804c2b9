package org.lunaria.watchdog.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.lunaria.iscsi.FakeTransport;
import org.lunaria.iscsi.IscsiTransport;
import org.lunaria.iscsi.PortalStatus;

class WatchdogTest {
    private static final Duration SILENCE_MAX = Duration.ofSeconds(20);

    private final List<String> told = new ArrayList<>();
    private final FakeTransport transport = new FakeTransport();
    private Optional<IscsiTransport> service = Optional.of(transport);
    private long nanos = Long.MAX_VALUE - 7;
    private final Watchdog watchdog = new Watchdog(() -> service, told::add, () -> nanos, SILENCE_MAX);

    @Test
    void readyIsToldOnceWhenAPortalListens() {
        transport.portals.add(portal(false));
        watchdog.round();
        assertEquals(List.of("WATCHDOG=1"), told);
        transport.portals.add(0, portal(true));
        watchdog.round();
        watchdog.round();
        assertEquals(
                List.of("WATCHDOG=1", "READY=1", "STATUS=1 of 2 portals listen.", "WATCHDOG=1", "WATCHDOG=1"), told);
    }

    @Test
    void anApplianceWhosePortalCannotListenIsReadyAfterAWhile() {
        transport.portals.add(portal(false));
        nanos += Watchdog.READY_WAIT.toNanos() - 1;
        watchdog.round();
        assertFalse(told.contains("READY=1"));
        nanos += 1;
        watchdog.round();
        assertTrue(told.contains("READY=1") && told.contains("STATUS=0 of 1 portals listen."), told::toString);
    }

    @Test
    void nothingIsToldOfLifeWhileAnIoThreadDoesNotTurn() {
        transport.silence = SILENCE_MAX;
        assertFalse(watchdog.round());
        assertFalse(told.contains("WATCHDOG=1"));
        transport.silence = Duration.ofSeconds(1);
        assertTrue(watchdog.round());
        assertTrue(told.contains("WATCHDOG=1"));
    }

    @Test
    void aTransportThatIsBeingExchangedIsNotLost() {
        service = Optional.empty();
        assertTrue(watchdog.round());
        assertEquals(List.of("WATCHDOG=1"), told);
    }

    private static PortalStatus portal(boolean listening) {
        return new PortalStatus("default", "127.0.0.1", 3260, 1, listening, "", 0);
    }
}
