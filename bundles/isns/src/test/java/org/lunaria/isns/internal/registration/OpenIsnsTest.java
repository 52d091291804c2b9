package org.lunaria.isns.internal.registration;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lunaria.iscsi.FakeTransport;
import org.lunaria.isns.OpenIsnsServer;
import org.lunaria.isns.ServerStatus.State;
import org.lunaria.isns.internal.message.Message;
import org.lunaria.isns.internal.message.Tag;
import org.lunaria.isns.internal.network.InquiryPort;
import org.lunaria.isns.internal.network.ServerConnection;

/** The server that Debian ships understands this client, and others see by it what this client registers. */
class OpenIsnsTest {
    private static final String A = FakeTransport.NAME + "a";
    private static final String B = FakeTransport.NAME + "b";
    private static final int PERIOD_SECONDS = 60;

    @TempDir
    private Path folder;

    private final FakeTransport transport = new FakeTransport();
    private OpenIsnsServer server;
    private Registrar registrar;
    private long seconds;

    @BeforeEach
    void start() throws Exception {
        server = new OpenIsnsServer(folder, "DefaultDiscoveryDomain = 1", "RegistrationPeriod = 10m");
        transport.addPortal("p", "127.0.0.1", 3260, 1);
        transport.addPortal("q", "2001:db8::7", 3261, 7);
        transport.addTarget("a", "p", "q");
        registrar = open();
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void registrationIsShownAsItIs() throws Exception {
        transport.addTarget("b", "q");
        bringUpToDate();
        assertEquals(
                State.REGISTERED, registrar.status().state(), registrar.status().detail());
        assertEquals(2, registrar.status().targets());
        assertEquals(2, registrar.status().portals());
        assertShown("entities", "\"box.example.org\"", "iSCSI (2)");
        assertShown("nodes", A, B, "iSCSI node type = Target", "iSCSI alias = \"b\"", "iSCSI auth method = \"none\"");
        assertShown("portals", "127.0.0.1", "3260/tcp", "Portal name = \"p\"", "2001:db8::7", "3261/tcp");
        String groups = server.isnsadm("--list", "portal-groups");
        assertEquals(2, count(groups, A), groups);
        assertEquals(1, count(groups, B), groups);
        assertEquals(2, count(groups, "Portal group tag = 7"), groups);
        assertEquals(1, count(groups, "Portal group tag = 1"), groups);
    }

    @Test
    void initiatorSeesTargetsComeAndGo() throws Exception {
        bringUpToDate();
        try (Watcher watcher = new Watcher(server.address())) {
            assertEquals(List.of(A), watcher.targets());
            transport.addTarget("b", "p");
            bringUpToDate();
            watcher.awaitChange(Watcher.ADDED, B);
            assertEquals(List.of(A, B), watcher.targets());
            transport.removeTarget("a");
            bringUpToDate();
            watcher.awaitChange(Watcher.REMOVED, A);
            assertEquals(List.of(B), watcher.targets());
            registrar.end();
            watcher.awaitChange(Watcher.REMOVED, B);
            assertEquals(List.of(), watcher.targets());
        }
    }

    @Test
    void portalThatMovesIsRegisteredAnew() throws Exception {
        bringUpToDate();
        transport.portals.remove(0);
        transport.addPortal("p", "127.0.0.1", 3262, 2);
        bringUpToDate();
        assertEquals(
                State.REGISTERED, registrar.status().state(), registrar.status().detail());
        assertShown("portals", "3262/tcp");
        assertNotShown("portals", "3260/tcp");
        assertShown("portal-groups", "3262/tcp", "Portal group tag = 2");
    }

    @Test
    void nextRunReplacesWhatACrashLeft() throws Exception {
        bringUpToDate();
        transport.targets.clear();
        transport.addTarget("b", "p");
        registrar = open();
        bringUpToDate();
        assertEquals(
                State.REGISTERED, registrar.status().state(), registrar.status().detail());
        assertShown("nodes", B);
        assertNotShown("nodes", A);
        assertNotShown("portals", "2001:db8::7");
    }

    @Test
    void serverThatRestartsIsFoundAgain() throws Exception {
        bringUpToDate();
        server.close();
        renew();
        assertEquals(State.FAILED, registrar.status().state());
        assertEquals(
                "It cannot be reached: Connection refused.", registrar.status().detail());
        server.start();
        renew();
        assertEquals(
                State.REGISTERED, registrar.status().state(), registrar.status().detail());
        assertShown("nodes", A);
    }

    @Test
    void whatAnAdministratorRemovedAtTheServerComesBack() throws Exception {
        bringUpToDate();
        server.isnsadm("--deregister", "iscsi-name=" + A);
        assertNotShown("nodes", A);
        renew();
        assertEquals(
                State.REGISTERED, registrar.status().state(), registrar.status().detail());
        assertShown("nodes", A);
    }

    @Test
    void hundredsOfTargetsAreRegisteredAndDeregistered() throws Exception {
        for (int i = 0; i < 400; i++) {
            transport.addTarget("disk" + i, "p");
        }
        bringUpToDate();
        assertEquals(
                State.REGISTERED, registrar.status().state(), registrar.status().detail());
        assertShown("nodes", FakeTransport.NAME + "disk0\"", FakeTransport.NAME + "disk399\"");
        renew();
        assertEquals(
                State.REGISTERED, registrar.status().state(), registrar.status().detail());
        transport.targets.removeIf(target -> !target.name().equals("a"));
        bringUpToDate();
        assertEquals(1, registrar.status().targets());
        assertNotShown("nodes", "disk");
    }

    @Test
    void inquiriesOfTheServerAreAnswered() throws Exception {
        server.close();
        server = new OpenIsnsServer(
                folder, "DefaultDiscoveryDomain = 1", "ESIMinInterval = 1s", "ESIMaxInterval = 1s", "ESIRetries = 1");
        BlockingQueue<Message> heard = new LinkedBlockingQueue<>();
        InetSocketAddress anyPort = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
        try (InquiryPort port = InquiryPort.open(anyPort, Duration.ofMinutes(1), heard::add)) {
            registrar = open(answeredBy(port));
            bringUpToDate();
            assertShown("portals", "127.0.0.1", "ESI interval = 1");
            for (int inquiry = 0; inquiry < 3; inquiry++) {
                Message message = heard.poll(30, TimeUnit.SECONDS);
                assertEquals(
                        "box.example.org",
                        message.first(Tag.ENTITY_IDENTIFIER).orElseThrow().text());
            }
            // One inquiry without an answer, and it would be gone.
            assertShown("portals", "127.0.0.1");
        }
    }

    @Test
    void nothingIsLeftAtTheEnd() throws Exception {
        bringUpToDate();
        registrar.end();
        for (String type : List.of("entities", "nodes", "portals", "portal-groups")) {
            assertEquals("", server.isnsadm("--list", type).trim(), type);
        }
    }

    private static StatusInquiry answeredBy(InquiryPort port) {
        return new StatusInquiry() {
            @Override
            public int intervalSeconds() {
                return 1;
            }

            @Override
            public int port(InetAddress local) throws IOException {
                return port.port();
            }
        };
    }

    private Registrar open() {
        return open(StatusInquiry.NONE);
    }

    private Registrar open(StatusInquiry inquiry) {
        return new Registrar(
                server.address().toString(),
                () -> ServerConnection.open(server.address(), Duration.ofSeconds(10)),
                new InventorySource(transport, List::of),
                new Entity("box.example.org", PERIOD_SECONDS),
                inquiry,
                () -> Duration.ofSeconds(seconds).toNanos(),
                Clock.systemUTC());
    }

    /** A change is seen once, and counts when it is seen again. */
    private void bringUpToDate() {
        seconds++;
        registrar.tick();
        seconds++;
        registrar.tick();
    }

    private void renew() {
        seconds += PERIOD_SECONDS;
        registrar.tick();
    }

    private void assertShown(String type, String... parts) throws Exception {
        String list = server.isnsadm("--list", type);
        for (String part : parts) {
            assertTrue(list.contains(part), part + " is not among " + list);
        }
    }

    private void assertNotShown(String type, String part) throws Exception {
        String list = server.isnsadm("--list", type);
        assertFalse(list.contains(part), part + " is among " + list);
    }

    private static int count(String text, String part) {
        return text.split(Pattern.quote(part), -1).length - 1;
    }
}
