package org.lunaria.iscsi.internal.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import java.net.InetAddress;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.lunaria.iscsi.internal.login.Digest;
import org.lunaria.iscsi.internal.login.LoginOutcome;
import org.lunaria.iscsi.internal.login.LoginStatus;
import org.lunaria.iscsi.internal.login.Parameters;
import org.lunaria.iscsi.internal.login.SessionType;
import org.lunaria.iscsi.internal.node.AccessList;
import org.lunaria.iscsi.internal.node.TargetNode;
import org.lunaria.iscsi.internal.session.SessionRegistry.Refused;
import org.lunaria.iscsi.internal.session.SessionRegistry.Registered;
import org.lunaria.iscsi.internal.session.SessionRegistry.Registration;

class SessionRegistryTest {
    private static final int HANDLES = 65535;

    private final Scene scene = new Scene(SessionLimits.of(HANDLES), SessionRules.STANDARD);
    private final Connection connection = connection();

    private Connection connection() {
        Connection[] accepted = new Connection[1];
        new MemoryWire(scene.thread, 40000, wire -> accepted[0] = new Connection(wire, scene.group));
        return accepted[0];
    }

    private Registration register(SessionType type, Optional<TargetNode> target) {
        Parameters parameters = new Parameters(
                Digest.NONE, Digest.NONE, 8192, 8192, 8192, 8192, true, true, 1, 2, 0, true, true, 0, 1, 1);
        LoginOutcome outcome = new LoginOutcome(
                type,
                Scene.HOST,
                InetAddress.getLoopbackAddress(),
                "",
                target,
                scene.group.portal(),
                parameters,
                new byte[6],
                0,
                0,
                "");
        return scene.sessions.register(outcome, connection, 1, 1, scene.targets, SessionRules.STANDARD);
    }

    private Registration logIn() {
        return register(SessionType.NORMAL, Optional.of(scene.target));
    }

    private void reconfigure(Set<String> portals, AccessList access) {
        TargetNode.Configuration old = scene.target.configuration();
        scene.target.reconfigure(new TargetNode.Configuration(
                old.name(), old.iqn(), old.alias(), portals, old.luns(), access, old.limits()));
    }

    @Test
    void aTargetThatWasTakenFromThePortalAmidALoginIsNotFound() {
        reconfigure(Set.of("other"), AccessList.of(List.of("any")));
        assertEquals(new Refused(LoginStatus.NOT_FOUND), logIn());
        assertEquals(0, scene.sessions.sessions().size());
    }

    @Test
    void anInitiatorThatWasForbiddenAmidALoginIsRefused() {
        reconfigure(Set.of("main"), AccessList.NOBODY);
        assertEquals(new Refused(LoginStatus.AUTHORIZATION_FAILURE), logIn());
    }

    @Test
    void whenEveryHandleIsInUseALoginIsRefusedAlsoOneThatTakesThePlaceOfAnother() {
        Registered first = assertInstanceOf(Registered.class, logIn());
        for (int count = 1; count < HANDLES; count++) {
            assertInstanceOf(Registered.class, register(SessionType.DISCOVERY, Optional.empty()));
        }
        assertEquals(new Refused(LoginStatus.OUT_OF_RESOURCES), register(SessionType.DISCOVERY, Optional.empty()));
        assertEquals(new Refused(LoginStatus.OUT_OF_RESOURCES), logIn());
        first.session().discard();
        Registered again = assertInstanceOf(Registered.class, logIn());
        assertEquals(first.session().tsih(), again.session().tsih());
    }
}
