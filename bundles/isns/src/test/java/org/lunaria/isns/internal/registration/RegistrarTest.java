package org.lunaria.isns.internal.registration;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetAddress;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.lunaria.iscsi.FakeTransport;
import org.lunaria.isns.ServerStatus;
import org.lunaria.isns.ServerStatus.State;
import org.lunaria.isns.internal.message.Attribute;
import org.lunaria.isns.internal.message.StatusCode;
import org.lunaria.isns.internal.message.Tag;

class RegistrarTest {
    private static final Instant START = Instant.parse("2026-11-26T00:00:00Z");
    private static final int PERIOD_SECONDS = 300;
    private static final int RENEW_SECONDS = 100;

    private final FakeTransport transport = new FakeTransport();
    private final FakeServer server = new FakeServer();
    private long seconds;
    private StatusInquiry inquiry = StatusInquiry.NONE;
    private Registrar registrar;

    @BeforeEach
    void serveOneTarget() {
        transport.addPortal("p", "10.0.0.1", 3260, 1);
        transport.addTarget("a", "p");
        open();
    }

    @Test
    void firstRegistrationReplacesWhatAFormerRunLeft() {
        assertEquals(new ServerStatus("isns:3205", State.PENDING, START, 0, 0, ""), registrar.status());
        server.names.add("left");
        pass(2);
        assertEquals(List.of("DevAttrReg replacing 10.0.0.1:3260 a"), server.requests());
        assertEquals(Set.of("a"), server.names);
        assertEquals(
                new ServerStatus("isns:3205", State.REGISTERED, START.plusSeconds(2), 1, 1, ""), registrar.status());
    }

    @Test
    void whatChangesIsWaitedForUntilItLastsASecond() {
        pass(1);
        transport.addTarget("b", "p");
        pass(1);
        transport.addTarget("c", "p");
        pass(1);
        assertEquals(0, server.connections);
        pass(1);
        assertEquals(List.of("DevAttrReg replacing 10.0.0.1:3260 a b c"), server.requests());
        assertEquals(1, server.connections);
    }

    @Test
    void nothingIsSentWhileNothingChanges() {
        pass(2);
        server.requests();
        pass(RENEW_SECONDS - 1);
        assertEquals(List.of(), server.requests());
    }

    @Test
    void registrationIsRenewedByAQueryThriceInItsPeriod() {
        pass(2);
        server.requests();
        pass(PERIOD_SECONDS);
        assertEquals(List.of("DevAttrQry", "DevAttrQry", "DevAttrQry"), server.requests());
    }

    @Test
    void shorterPeriodOfTheServerIsKept() {
        server.periodSeconds = Optional.of(30);
        pass(2);
        server.requests();
        pass(30);
        assertEquals(3, server.requests().size());
    }

    @Test
    void whatTheServerLostIsRegisteredAgainWithoutReplacing() {
        pass(2);
        server.requests();
        server.forget();
        pass(RENEW_SECONDS);
        assertEquals(List.of("DevAttrQry", "DevAttrReg 10.0.0.1:3260 a"), server.requests());
        assertEquals(Set.of("a"), server.names);
    }

    @Test
    void portalThatTheServerDroppedIsRegisteredAgain() {
        pass(2);
        server.portals.clear();
        pass(RENEW_SECONDS);
        assertEquals(Set.of("10.0.0.1:3260"), server.portals);
    }

    @Test
    void serverThatDoesNotShowItIsToldEachTime() {
        server.showsNothing = true;
        pass(2);
        server.requests();
        pass(RENEW_SECONDS);
        assertEquals(List.of("DevAttrQry", "DevAttrReg 10.0.0.1:3260 a"), server.requests());
        assertEquals(State.REGISTERED, registrar.status().state());
        assertEquals(START.plusSeconds(2), registrar.status().since());
    }

    @Test
    void serverThatCannotShowEverythingIsAskedForOneNode() {
        server.cannotShowAll = true;
        pass(2);
        server.requests();
        pass(RENEW_SECONDS);
        assertEquals(List.of("DevAttrQry", "DevAttrQry"), server.requests());
        server.forget();
        pass(RENEW_SECONDS);
        assertEquals(List.of("DevAttrQry", "DevAttrQry", "DevAttrReg 10.0.0.1:3260 a"), server.requests());
    }

