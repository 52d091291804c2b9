package org.lunaria.iscsi.internal.component;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.lunaria.iscsi.internal.login.Digest;
import org.lunaria.iscsi.internal.login.LoginOutcome;
import org.lunaria.iscsi.internal.login.Parameters;
import org.lunaria.iscsi.internal.login.SessionType;
import org.lunaria.iscsi.internal.node.Portal;
import org.lunaria.iscsi.internal.node.TargetDirectory;
import org.lunaria.iscsi.internal.node.TargetDirectory.Absence;
import org.lunaria.iscsi.internal.node.TargetNode;
import org.lunaria.scsi.AccessState;
import org.lunaria.scsi.EventListener;
import org.lunaria.scsi.LunMap;
import org.lunaria.scsi.Nexus;
import org.lunaria.settings.InvalidSetting;

class ServedTargetTest {
    private static final String IQN = "iqn.2026-11.org.lunaria:disk1";
    private static final String HOST = "iqn.2001-04.com.example:host";
    private static final InetAddress HERE = InetAddress.getLoopbackAddress();
    private static final Portal PORTAL = new Portal("main", new InetSocketAddress("127.0.0.1", 3260), 1);

    private final TargetDirectory directory = new TargetDirectory(() -> 0, Duration.ZERO);
    private final SilentEngine engine = new SilentEngine();
    private final EndedSessions ended = new EndedSessions();

    @Test
    void aTargetIsServedWithItsUnits() {
        serve(Map.of("luns", "0=a"));
        assertEquals(IQN, node().iqn());
        assertEquals(map(0, "a", false), seenBy(HOST));
    }

    @Test
    void theDeviceKnowsByWhichPortalGroupsTheTargetIsReached() {
        ServedTarget served = serve(Map.of());
        assertEquals(
                Map.of(PORTAL.tag(), IQN + ",t,0x0001"), engine.created.get(0).ports());
        served.change(settings(Map.of("portals", "other")));
        assertEquals(Map.of(), engine.created.get(0).ports());
    }

    @Test
    void theDeviceKnowsInWhichStateItsPortsAreToBe() {
        ServedTarget served = serve(Map.of("accessState", "standby"));
        assertEquals(AccessState.STANDBY, engine.created.get(0).accessState);
        served.change(settings(Map.of("accessState", "Active/Non-optimized")));
        assertEquals(AccessState.ACTIVE_NON_OPTIMIZED, engine.created.get(0).accessState);
        served.change(settings(Map.of()));
        assertEquals(AccessState.ACTIVE_OPTIMIZED, engine.created.get(0).accessState);
    }

    @Test
    void aStateThatNobodySetsIsRefusedAndNothingChanges() {
        ServedTarget served = serve(Map.of("accessState", "standby"));
        InvalidSetting refusal = assertThrows(
                InvalidSetting.class, () -> served.change(settings(Map.of("accessState", "transitioning"))));
        assertEquals(
                "org.lunaria.target disk1: accessState = transitioning: give one of active/optimized,"
                        + " active/non-optimized, standby, unavailable.",
                refusal.getMessage());
        assertEquals(AccessState.STANDBY, engine.created.get(0).accessState);
    }

    @Test
    void otherUnitsAreMappedWhileSessionsGoOn() {
        ServedTarget served = serve(Map.of("access", "any"));
        TargetNode node = node();
        login(node, HOST);
        Supplier<LunMap> seen = attach(HOST);
        served.change(settings(Map.of("access", "any", "luns", "3=b:ro")));
        assertSame(node, node());
        assertEquals(1, engine.created.get(0).remaps);
        assertEquals(map(3, "b", true), seen.get());
        assertEquals(List.of(), ended.revoked);
    }

    @Test
    void whatAnInitiatorSeesChangesWhileItsSessionGoesOn() {
        ServedTarget served = serve(Map.of("access", "any", "luns", "0=a,3=b"));
        login(node(), HOST);
        Supplier<LunMap> seen = attach(HOST);
        served.change(settings(Map.of("access", "any", "luns", "0=a,3=b", "masks", HOST + "=3:ro")));
        assertEquals(1, engine.created.get(0).remaps);
        assertEquals(map(3, "b", true), seen.get());
        assertEquals(2, seenBy(HOST + "2").units().size());
        assertEquals(List.of(), ended.revoked);
    }

    @Test
    void anInitiatorWaitsForTheUnitsThatItSees() {
        serve(Map.of("luns", "0=a,1=b", "masks", HOST + "=0"));
        engine.unit("a", "ATTACHED");
        assertTrue(node().complete(HOST, HERE));
        assertFalse(node().complete(HOST + "2", HERE));
    }

    @Test
    void aSessionThatIsNoLongerAllowedEndsAndTheOthersGoOn() {
        ServedTarget served = serve(Map.of("access", "any"));
        login(node(), HOST);
        login(node(), HOST + "2");
        served.change(settings(Map.of("access", "any,!" + HOST)));
        assertEquals(List.of(HOST), ended.revoked);
    }

