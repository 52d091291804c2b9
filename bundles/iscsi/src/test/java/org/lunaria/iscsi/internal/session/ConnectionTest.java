package org.lunaria.iscsi.internal.session;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.lunaria.iscsi.SessionStatus;
import org.lunaria.iscsi.internal.pdu.Framing;
import org.lunaria.iscsi.internal.pdu.LogoutReason;
import org.lunaria.iscsi.internal.pdu.LogoutRequestPdu;
import org.lunaria.iscsi.internal.pdu.LogoutResponseCode;
import org.lunaria.iscsi.internal.pdu.LogoutResponsePdu;
import org.lunaria.iscsi.internal.pdu.NopInPdu;
import org.lunaria.iscsi.internal.pdu.NopOutPdu;
import org.lunaria.iscsi.internal.pdu.Opcode;
import org.lunaria.iscsi.internal.pdu.Pdu;
import org.lunaria.iscsi.internal.pdu.RejectPdu;
import org.lunaria.iscsi.internal.pdu.RejectReason;
import org.lunaria.iscsi.internal.pdu.SnackRequestPdu;
import org.lunaria.iscsi.internal.pdu.TextRequestPdu;
import org.lunaria.iscsi.internal.session.Initiator.Got;
import org.lunaria.scsi.TaskResult;

/** A connection's life: login, NOP, logout, reject, drop (RFC 7143 6.3, 11.14 to 11.19). */
class ConnectionTest {
    private static final byte[] NOTHING = {};

    private final Scene scene = new Scene();

    @Test
    void aLoginMakesASessionAndANexus() {
        scene.login();
        assertEquals(1, scene.engine.attached.size());
        assertEquals(
                "iqn.2001-04.com.example:host,i,0x800000000001",
                scene.engine.attached.get(0).initiatorPort());
        SessionStatus status = scene.sessions.sessions().get(0).status();
        assertEquals("disk", status.target());
        assertTrue(status.tsih() > 0);
        assertEquals("Q3 LOGGED_IN", status.state());
        assertEquals("S5 LOGGED_IN", status.connections().get(0).state());
    }

    @Test
    void aConnectionAndItsSessionGoThroughTheStatesOfTheRfc() {
        Connection[] made = new Connection[1];
        Initiator initiator =
                new Initiator(new MemoryWire(scene.thread, 50000, wire -> made[0] = new Connection(wire, scene.group)));
        assertEquals(ConnectionState.XPT_UP, made[0].state());
        initiator.login(Scene.HOST);
        assertEquals(ConnectionState.LOGGED_IN, made[0].state());
        Session session = scene.sessions.sessions().get(0);
        assertEquals(SessionState.LOGGED_IN, session.state());
        logout(initiator, LogoutReason.CLOSE_SESSION, 0);
        assertEquals(ConnectionState.FREE, made[0].state());
        assertEquals(SessionState.FREE, session.state());
    }

    @Test
    void whatComesBehindALogoutIsNotHeard() {
        Initiator initiator = scene.login();
        LogoutRequestPdu pdu = new LogoutRequestPdu();
        initiator.together(() -> {
            initiator.send(
                    pdu,
                    NOTHING,
                    () -> pdu.immediate(true)
                            .reason(LogoutReason.CLOSE_SESSION.code())
                            .initiatorTaskTag(5)
                            .cmdSN(initiator.cmdSN));
            initiator.read(6, 512);
        });
        assertEquals(Opcode.LOGOUT_RESPONSE, initiator.only().opcode());
        assertTrue(initiator.wire.isClosed());
    }

    @Test
    void aConnectionThatIsLostIsFreeAgainAsNothingIsKept() {
        Connection[] made = new Connection[1];
        Initiator initiator =
                new Initiator(new MemoryWire(scene.thread, 50000, wire -> made[0] = new Connection(wire, scene.group)));
        initiator.login(Scene.HOST);
        initiator.wire.close();
        initiator.wire.settle();
        assertEquals(ConnectionState.FREE, made[0].state());
    }

