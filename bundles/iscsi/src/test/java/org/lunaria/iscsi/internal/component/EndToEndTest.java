package org.lunaria.iscsi.internal.component;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.lunaria.iscsi.SessionStatus;
import org.lunaria.iscsi.SessionTraffic;
import org.lunaria.iscsi.initiator.Answer;
import org.lunaria.iscsi.initiator.RawInitiator;
import org.lunaria.iscsi.initiator.Request;
import org.lunaria.scsi.Latency;
import org.lunaria.scsi.LunMap;
import org.lunaria.scsi.Nexus;
import org.lunaria.scsi.ScsiTarget;
import org.lunaria.scsi.ScsiTargets;
import org.lunaria.scsi.SizeChange;
import org.lunaria.scsi.UnitStatus;
import org.lunaria.scsi.UnitTraffic;
import org.osgi.service.component.ComponentConstants;

/** The transport as a whole, by its components and a real socket, with an initiator that shares no code with it. */
@Timeout(60)
class EndToEndTest {
    private static final String DISK = "iqn.2026-11.org.lunaria:disk";
    /** AsyncEvent (RFC 7143 11.9.1). */
    private static final int LOGOUT_REQUESTED = 1;

    private static final int ALL_CONNECTIONS_DROPPED = 3;
    private static final String HOST = "iqn.2001-04.com.example:host";
    private static final String[] NORMAL = {"InitiatorName=" + HOST, "TargetName=" + DISK};
    private static final String[] DISCOVERY = {"InitiatorName=" + HOST, "SessionType=Discovery"};

    private final List<BlockScsiTarget> devices = new ArrayList<>();
    private final ScsiTargets engine = new ScsiTargets() {
        @Override
        public ScsiTarget create(String name) {
            devices.add(new BlockScsiTarget(name));
            return devices.get(devices.size() - 1);
        }

        @Override
        public void forget(String naa) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Optional<String> eject(String unit, boolean force) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Optional<String> load(String unit) {
            throw new UnsupportedOperationException();
        }

        @Override
        public SizeChange resize(String unit, long capacityBytes, boolean shrink) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Optional<String> verdict(String pid, Map<String, ?> values) {
            return Optional.of("");
        }

        @Override
        public List<UnitStatus> units() {
            return List.of();
        }

        @Override
        public List<UnitTraffic> traffic() {
            return List.of();
        }
    };
    private final TransportComponent transport = new TransportComponent(Map.of());
    private PortalComponent portal;
    private TargetComponent target;

    @BeforeEach
    void serve() {
        portal = new PortalComponent(
                Map.of("service.pid", "org.lunaria.portal~main", "address", "127.0.0.1", "port", "0", "tag", "3"),
                transport);
        target = new TargetComponent(configuration("any"), transport, engine);
    }

    @AfterEach
    void stop() {
        target.deactivate(0);
        portal.deactivate(0);
        transport.deactivate();
    }

    @Test
    void discoveryListsTheTargetWithTheAddressOfThePortal() throws IOException {
        try (RawInitiator initiator = connect()) {
            assertStatus(0, initiator.login(DISCOVERY));
            Answer answer = initiator.textRequest("SendTargets=All");
            assertEquals(Answer.TEXT_RESPONSE, answer.opcode());
            assertEquals(List.of("TargetName=" + DISK, "TargetAddress=127.0.0.1:" + port() + ",3"), answer.pairs());
        }
    }

    @Test
    void aSessionReadsPingsAndLogsOut() throws IOException {
        try (RawInitiator initiator = connect()) {
            Answer login = initiator.login(NORMAL);
            assertStatus(0, login);
            assertEquals(0x87, login.flags());
            assertNotEquals(0, login.unsignedShort(14));
            assertEquals(
                    List.of("TargetPortalGroupTag=3", "TargetAlias=Disk", "MaxRecvDataSegmentLength=262144"),
                    login.pairs());
            assertEquals(
                    List.of(new Nexus(HOST + ",i,0x800000010000", DISK + ",t,0x0003", 3)),
                    List.copyOf(devices.get(0).nexuses.keySet()));

            Answer data = initiator.command(0, new byte[] {0x08, 5}, 8);
            assertEquals(Answer.DATA_IN, data.opcode());
            assertEquals(0x81, data.flags());
            assertArrayEquals(new byte[] {5, 6, 7, 8, 9, 10, 11, 12}, data.data());

            Answer nopIn = initiator.nopOut("are you there");
            assertEquals(Answer.NOP_IN, nopIn.opcode());
            assertEquals("are you there", new String(nopIn.data(), StandardCharsets.UTF_8));

            assertEquals(
                    List.of("TargetName=" + DISK, "TargetAddress=127.0.0.1:" + port() + ",3"),
                    initiator.textRequest("SendTargets=").pairs());

            Answer logout = initiator.logout();
            assertEquals(Answer.LOGOUT_RESPONSE, logout.opcode());
            assertEquals(0, logout.header()[2]);
            assertTrue(initiator.closed());
            assertEquals(List.of(), transport.sessions());
        }
    }

