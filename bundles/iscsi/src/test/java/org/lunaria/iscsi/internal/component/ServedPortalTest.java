package org.lunaria.iscsi.internal.component;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.lunaria.iscsi.PortalStatus;
import org.lunaria.iscsi.internal.node.Portal;

class ServedPortalTest {
    private final Set<Integer> taken = new HashSet<>();
    private final SteppedTimer timer = new SteppedTimer();
    private final PortalBindings bindings = new PortalBindings(this::open, timer);
    private final List<Integer> closed = new ArrayList<>();
    private final EndedSessions ended = new EndedSessions();
    private boolean anyAddressIsTaken;

    @Test
    void aPortalListens() {
        serve(3260);
        assertEquals(new PortalStatus("main", "127.0.0.1", 3260, 1, true, "", 0), status());
    }

    @Test
    void aPortalThatCannotListenSaysWhyAndTriesAgain() {
        taken.add(3260);
        serve(3260);
        assertEquals(new PortalStatus("main", "127.0.0.1", 3260, 1, false, "Port 3260 is taken.", 0), status());
        timer.step();
        assertFalse(status().listening());
        taken.clear();
        timer.step();
        assertTrue(status().listening());
        assertEquals("", status().detail());
    }

    @Test
    void aPortalMovesToAnotherAddressAndItsSessionsGoOn() {
        serve(3260).change(portal(3261));
        assertEquals(List.of(), ended.reasons);
        assertEquals(3261, status().port());
        assertEquals(Set.of(3261), taken);
    }

    @Test
    void aPortalThatGetsAnotherTagListensOnTheSameAddress() {
        serve(3260).change(new Portal("main", new InetSocketAddress("127.0.0.1", 3260), 7));
        assertTrue(status().listening());
        assertEquals(7, status().tag());
    }

    @Test
    void aPortalThatCannotMoveStaysWhereItIs() {
        taken.add(3261);
        serve(3260).change(portal(3261));
        assertEquals(3260, status().port());
        assertTrue(status().listening());
        assertEquals(List.of(), closed);
    }

    @Test
    void aPortalThatCannotTakeEveryAddressGoesBackToItsOwn() {
        anyAddressIsTaken = true;
        serve(3260).change(new Portal("main", new InetSocketAddress("0.0.0.0", 3260), 1));
        assertEquals(new PortalStatus("main", "127.0.0.1", 3260, 1, true, "", 0), status());
    }

    @Test
    void aPortalThatDidNotListenMovesInAnyCase() {
        taken.addAll(Set.of(3260, 3261));
        serve(3260).change(portal(3261));
        assertEquals("Port 3261 is taken.", status().detail());
    }

    @Test
    void aPortalThatEndsGivesItsAddressBackAndEndsItsSessions() {
        serve(3260).close(true);
        assertEquals(Set.of(), taken);
        assertEquals(List.of(), bindings.statuses());
        assertEquals(List.of("portal main ended"), ended.reasons);
        timer.step();
        assertEquals(Set.of(), taken);
    }

    private PortalStatus status() {
        return bindings.statuses().get(0);
    }

    private ServedPortal serve(int port) {
        return new ServedPortal(portal(port), bindings, ended);
    }

    private static Portal portal(int port) {
        return new Portal("main", new InetSocketAddress("127.0.0.1", port), 1);
    }

    private BoundPortal open(Portal portal) throws IOException {
        int port = portal.address().getPort();
        if (anyAddressIsTaken && portal.address().getAddress().isAnyLocalAddress()) {
            throw new IOException("Every address is taken.");
        }
        if (!taken.add(port)) {
            throw new IOException("Port " + port + " is taken.");
        }
        return new BoundPortal() {
            @Override
            public int port() {
                return port;
            }

            @Override
            public int connections() {
                return 0;
            }

            @Override
            public void close() {
                taken.remove(port);
                closed.add(port);
            }
        };
    }
}