    @Test
    void addedTargetIsRegisteredAndNoOther() {
        pass(2);
        server.requests();
        transport.addTarget("b", "p");
        pass(2);
        assertEquals(List.of("DevAttrQry", "DevAttrReg b"), server.requests());
        assertEquals(2, registrar.status().targets());
    }

    @Test
    void removedTargetIsDeregistered() {
        transport.addTarget("b", "p");
        pass(2);
        server.requests();
        transport.removeTarget("a");
        pass(2);
        assertEquals(List.of("DevAttrQry", "DevDereg a"), server.requests());
        assertEquals(Set.of("b"), server.names);
    }

    @Test
    void targetThatGetsAnotherNameIsRegisteredBeforeTheOldOneGoes() {
        pass(2);
        server.requests();
        transport.removeTarget("a");
        transport.addTarget("b", "p");
        pass(2);
        assertEquals(List.of("DevAttrQry", "DevAttrReg b", "DevDereg a"), server.requests());
        assertEquals(Set.of("b"), server.names);
    }

    @Test
    void newPortalIsRelatedToEveryTargetAndAGoneOneIsDeregistered() {
        pass(2);
        server.requests();
        transport.portals.clear();
        transport.addPortal("p", "10.0.0.2", 3260, 1);
        pass(2);
        assertEquals(List.of("DevAttrQry", "DevAttrReg 10.0.0.2:3260 a", "DevDereg 10.0.0.1:3260"), server.requests());
        assertEquals(Set.of("10.0.0.2:3260"), server.portals);
    }

    @Test
    void entityGoesWithTheLastTarget() {
        pass(2);
        server.requests();
        transport.targets.clear();
        pass(2);
        assertEquals(List.of("DevDereg entity"), server.requests());
        assertEquals(new ServerStatus("isns:3205", State.EMPTY, START.plusSeconds(4), 0, 0, ""), registrar.status());
        transport.addTarget("b", "p");
        pass(2);
        assertEquals(List.of("DevAttrReg replacing 10.0.0.1:3260 b"), server.requests());
    }

    @Test
    void serverThatKnowsNothingAnyMoreNeedsNoDeregistration() {
        pass(2);
        transport.targets.clear();
        server.refusal = Optional.of(StatusCode.SOURCE_UNKNOWN);
        pass(2);
        assertEquals(State.EMPTY, registrar.status().state());
        server.connections = 0;
        pass(RENEW_SECONDS);
        assertEquals(0, server.connections);
    }

    @Test
    void targetThatNoListeningPortalReachesIsNotRegistered() {
        transport.portals.clear();
        pass(200);
        assertEquals(0, server.connections);
        assertEquals(State.EMPTY, registrar.status().state());
    }

    @Test
    void loopbackAddressIsForAServerOnThisMachineOnly() throws Exception {
        transport.addPortal("local", "127.0.0.1", 3261, 1);
        transport.addTarget("b", "local");
        server.reachedFrom = InetAddress.getByName("10.0.0.1");
        pass(2);
        assertEquals(List.of("DevAttrReg replacing 10.0.0.1:3260 a"), server.requests());
    }

    @Test
    void serverThatIsAwayIsTriedAgainEverMoreSeldom() {
        server.away = true;
        pass(2);
        assertEquals(1, server.connections);
        assertEquals(
                new ServerStatus("isns:3205", State.FAILED, START.plusSeconds(2), 0, 0, "It cannot be reached: away."),
                registrar.status());
        pass(1 + 2 + 4 + 8 + 16 + 32);
        assertEquals(7, server.connections);
        pass(60 + 60);
        assertEquals(9, server.connections);
        server.away = false;
        pass(60);
        assertEquals(State.REGISTERED, registrar.status().state());
        server.away = true;
        pass(RENEW_SECONDS + 1);
        assertEquals(12, server.connections);
    }