    @Test
    void aSessionWithDigestsReadsPingsAndLogsOut() throws IOException {
        for (boolean[] digests : new boolean[][] {{true, false}, {false, true}, {true, true}}) {
            try (RawInitiator initiator = connect()) {
                loginWithDigests(initiator, digests[0], digests[1], NORMAL);
                byte[] read = initiator.command(0, new byte[] {0x08, 5}, 7).data();
                assertArrayEquals(new byte[] {5, 6, 7, 8, 9, 10, 11}, read);
                assertEquals(
                        "are you there",
                        new String(initiator.nopOut("are you there").data(), StandardCharsets.UTF_8));
                assertEquals(Answer.LOGOUT_RESPONSE, initiator.logout().opcode());
                assertTrue(initiator.closed());
            }
        }
    }

    @Test
    void discoveryWithDigestsListsTheTarget() throws IOException {
        try (RawInitiator initiator = connect()) {
            loginWithDigests(initiator, true, true, DISCOVERY);
            assertEquals(
                    "TargetName=" + DISK,
                    initiator.textRequest("SendTargets=All").pairs().get(0));
        }
    }

    @Test
    void aWrongHeaderDigestEndsTheConnectionAndNoOther() throws IOException {
        try (RawInitiator initiator = connect();
                RawInitiator other = connect()) {
            loginWithDigests(initiator, true, true, NORMAL);
            loginWithDigests(other, true, true, DISCOVERY);
            initiator.send(
                    initiator.request(Request.IMMEDIATE | Request.NOP_OUT).damage(1, 0));
            assertTrue(initiator.closed());
            assertEquals(Answer.NOP_IN, other.nopOut("still there").opcode());
        }
    }

    @Test
    void theTransportTellsWhatIsThere() throws IOException {
        try (RawInitiator initiator = connect()) {
            initiator.login(NORMAL);
            assertEquals(1, transport.portals().get(0).connections());
            assertEquals(List.of("main"), transport.targets().get(0).portals());
            assertEquals(1, transport.targets().get(0).sessions());
            SessionStatus session = transport.sessions().get(0);
            assertEquals(HOST, session.initiator());
            assertEquals("disk", session.target());
            assertTrue(session.parameters().contains("ImmediateData=Yes"));
            initiator.command(0, new byte[] {0x08, 5}, 8);
            assertEquals(
                    List.of(new SessionTraffic(session.id(), HOST, "disk", 0, 1, 8, 0, Latency.NONE)),
                    transport.traffic());
        }
    }

    @Test
    void aTargetThatMayStillComeIsUnavailableAfterTheStart() throws IOException {
        try (RawInitiator initiator = connect()) {
            assertStatus(0x0301, initiator.login("InitiatorName=" + HOST, "TargetName=" + DISK + "x"));
        }
    }

    @Test
    void anAdministratorDropsASession() throws IOException {
        try (RawInitiator initiator = connect()) {
            initiator.login(NORMAL);
            assertTrue(transport.drop(transport.sessions().get(0).id()));
            assertEquals(ALL_CONNECTIONS_DROPPED, initiator.receive().octet(36));
            assertTrue(initiator.closed());
        }
    }

    @Test
    void aRefusedLoginHearsWhyAndIsDisconnected() throws IOException {
        try (RawInitiator initiator = connect()) {
            assertStatus(0x0207, initiator.login("InitiatorName=" + HOST));
            assertTrue(initiator.closed());
        }
    }

    @Test
    void aSessionThatIsNoLongerAllowedEndsAndMayNotComeBack() throws IOException {
        try (RawInitiator initiator = connect();
                RawInitiator again = connect()) {
            initiator.login(NORMAL);
            target.modified(configuration("!" + HOST));
            assertEquals(LOGOUT_REQUESTED, initiator.receive().octet(36));
            assertStatus(0x0202, again.login(NORMAL));
            assertEquals(Answer.LOGOUT_RESPONSE, initiator.logout().opcode());
            assertTrue(initiator.closed());
        }
    }