    @Test
    void anythingBeforeTheLoginClosesTheConnection() {
        Initiator initiator = scene.connect();
        initiator.read(1, 512);
        assertTrue(initiator.wire.isClosed());
        assertEquals(List.of(), initiator.answers());
    }

    @Test
    void aLoginThatTakesTooLongIsClosed() {
        Initiator initiator = scene.connect();
        long now = System.nanoTime();
        initiator.wire.tick(now);
        assertFalse(initiator.wire.isClosed());
        initiator.wire.tick(now + TimeUnit.SECONDS.toNanos(11));
        assertTrue(initiator.wire.isClosed());
    }

    @Test
    void anInitiatorThatLogsInAgainTakesItsOldSessionsPlace() {
        MemoryThread busy = new MemoryThread(scene.buffers);
        Initiator first = scene.connect(busy);
        first.login(Scene.HOST);
        scene.engine.script = task -> {};
        first.read(7, 4096);
        busy.busy(true);
        Initiator second = scene.connect();
        second.requestLogin(Scene.HOST);
        assertEquals(List.of(), second.answers());
        busy.busy(false);
        assertTrue(first.wire.isClosed());
        assertEquals(1, scene.engine.detached.size());
        second.finishLogin();
        assertEquals(1, scene.sessions.sessions().size());
        second.read(7, 4096);
        assertEquals(2, scene.engine.tasks.size());
        scene.engine.tasks.get(0).answer().accept(TaskResult.GOOD);
        assertEquals(List.of(), second.answers());
    }

    @Test
    void aLoginThatEndsWhileItWaitsForTheOldSessionLetsTheNextOneIn() {
        MemoryThread busy = new MemoryThread(scene.buffers);
        Initiator first = scene.connect(busy);
        first.login(Scene.HOST);
        busy.busy(true);
        Initiator second = scene.connect();
        second.requestLogin(Scene.HOST);
        Initiator third = scene.connect();
        third.requestLogin(Scene.HOST);
        assertTrue(second.wire.isClosed());
        busy.busy(false);
        third.finishLogin();
        assertEquals(List.of(), second.answers());
        assertEquals(1, scene.sessions.sessions().size());
        assertEquals(2, scene.engine.attached.size());
    }

    @Test
    void aLogoutEndsTheSessionBeforeItsResponse() {
        Initiator initiator = scene.login();
        assertEquals(LogoutResponseCode.CLOSED, logout(initiator, LogoutReason.CLOSE_SESSION, 0));
        assertTrue(initiator.wire.isClosed());
        assertEquals(1, scene.engine.detached.size());
        assertEquals(List.of(), scene.sessions.sessions());
    }

    @ParameterizedTest
    @EnumSource(names = {"CLOSE_SESSION", "CLOSE_CONNECTION"})
    void aLogoutIsAnsweredWhenWhatWasUnderWayCannotHappenAnyMore(LogoutReason reason) {
        List<Runnable> waiting = new ArrayList<>();
        scene.engine.detachment = waiting::add;
        Initiator initiator = scene.login();
        initiator.sendLogout(reason, 0);
        assertEquals(List.of(), initiator.answers());
        assertFalse(initiator.wire.isClosed());
        waiting.get(0).run();
        assertEquals(
                LogoutResponseCode.CLOSED.code(),
                new LogoutResponsePdu().wrap(initiator.only().header(), 0).response());
        assertTrue(initiator.wire.isClosed());
        scene.thread.pass(LogoutRequests.CLEANUP_SECONDS);
        assertEquals(List.of(), initiator.answers());
    }

    @Test
    void aLogoutThatAStoreHoldsUpIsAnsweredSo() {
        List<Runnable> waiting = new ArrayList<>();
        scene.engine.detachment = waiting::add;
        Initiator initiator = scene.login();
        initiator.sendLogout(LogoutReason.CLOSE_SESSION, 0);
        scene.thread.pass(LogoutRequests.CLEANUP_SECONDS);
        assertEquals(
                LogoutResponseCode.CLEANUP_FAILED.code(),
                new LogoutResponsePdu().wrap(initiator.only().header(), 0).response());
        assertTrue(initiator.wire.isClosed());
        waiting.get(0).run();
        assertEquals(List.of(), initiator.answers());
    }

