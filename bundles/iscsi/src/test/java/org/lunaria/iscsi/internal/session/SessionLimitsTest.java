package org.lunaria.iscsi.internal.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetAddress;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.lunaria.iscsi.LimitStatus;
import org.lunaria.iscsi.internal.pdu.LoginResponsePdu;

/** Who passes a bound is refused, and others notice nothing. */
class SessionLimitsTest {
    private static final String OTHER = "iqn.2001-04.com.example:other";
    private static final int OUT_OF_RESOURCES = 0x0302;

    private static int status(Scene scene, String name, String... pairs) {
        Initiator initiator = scene.connect();
        initiator.requestLogin(name, pairs);
        LoginResponsePdu response = new LoginResponsePdu().wrap(initiator.only().header(), 0);
        return response.statusClass() << 8 | response.statusDetail();
    }

    @Test
    void anInitiatorHasSoManySessionsAndOthersHaveTheirs() {
        Scene scene = new Scene(new SessionLimits(10, 2, 10, 100), SessionRules.STANDARD);
        scene.login();
        assertEquals(0, status(scene, Scene.HOST, "SessionType=Discovery"));
        assertEquals(OUT_OF_RESOURCES, status(scene, Scene.HOST, "SessionType=Discovery"));
        assertEquals(0, status(scene, OTHER));
    }

    @Test
    void aSessionThatTakesThePlaceOfAnotherIsNotOneMore() {
        Scene scene = new Scene(new SessionLimits(10, 1, 1, 100), SessionRules.STANDARD);
        Initiator first = scene.login();
        Initiator second = scene.connect();
        second.requestLogin(Scene.HOST);
        first.wire.settle();
        second.finishLogin();
        assertEquals(OUT_OF_RESOURCES, status(scene, OTHER));
    }

    @Test
    void aLoginComesBackToItsPlaceWhenAllAreTaken() {
        Scene scene = new Scene(SessionLimits.of(2), SessionRules.STANDARD);
        Initiator first = scene.login();
        assertEquals(0, status(scene, OTHER));
        Initiator again = scene.connect();
        again.requestLogin(Scene.HOST);
        assertEquals(OUT_OF_RESOURCES, status(scene, OTHER, "SessionType=Discovery"));
        first.wire.settle();
        again.finishLogin();
    }

    @Test
    void aPlaceIsFreeWhenItsSessionHasEnded() {
        Scene scene = new Scene(new SessionLimits(10, 10, 1, 100), SessionRules.STANDARD);
        Initiator first = scene.login();
        assertEquals(OUT_OF_RESOURCES, status(scene, OTHER));
        assertEquals(
                new LimitStatus("sessions with a target", 1, 1),
                scene.sessions.limits().get(2));
        first.wire.close();
        first.wire.settle();
        assertEquals(0, status(scene, OTHER));
    }

    @Test
    void anAddressBeginsSoManyLoginsASecond() {
        LoginRate rate = new LoginRate(2, 0);
        InetAddress here = InetAddress.getLoopbackAddress();
        assertTrue(rate.begins(here, 1));
        assertTrue(rate.begins(here, 2));
        assertFalse(rate.begins(here, 3));
        assertTrue(rate.begins(here, TimeUnit.SECONDS.toNanos(1)));
        Scene scene = new Scene(new SessionLimits(10, 10, 10, 1), SessionRules.STANDARD);
        List<Integer> statuses = List.of(status(scene, Scene.HOST), status(scene, OTHER), status(scene, OTHER));
        assertTrue(statuses.contains(OUT_OF_RESOURCES), statuses.toString());
    }

    @Test
    void silenceAndTheWindowAreAsTheRulesSay() {
        Scene scene = new Scene(SessionLimits.of(10), new SessionRules(10_000, 2, 4, 16));
        Initiator initiator = scene.connect();
        initiator.requestLogin(Scene.HOST);
        LoginResponsePdu response = new LoginResponsePdu().wrap(initiator.only().header(), 0);
        assertEquals(15, response.maxCmdSN() - response.expCmdSN());
        initiator.wire.tick(0);
        assertEquals(0, initiator.answers().size());
        initiator.wire.tick(0);
        assertEquals(1, initiator.answers().size());
        initiator.wire.tick(0);
        assertFalse(initiator.wire.isClosed());
        initiator.wire.tick(0);
        assertTrue(initiator.wire.isClosed());
    }
}