    @Test
    void aSessionThatCameInByAPortalThatIsTakenAwayEnds() {
        ServedTarget served = serve(Map.of("access", "any"));
        login(node(), HOST);
        served.change(settings(Map.of("access", "any", "portals", "other")));
        assertEquals(List.of(HOST), ended.revoked);
    }

    @Test
    void aChangeThatCannotBeTakenChangesNothing() {
        ServedTarget served = serve(Map.of("access", "any"));
        TargetNode.Configuration before = node().configuration();
        assertThrows(InvalidSetting.class, () -> served.change(settings(Map.of("luns", "x"))));
        assertSame(before, node().configuration());
    }

    @Test
    void aNameThatAnotherTargetHasIsRefusedAndNothingIsLeft() {
        serve(Map.of());
        String message =
                assertThrows(InvalidSetting.class, () -> serve(Map.of())).getMessage();
        assertEquals(
                "org.lunaria.target disk1: iqn = " + IQN + ": target disk1 has this name already; give another one.",
                message);
        assertTrue(engine.created.get(1).closed);
        assertEquals(1, directory.all().size());
    }

    @Test
    void aRedirectToThePortalItselfIsRefused() {
        String message = assertThrows(
                        InvalidSetting.class, () -> serve(Map.of("redirect", "main=permanent:127.0.0.1:3260")))
                .getMessage();
        assertEquals(
                "org.lunaria.target disk1: redirect = main=permanent:127.0.0.1:3260: portal main would send initiators"
                        + " back to itself; give another address.",
                message);
        assertEquals(List.of(), directory.all());
    }

    @Test
    void aRedirectLeavesSessionsAlone() {
        ServedTarget served = serve(Map.of("access", "any"));
        login(node(), HOST);
        served.change(settings(Map.of("access", "any", "redirect", "main=temporary:192.0.2.2")));
        assertEquals(List.of(), ended.revoked);
        assertEquals("192.0.2.2:3260", node().redirects().byPortal().get("main").targetAddress());
    }

    @Test
    void aTargetWithAnotherNameIsAnotherTarget() {
        ServedTarget served = serve(Map.of("access", "any"));
        login(node(), HOST);
        served.change(settings(Map.of("iqn", IQN + "b", "access", "any")));
        assertEquals(Optional.empty(), directory.find(IQN));
        assertEquals(Absence.REMOVED, directory.absence(IQN));
        assertTrue(directory.find(IQN + "b").isPresent());
        assertEquals(List.of(HOST), ended.revoked);
        assertTrue(engine.created.get(0).closed);
        assertFalse(engine.created.get(1).closed);
    }

    @Test
    void aTargetThatEndsTakesItsSessionsAlong() {
        ServedTarget served = serve(Map.of("access", "any"));
        login(node(), HOST);
        served.close(Absence.UNAVAILABLE);
        assertEquals(List.of(HOST), ended.dropped);
        assertEquals(Absence.UNAVAILABLE, directory.absence(IQN));
        assertTrue(engine.created.get(0).closed);
    }

    @Test
    void aTargetIsCompleteWhenEachOfItsUnitsHasABackend() {
        serve(Map.of("luns", "0=a,1=b"));
        engine.unit("a", "ATTACHED");
        assertFalse(node().complete(HOST, HERE));
        engine.unit("b", "DETACHED");
        assertFalse(node().complete(HOST, HERE));
        engine.units.remove(1);
        engine.unit("b", "ATTACHED");
        assertTrue(node().complete(HOST, HERE));
    }

    private TargetNode node() {
        return directory.all().get(0);
    }

    private Supplier<LunMap> attach(String initiator) {
        Nexus nexus = new Nexus(initiator, IQN, 1);
        node().attach(nexus, initiator, HERE, EventListener.NONE);
        return engine.created.get(0).nexuses.get(nexus);
    }

    private LunMap seenBy(String initiator) {
        return attach(initiator).get();
    }

    private static LunMap map(int lun, String unit, boolean readOnly) {
        return new LunMap(Map.of(lun, new LunMap.Mapping(unit, readOnly)));
    }

    private void login(TargetNode node, String initiator) {
        Parameters parameters = new Parameters(
                Digest.NONE, Digest.NONE, 8192, 8192, 8192, 8192, true, true, 1, 2, 0, true, true, 0, 1, 1);
        ended.sessions.add(new LoginOutcome(
                SessionType.NORMAL, initiator, HERE, "", Optional.of(node), PORTAL, parameters, new byte[6], 0, 0, ""));
    }

    private ServedTarget serve(Map<String, Object> changes) {
        return new ServedTarget(settings(changes), directory, ended, engine, () -> List.of(PORTAL));
    }

    private static TargetSettings settings(Map<String, Object> changes) {
        Map<String, Object> properties = new HashMap<>(Map.of("service.pid", "org.lunaria.target~disk1", "iqn", IQN));
        properties.putAll(changes);
        return new TargetSettings(properties);
    }
}
