package org.lunaria.iscsi.internal.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.lunaria.iscsi.internal.node.Authentication;
import org.lunaria.iscsi.internal.node.ChapDigest;
import org.lunaria.iscsi.internal.pdu.LoginResponsePdu;

/** An initiator that cannot prove who it is hears so late, and not on many connections at a time. */
class FailedLoginTest {
    private final Scene scene = new Scene();

    FailedLoginTest() {
        scene.authenticate(new Authentication(Authentication.Method.CHAP, List.of("host"), ChapDigest.DEFAULT));
    }

    private Initiator fail() {
        Initiator initiator = scene.connect();
        initiator.requestLogin(Scene.HOST);
        return initiator;
    }

    @Test
    void theAnswerComesLate() {
        Initiator initiator = fail();
        initiator.wire.tick(0);
        assertEquals(List.of(), initiator.answers());
        initiator.wire.tick(0);
        LoginResponsePdu response = new LoginResponsePdu().wrap(initiator.only().header(), 0);
        assertEquals(0x0201, response.statusClass() << 8 | response.statusDetail());
        assertTrue(initiator.wire.isClosed());
    }

    @Test
    void whoDoesNotWaitForItIsDropped() {
        Initiator initiator = fail();
        initiator.requestLogin(Scene.HOST);
        assertTrue(initiator.wire.isClosed());
        assertEquals(List.of(), initiator.answers());
    }

    @Test
    void manyAtATimeGetNoAnswer() {
        List<Initiator> waiting = new ArrayList<>();
        for (int count = 0; count < FailedLogins.WAITING_PER_ADDRESS_MAX; count++) {
            waiting.add(fail());
        }
        assertFalse(waiting.get(0).wire.isClosed());
        assertTrue(fail().wire.isClosed());
        waiting.get(0).wire.close();
        waiting.get(0).wire.settle();
        assertFalse(fail().wire.isClosed());
    }
}