    @Test
    void serverThatComesBackWithWhatItKnewIsOnlyAsked() {
        pass(2);
        server.away = true;
        pass(RENEW_SECONDS);
        assertEquals(State.FAILED, registrar.status().state());
        assertEquals(1, registrar.status().targets());
        server.away = false;
        server.requests();
        pass(1);
        assertEquals(List.of("DevAttrQry"), server.requests());
        assertEquals(State.REGISTERED, registrar.status().state());
    }

    @Test
    void refusalIsToldInTheWordsOfTheRfcAndTheNextAttemptReplaces() {
        pass(2);
        server.refusal = Optional.of(StatusCode.INVALID_REGISTRATION);
        transport.addTarget("b", "p");
        pass(2);
        assertEquals(
                "The server refused with DevAttrRegRsp: Invalid Registration (3).",
                registrar.status().detail());
        server.refusal = Optional.empty();
        server.requests();
        pass(1);
        assertEquals(List.of("DevAttrReg replacing 10.0.0.1:3260 a b"), server.requests());
    }

    @Test
    void endTakesEverythingBack() {
        pass(2);
        server.requests();
        registrar.end();
        assertEquals(List.of("DevDereg entity"), server.requests());
        assertEquals(Set.of(), server.names);
    }

    @Test
    void endWithoutRegistrationAsksNobody() {
        pass(1);
        registrar.end();
        assertEquals(0, server.connections);
    }

    @Test
    void endWithAServerThatIsAwayIsNoError() {
        pass(2);
        server.away = true;
        registrar.end();
        assertEquals(2, server.connections);
    }

    @Test
    void inquiriesAreAskedForWhereTheServerReachesThisMachine() throws Exception {
        inquiry = inquiriesOn(4711);
        open();
        transport.addPortal("q", "10.0.0.2", 3260, 1);
        transport.addTarget("b", "q");
        server.reachedFrom = InetAddress.getByName("10.0.0.2");
        pass(2);
        List<Attribute> registration = server.registrations.get(0);
        int interval = registration.indexOf(Attribute.number(Tag.ESI_INTERVAL, 60));
        assertEquals(Attribute.text(Tag.PORTAL_SYMBOLIC_NAME, "q"), registration.get(interval - 1));
        assertEquals(Attribute.number(Tag.ESI_PORT, 4711), registration.get(interval + 1));
        assertEquals(
                1,
                registration.stream()
                        .filter(attribute -> attribute.is(Tag.ESI_PORT))
                        .count());
    }

    @Test
    void serverThatDoesNotInquireIsRegisteredAtWithoutIt() throws Exception {
        inquiry = inquiriesOn(4711);
        open();
        server.reachedFrom = InetAddress.getByName("10.0.0.1");
        server.refusal = Optional.of(StatusCode.ESI_NOT_AVAILABLE);
        pass(2);
        assertTrue(registrar.status().detail().contains("ESI Not Available (21)"));
        server.refusal = Optional.empty();
        pass(1);
        assertFalse(server.registrations.get(0).stream().anyMatch(attribute -> attribute.is(Tag.ESI_PORT)));
    }

    private void open() {
        registrar = new Registrar(
                "isns:3205",
                server,
                new InventorySource(transport, List::of),
                new Entity("box", PERIOD_SECONDS),
                inquiry,
                () -> Duration.ofSeconds(seconds).toNanos(),
                new Clock() {
                    @Override
                    public Instant instant() {
                        return START.plusSeconds(seconds);
                    }

                    @Override
                    public ZoneOffset getZone() {
                        return ZoneOffset.UTC;
                    }

                    @Override
                    public Clock withZone(ZoneId zone) {
                        return this;
                    }
                });
    }

    private static StatusInquiry inquiriesOn(int port) {
        return new StatusInquiry() {
            @Override
            public int intervalSeconds() {
                return 60;
            }

            @Override
            public int port(InetAddress local) {
                return port;
            }
        };
    }

    private void pass(int ticks) {
        for (int tick = 0; tick < ticks; tick++) {
            seconds++;
            registrar.tick();
        }
    }
}
