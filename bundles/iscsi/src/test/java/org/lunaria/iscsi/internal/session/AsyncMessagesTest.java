package org.lunaria.iscsi.internal.session;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.lunaria.iscsi.internal.node.Limits;
import org.lunaria.iscsi.internal.pdu.AsyncMessagePdu;
import org.lunaria.iscsi.internal.pdu.LogoutReason;
import org.lunaria.iscsi.internal.pdu.LogoutResponseCode;
import org.lunaria.iscsi.internal.pdu.Opcode;
import org.lunaria.iscsi.internal.pdu.Pdu;
import org.lunaria.iscsi.internal.pdu.RejectPdu;
import org.lunaria.iscsi.internal.pdu.RejectReason;
import org.lunaria.iscsi.unh.UnhCase;
import org.lunaria.iscsi.unh.UnhSuite;
import org.lunaria.scsi.TaskResult;

/** Asynchronous Messages (RFC 7143 11.9): what an initiator hears before its session goes. */
class AsyncMessagesTest {
    private final Scene scene = new Scene();
    private final Initiator initiator = scene.login("MaxConnections=2");

    private static AsyncMessagePdu message(Initiator to) {
        Initiator.Got got = to.only();
        assertEquals(Opcode.ASYNC_MESSAGE, got.opcode());
        return new AsyncMessagePdu().wrap(got.header(), 0);
    }

    private void revoke() {
        scene.sessions.revokeWhere(session -> true, "the test says so");
    }

    @Test
    @UnhCase(suite = UnhSuite.FULL_FEATURE, number = "14.1", clause = "11.9.1", title = "Async logout request")
    void anInitiatorWithoutARightIsAskedToLogOut() {
        revoke();
        AsyncMessagePdu message = message(initiator);
        assertEquals(1, message.asyncEvent());
        assertEquals(Session.LOGOUT_SECONDS, message.parameter3());
        assertEquals(Pdu.RESERVED_TAG, message.initiatorTaskTag());
        assertTrue(message.isFinal());
        assertFalse(initiator.wire.isClosed());
        assertEquals(
                "S7 LOGOUT_REQUESTED",
                scene.sessions.sessions().get(0).status().connections().get(0).state());
        assertEquals(LogoutResponseCode.CLOSED, initiator.logout(LogoutReason.CLOSE_SESSION, 0));
        assertTrue(initiator.wire.isClosed());
    }

    @Test
    @UnhCase(suite = UnhSuite.FULL_FEATURE, number = "14.3", clause = "11.9.1", title = "Async logout request ignored")
    void oneThatDoesNotLogOutIsDropped() {
        revoke();
        message(initiator);
        scene.thread.pass(Session.LOGOUT_SECONDS - 1);
        assertFalse(initiator.wire.isClosed());
        scene.thread.pass(1);
        assertEquals(3, message(initiator).asyncEvent());
        assertTrue(initiator.wire.isClosed());
        assertEquals(List.of(), scene.sessions.sessions());
    }

    @Test
    void meanwhileWhatIsUnderWayIsDoneAndNothingNew() {
        scene.engine.script = task -> {};
        initiator.read(1, 0);
        revoke();
        message(initiator);
        scene.engine.tasks.get(0).answer().accept(TaskResult.GOOD);
        assertEquals(Opcode.SCSI_RESPONSE, initiator.only().opcode());
        initiator.read(2, 0);
        assertEquals(
                RejectReason.WAITING_FOR_LOGOUT.code(),
                new RejectPdu().wrap(initiator.only().header(), 0).reason());
        assertEquals(1, scene.engine.tasks.size());
    }

    @Test
    @UnhCase(
            suite = UnhSuite.FULL_FEATURE,
            number = "14.2",
            clause = "11.9.1",
            title = "Async logout request with several connections")
    void eachConnectionHearsIt() {
        Initiator second = scene.connect();
        second.join(initiator, 1);
        revoke();
        assertEquals(1, message(initiator).asyncEvent());
        assertEquals(1, message(second).asyncEvent());
        assertEquals(LogoutResponseCode.CLOSED, second.logout(LogoutReason.CLOSE_SESSION, 0));
        assertTrue(initiator.wire.isClosed());
    }

    @Test
    void oneThatIsDroppedMayComeBackAtOnce() {
        scene.sessions.dropWhere(session -> true, "the test says so");
        AsyncMessagePdu message = message(initiator);
        assertEquals(3, message.asyncEvent());
        assertEquals(0, message.parameter2());
        assertEquals(0, message.parameter3());
        assertTrue(initiator.wire.isClosed());
    }

    @Test
    void aRightThatIsLostTwiceIsLostOnce() {
        revoke();
        message(initiator);
        revoke();
        assertEquals(List.of(), initiator.answers());
    }

    private static Limits withEvents() {
        return new Limits(
                Limits.MAX_RECV_DATA_SEGMENT_LENGTH,
                Limits.MAX_BURST_LENGTH,
                Limits.FIRST_BURST_LENGTH,
                Limits.MAX_OUTSTANDING_R2T,
                false,
                true,
                0,
                0,
                0,
                1,
                true);
    }

    @Test
    void whatAUnitTellsIsHandedOnWhereTheTargetSaysSo() {
        Scene telling = new Scene(withEvents(), 64 << 20);
        Initiator listening = telling.login();
        telling.engine.listener.event(0x0003000000000000L, new byte[] {0x70, 0, 6});
        Initiator.Got got = listening.only();
        AsyncMessagePdu message = new AsyncMessagePdu().wrap(got.header(), 0);
        assertEquals(0, message.asyncEvent());
        assertEquals(0x0003000000000000L, message.lun());
        assertArrayEquals(new byte[] {0, 3, 0x70, 0, 6}, got.data());
    }

    @Test
    void otherwiseItIsNot() {
        scene.engine.listener.event(0, new byte[18]);
        assertEquals(List.of(), initiator.answers());
    }
}