    @Test
    void aLogoutOfAnotherConnectionFindsNone() {
        Initiator initiator = scene.login();
        assertEquals(LogoutResponseCode.CID_NOT_FOUND, logout(initiator, LogoutReason.CLOSE_CONNECTION, 77));
        assertEquals(
                LogoutResponseCode.RECOVERY_NOT_SUPPORTED,
                logout(initiator, LogoutReason.REMOVE_CONNECTION_FOR_RECOVERY, 0));
        assertFalse(initiator.wire.isClosed());
        assertEquals(LogoutResponseCode.CLOSED, logout(initiator, LogoutReason.CLOSE_CONNECTION, 0));
    }

    @Test
    void aPingIsEchoed() {
        Initiator initiator = scene.login();
        byte[] data = ScriptedTarget.pattern(0, 333);
        NopOutPdu ping = new NopOutPdu();
        initiator.send(
                ping,
                data,
                () -> ping.immediate(true)
                        .initiatorTaskTag(9)
                        .targetTransferTag(Pdu.RESERVED_TAG)
                        .cmdSN(1));
        Got answer = initiator.only();
        NopInPdu pdu = new NopInPdu().wrap(answer.header(), 0);
        assertEquals(9, pdu.initiatorTaskTag());
        assertEquals(Pdu.RESERVED_TAG, pdu.targetTransferTag());
        assertEquals(1, pdu.expCmdSN());
        assertArrayEquals(data, answer.data());
    }

    @Test
    void aSilentInitiatorIsAskedAndThenDropped() {
        Initiator initiator = scene.login();
        for (int second = 0; second < 30; second++) {
            initiator.wire.tick(0);
        }
        NopInPdu ping = new NopInPdu().wrap(initiator.only().header(), 0);
        assertEquals(Pdu.RESERVED_TAG, ping.initiatorTaskTag());
        NopOutPdu answer = new NopOutPdu();
        initiator.send(
                answer,
                NOTHING,
                () -> answer.immediate(true)
                        .initiatorTaskTag(Pdu.RESERVED_TAG)
                        .targetTransferTag(ping.targetTransferTag())
                        .cmdSN(1));
        assertEquals(List.of(), initiator.answers());
        for (int second = 0; second < 90; second++) {
            assertFalse(initiator.wire.isClosed());
            initiator.wire.tick(0);
        }
        assertTrue(initiator.wire.isClosed());
        assertEquals(1, scene.engine.detached.size());
    }

    @Test
    void whatNobodyKnowsIsRejectedWithItsHeader() {
        Initiator initiator = scene.login();
        ByteBuffer unknown = ByteBuffer.allocate(Framing.BHS_BYTES);
        unknown.put(0, (byte) 0x5E).put(20, (byte) 0x77);
        initiator.wire.receive(unknown.duplicate());
        Got answer = initiator.only();
        assertEquals(Opcode.REJECT, answer.opcode());
        assertEquals(
                RejectReason.COMMAND_NOT_SUPPORTED.code(),
                new RejectPdu().wrap(answer.header(), 0).reason());
        assertArrayEquals(unknown.array(), answer.data());
    }

    @Test
    void snackIsRejectedAtErrorRecoveryLevelZero() {
        Initiator initiator = scene.login();
        SnackRequestPdu pdu = new SnackRequestPdu();
        initiator.send(pdu, NOTHING, () -> {});
        assertEquals(
                RejectReason.SNACK_REJECT.code(),
                new RejectPdu().wrap(initiator.only().header(), 0).reason());
    }

    @Test
    void aDataSegmentBeyondWhatWasAgreedClosesTheConnection() {
        Initiator initiator = scene.login();
        NopOutPdu pdu = new NopOutPdu();
        initiator.send(pdu, new byte[256 * 1024 + 4], () -> {});
        assertTrue(initiator.wire.isClosed());
    }

