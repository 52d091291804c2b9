package org.lunaria.isns.internal.component;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lunaria.iscsi.FakeTransport;
import org.lunaria.isns.OpenIsnsServer;
import org.lunaria.isns.ServerStatus;
import org.lunaria.isns.ServerStatus.State;

/** The component as Declarative Services has it, with its own thread and clock, at a real server. */
class IsnsComponentTest {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Duration POLL = Duration.ofMillis(20);

    @TempDir
    private Path folder;

    private final FakeTransport transport = new FakeTransport();
    private OpenIsnsServer server;
    private IsnsComponent component;

    @BeforeEach
    void start() throws Exception {
        server = new OpenIsnsServer(folder, "DefaultDiscoveryDomain = 1");
        transport.addPortal("p", "127.0.0.1", 3260, 1);
        transport.addTarget("a", "p");
        component = new IsnsComponent(Map.of(), transport);
    }

    @AfterEach
    void stop() throws Exception {
        component.deactivate();
        server.close();
    }

    @Test
    void asShippedItRegistersNowhere() {
        assertEquals(List.of(), component.servers());
        assertEquals("", component.refusal());
    }

    @Test
    void configurationThatComesIsRegisteredAndThatGoesIsTakenBack() throws Exception {
        component.modified(configuration("entity", "box"));
        await(() -> status().state() == State.REGISTERED);
        assertEquals(server.address().toString(), status().server());
        assertTrue(nodes().contains(FakeTransport.NAME + "a"));
        component.modified(Map.of());
        assertEquals(List.of(), component.servers());
        await(() -> nodes().isEmpty());
    }

    @Test
    void anotherNameTakesThePlaceOfTheOldOne() throws Exception {
        component.modified(configuration("entity", "box"));
        await(() -> status().state() == State.REGISTERED);
        component.modified(configuration("entity", "chest"));
        await(() -> status().state() == State.REGISTERED);
        String entities = server.isnsadm("--list", "entities");
        assertTrue(entities.contains("\"chest\"") && !entities.contains("\"box\""), entities);
        assertTrue(nodes().contains(FakeTransport.NAME + "a"));
    }

    @Test
    void configurationThatCannotBeTakenIsToldAndWhatWasGoesOn() throws Exception {
        component.modified(configuration("entity", "box"));
        await(() -> status().state() == State.REGISTERED);
        component.modified(configuration("registrationSeconds", "1"));
        assertEquals(
                "org.lunaria.isns: registrationSeconds = 1: give a whole number from 10 to 86400.",
                component.refusal());
        assertEquals(State.REGISTERED, status().state());
        component.modified(configuration("entity", "box"));
        assertEquals("", component.refusal());
    }

    @Test
    void inquiriesAreRegisteredWhereTheyAreAskedFor() throws Exception {
        component.modified(configuration("esiSeconds", "120"));
        await(() -> status().state() == State.REGISTERED);
        String portals = server.isnsadm("--list", "portals");
        assertTrue(portals.contains("ESI interval = 120"), portals);
    }

    @Test
    void stopTakesTheRegistrationBackBeforeItReturns() throws Exception {
        component.modified(configuration("entity", "box"));
        await(() -> status().state() == State.REGISTERED);
        component.deactivate();
        assertEquals("", nodes());
    }

    @Test
    void serverThatIsAwayDoesNotKeepAStopWaiting() throws Exception {
        server.close();
        component.modified(configuration("entity", "box"));
        await(() -> status().state() == State.FAILED);
        assertEquals("It cannot be reached: Connection refused.", status().detail());
        long before = System.nanoTime();
        component.deactivate();
        assertTrue(System.nanoTime() - before < Duration.ofSeconds(3).toNanos());
    }

    private Map<String, Object> configuration(String key, String value) {
        Map<String, Object> values =
                new HashMap<>(Map.of("servers", server.address().toString(), "entity", "box"));
        values.put(key, value);
        return values;
    }

    private ServerStatus status() {
        return component.servers().get(0);
    }

    private String nodes() throws Exception {
        return server.isnsadm("--list", "nodes").trim();
    }

    private static void await(Callable<Boolean> condition) throws Exception {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (!condition.call()) {
            assertTrue(System.nanoTime() < deadline, "it does not become so");
            LockSupport.parkNanos(POLL.toNanos());
        }
    }
}
