package org.lunaria.watchdog.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.lunaria.iscsi.IscsiTransport;
import org.lunaria.iscsi.LimitStatus;
import org.lunaria.iscsi.PortalStatus;
import org.lunaria.iscsi.SessionStatus;
import org.lunaria.iscsi.SessionTraffic;
import org.lunaria.iscsi.TargetStatus;

class WatchdogTest {
    private static final Duration SILENCE_MAX = Duration.ofSeconds(20);

    private final List<String> told = new ArrayList<>();
    private final FakeTransport transport = new FakeTransport();
    private Optional<IscsiTransport> service = Optional.of(transport);
    private long nanos = Long.MAX_VALUE - 7;
    private final Watchdog watchdog = new Watchdog(() -> service, told::add, () -> nanos, SILENCE_MAX);

    @Test
    void readyIsToldOnceWhenAPortalListens() {
        transport.portals = List.of(portal(false));
        watchdog.round();
        assertEquals(List.of("WATCHDOG=1"), told);
        transport.portals = List.of(portal(true), portal(false));
        watchdog.round();
        watchdog.round();
        assertEquals(
                List.of("WATCHDOG=1", "READY=1", "STATUS=1 of 2 portals listen.", "WATCHDOG=1", "WATCHDOG=1"), told);
    }

    @Test
    void anApplianceWhosePortalCannotListenIsReadyAfterAWhile() {
        transport.portals = List.of(portal(false));
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

    private static final class FakeTransport implements IscsiTransport {
        private List<PortalStatus> portals = List.of();
        private Duration silence = Duration.ZERO;

        @Override
        public List<PortalStatus> portals() {
            return portals;
        }

        @Override
        public Duration ioThreadSilence() {
            return silence;
        }

        @Override
        public List<TargetStatus> targets() {
            return List.of();
        }

        @Override
        public List<SessionStatus> sessions() {
            return List.of();
        }

        @Override
        public List<SessionTraffic> traffic() {
            return List.of();
        }

        @Override
        public boolean drop(String id) {
            return false;
        }

        @Override
        public List<LimitStatus> limits() {
            return List.of();
        }

        @Override
        public Optional<String> verdict(String pid, Map<String, ?> values) {
            return Optional.empty();
        }

        @Override
        public List<String> refusals() {
            return List.of();
        }
    }
}
