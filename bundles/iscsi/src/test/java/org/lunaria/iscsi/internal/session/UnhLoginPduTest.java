package org.lunaria.iscsi.internal.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.lunaria.iscsi.internal.pdu.LoginRequestPdu;
import org.lunaria.iscsi.internal.pdu.LoginResponsePdu;
import org.lunaria.iscsi.internal.pdu.NopOutPdu;
import org.lunaria.iscsi.internal.session.Initiator.Got;
import org.lunaria.iscsi.unh.UnhCase;
import org.lunaria.iscsi.unh.UnhSuite;

/** UNH-IOL login families 4, 5 and 8: numbers of Login Responses, and other PDUs before the full feature phase. */
class UnhLoginPduTest {
    private static final String NAMES = "InitiatorName=" + Scene.HOST + "\0TargetName=" + Scene.DISK + "\0";

    private final Scene scene = new Scene();
    private final Initiator initiator = scene.connect();

    @Test
    @UnhCase(suite = UnhSuite.LOGIN, number = "4.1", clause = "11.13.3", title = "StatSN zero")
    void theFirstResponseHasTheStatSnThatTheInitiatorExpects() {
        assertEquals(0, login(0, 1, 0, NAMES).statSN());
    }

    @Test
    @UnhCase(suite = UnhSuite.LOGIN, number = "4.2", clause = "11.13.3", title = "StatSN non-zero")
    void statSnCountsTheResponsesAndWraps() {
        assertEquals(0xFFFFFFFFL, login(0, 1, 0xFFFFFFFFL, NAMES).statSN());
        assertEquals(0, login(1, 3, 0, "").statSN());
    }

    @Test
    @UnhCase(suite = UnhSuite.LOGIN, number = "5.1", clause = "11.12", title = "ExpStatSN")
    void onlyTheFirstExpStatSnSetsTheNumber() {
        assertEquals(7, login(1, 1, 7, NAMES).statSN());
        assertEquals(8, login(1, 1, 7, "").statSN());
        assertEquals(9, login(1, 3, 100, "").statSN());
    }

    @Test
    @UnhCase(suite = UnhSuite.LOGIN, number = "5.2", clause = "11.13", title = "ExpCmdSN and MaxCmdSN")
    void aLoginUsesUpNoCmdSn() {
        initiator.cmdSN = 41;
        assertEquals(41, login(1, 1, 1, NAMES).expCmdSN());
        LoginResponsePdu last = login(1, 3, 2, "");
        assertEquals(41, last.expCmdSN());
        assertTrue(last.maxCmdSN() >= 41);
    }

    @Test
    @UnhCase(suite = UnhSuite.LOGIN, number = "8.1", clause = "6.3", title = "Invalid PDU amid a login")
    void anythingElseAmidALoginIsAnsweredAndTheConnectionClosed() {
        login(1, 1, 1, NAMES);
        initiator.read(9, 512);
        assertEquals(0x020B, status(response()));
        assertTrue(initiator.wire.isClosed());
        assertEquals(List.of(), scene.engine.attached);
    }

    @Test
    @UnhCase(suite = UnhSuite.LOGIN, number = "8.2", clause = "6.3", title = "Invalid PDU before a login")
    void anythingElseBeforeALoginClosesTheConnection() {
        NopOutPdu nop = new NopOutPdu();
        initiator.send(nop, new byte[0], () -> nop.immediate(true).initiatorTaskTag(3));
        assertEquals(List.of(), initiator.answers());
        assertTrue(initiator.wire.isClosed());
    }

    @Test
    @UnhCase(suite = UnhSuite.LOGIN, number = "8.3", clause = "6.1", title = "Login text that is none")
    void aTextWithoutPairsIsRefused() {
        assertEquals(0x0200, status(login(1, 3, 1, "nonsense\0")));
        assertTrue(initiator.wire.isClosed());
    }

    @Test
    @UnhCase(suite = UnhSuite.LOGIN, number = "8.4", clause = "6.3", title = "Login Request after the login")
    void aLoginRequestInTheFullFeaturePhaseIsRejected() {
        login(1, 3, 1, NAMES);
        request(1, 3, 2, NAMES);
        assertEquals(1, initiator.answers().size());
        assertFalse(initiator.wire.isClosed());
    }

    private LoginResponsePdu login(int current, int next, long expStatSN, String text) {
        request(current, next, expStatSN, text);
        return response();
    }

    private LoginResponsePdu response() {
        Got answer = initiator.only();
        return new LoginResponsePdu().wrap(answer.header(), 0);
    }

    private static int status(LoginResponsePdu response) {
        return response.statusClass() << Byte.SIZE | response.statusDetail();
    }

    private void request(int current, int next, long expStatSN, String text) {
        LoginRequestPdu pdu = new LoginRequestPdu();
        initiator.send(
                pdu,
                text.getBytes(StandardCharsets.UTF_8),
                () -> pdu.immediate(true)
                        .isFinal(next != current)
                        .currentStage(current)
                        .nextStage(next)
                        .isid(new byte[] {(byte) 0x80, 0, 0, 0, 0, 1})
                        .initiatorTaskTag(1)
                        .cmdSN(initiator.cmdSN)
                        .expStatSN(expStatSN));
    }
}