    @Test
    void anotherMappingLeavesASessionAlone() throws IOException {
        try (RawInitiator initiator = connect()) {
            initiator.login(NORMAL);
            Map<String, Object> changed = configuration("any");
            changed.put("luns", "1=other");
            target.modified(changed);
            assertEquals(Answer.NOP_IN, initiator.nopOut("still there").opcode());
        }
    }

    @Test
    void aTargetThatShowsAnInitiatorNothingIsListedAndLogsItIn() throws IOException {
        Map<String, Object> changed = configuration("any");
        changed.put("masks", HOST + "@127.0.0.0/8=none");
        target.modified(changed);
        try (RawInitiator discovery = connect();
                RawInitiator initiator = connect()) {
            discovery.login(DISCOVERY);
            assertEquals(
                    "TargetName=" + DISK,
                    discovery.textRequest("SendTargets=All").pairs().get(0));
            assertStatus(0, initiator.login(NORMAL));
            assertEquals(
                    List.of(new LunMap(Map.of())),
                    devices.get(0).nexuses.values().stream().map(Supplier::get).toList());
        }
    }

    @Test
    void aChangeThatIsRefusedLeavesEverythingAsItWas() throws IOException {
        try (RawInitiator initiator = connect()) {
            initiator.login(NORMAL);
            target.modified(Map.of("service.pid", "org.lunaria.target~disk", "iqn", "nonsense"));
            portal.modified(Map.of("service.pid", "org.lunaria.portal~main", "address", "nonsense"));
            assertEquals(Answer.NOP_IN, initiator.nopOut("still there").opcode());
            assertEquals(1, transport.targets().size());
        }
    }

    @Test
    void aPortalOnAPortThatIsTakenSaysSo() {
        PortalComponent second = new PortalComponent(
                Map.of("service.pid", "org.lunaria.portal~second", "address", "127.0.0.1", "port", port()), transport);
        assertEquals(
                "portal second: 127.0.0.1:" + port()
                        + " is already in use; choose another port or stop what listens there.",
                transport.portals().get(1).detail());
        second.deactivate(0);
    }

    @Test
    void aPortalOnAnAddressOfAnotherMachineSaysSo() {
        PortalComponent second = new PortalComponent(
                Map.of("service.pid", "org.lunaria.portal~second", "address", "192.0.2.1", "port", "3260"), transport);
        assertEquals(
                "portal second: 192.0.2.1:3260 cannot be listened on (Cannot assign requested address);"
                        + " choose an address of this machine.",
                transport.portals().get(1).detail());
        second.deactivate(0);
    }

    @Test
    void aPortalThatMovesKeepsItsSessions() throws IOException {
        try (RawInitiator initiator = connect()) {
            initiator.login(NORMAL);
            portal.modified(
                    Map.of("service.pid", "org.lunaria.portal~main", "address", "127.0.0.2", "port", "0", "tag", "3"));
            assertEquals(Answer.NOP_IN, initiator.nopOut("still there").opcode());
            assertEquals("127.0.0.2", transport.portals().get(0).address());
        }
    }

    @Test
    void aTargetThatIsDeletedTakesItsSessionsAlong() throws IOException {
        try (RawInitiator initiator = connect();
                RawInitiator again = connect()) {
            initiator.login(NORMAL);
            target.deactivate(ComponentConstants.DEACTIVATION_REASON_CONFIGURATION_DELETED);
            assertEquals(LOGOUT_REQUESTED, initiator.receive().octet(36));
            assertStatus(0x0204, again.login(NORMAL));
            assertEquals(ALL_CONNECTIONS_DROPPED, initiator.receive().octet(36));
            assertTrue(initiator.closed());
        }
    }

    private static void loginWithDigests(RawInitiator initiator, boolean header, boolean data, String[] names)
            throws IOException {
        List<String> pairs = new ArrayList<>(List.of(names));
        pairs.add(header ? "HeaderDigest=CRC32C" : "HeaderDigest=None");
        pairs.add(data ? "DataDigest=CRC32C" : "DataDigest=None");
        assertStatus(0, initiator.login(pairs.toArray(String[]::new)));
        initiator.digests(header, data);
    }

    private RawInitiator connect() throws IOException {
        return new RawInitiator(new InetSocketAddress("127.0.0.1", port()));
    }

    private int port() {
        return transport.portals().get(0).port();
    }

    private static Map<String, Object> configuration(String access) {
        return new HashMap<>(Map.of(
                "service.pid", "org.lunaria.target~disk", "iqn", DISK, "alias", "Disk", "access", access, "luns", ""));
    }

    private static void assertStatus(int status, Answer answer) {
        assertEquals(Answer.LOGIN_RESPONSE, answer.opcode());
        assertEquals(status, answer.unsignedShort(36));
    }
}