    @Test
    void aDiscoverySessionTellsTargetsAndTakesNoCommands() {
        Initiator initiator = scene.login("SessionType=Discovery");
        TextRequestPdu pdu = new TextRequestPdu();
        initiator.send(
                pdu,
                "SendTargets=All\0".getBytes(),
                () -> pdu.initiatorTaskTag(3)
                        .targetTransferTag(Pdu.RESERVED_TAG)
                        .cmdSN(initiator.cmdSN++));
        Got answer = initiator.only();
        assertEquals(Opcode.TEXT_RESPONSE, answer.opcode());
        assertTrue(new String(answer.data()).startsWith("TargetName=" + Scene.DISK + "\0"));
        initiator.read(4, 512);
        assertEquals(Opcode.REJECT, initiator.only().opcode());
        assertEquals(List.of(), scene.engine.attached);
    }

    @Test
    void aDroppedSessionLosesItsNexus() {
        Initiator initiator = scene.login();
        assertFalse(scene.sessions.drop("no such"));
        assertTrue(scene.sessions.drop(scene.sessions.sessions().get(0).id()));
        initiator.wire.settle();
        assertTrue(initiator.wire.isClosed());
        assertEquals(1, scene.engine.detached.size());
    }

    @Test
    void hostileBytesCostNobodyElseAnything() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        long memory = scene.pool.takenBytes();
        for (int round = 0; round < 300; round++) {
            Initiator initiator = round % 3 == 0 ? scene.connect() : scene.login();
            scene.engine.script = switch (random.nextInt(3)) {
                case 0 -> scene.engine.receives(65536);
                case 1 -> scene.engine.sends(3000, 1000, TaskResult.GOOD);
                default -> task -> {};
            };
            for (int pdu = 0; pdu < 40 && !initiator.wire.isClosed(); pdu++) {
                initiator.wire.receive(hostile(random));
                initiator.wire.settle();
            }
            initiator.wire.close();
            initiator.wire.settle();
            assertEquals(0, scene.pool.reservedBytes(), "seed " + seed);
        }
        assertEquals(List.of(), scene.sessions.sessions(), "seed " + seed);
        assertTrue(scene.pool.takenBytes() <= memory + 4 * 256 * 1024, "seed " + seed);
    }

    /** A header of likely values, with the wrong ones among them, and as much data as it says, or less. */
    private static ByteBuffer hostile(Random random) {
        byte[] header = new byte[Framing.BHS_BYTES];
        if (random.nextInt(4) == 0) {
            random.nextBytes(header);
        }
        Opcode[] opcodes = Opcode.values();
        header[0] = (byte) (opcodes[random.nextInt(opcodes.length)].code() | random.nextInt(2) << 6);
        header[1] = (byte) random.nextInt();
        header[4] = (byte) (random.nextInt(4) == 0 ? random.nextInt(8) : 0);
        header[5] = 0;
        header[6] = (byte) random.nextInt(20);
        header[7] = (byte) random.nextInt();
        header[19] = (byte) random.nextInt(4);
        header[22] = (byte) random.nextInt(3);
        header[27] = (byte) random.nextInt(12);
        int ahs = header[4] * 4;
        int data = (header[6] & 0xFF) << 8 | header[7] & 0xFF;
        int whole = Framing.PLAIN.pduBytes(ahs, data);
        ByteBuffer bytes = ByteBuffer.allocate(random.nextInt(20) == 0 ? random.nextInt(whole) + 1 : whole);
        bytes.put(header, 0, Math.min(header.length, bytes.capacity()));
        return bytes.rewind();
    }

    private static LogoutResponseCode logout(Initiator initiator, LogoutReason reason, int cid) {
        LogoutRequestPdu pdu = new LogoutRequestPdu();
        initiator.send(
                pdu,
                NOTHING,
                () -> pdu.immediate(true)
                        .reason(reason.code())
                        .cid(cid)
                        .initiatorTaskTag(5)
                        .cmdSN(initiator.cmdSN));
        int code = new LogoutResponsePdu().wrap(initiator.only().header(), 0).response();
        return LogoutResponseCode.values()[code];
    }
}
