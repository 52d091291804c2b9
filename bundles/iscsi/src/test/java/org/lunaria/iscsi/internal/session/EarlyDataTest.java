package org.lunaria.iscsi.internal.session;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.lunaria.iscsi.internal.node.Limits;
import org.lunaria.iscsi.internal.pdu.DataOutPdu;
import org.lunaria.iscsi.internal.pdu.Opcode;
import org.lunaria.iscsi.internal.pdu.Pdu;
import org.lunaria.iscsi.internal.pdu.ReadyToTransferPdu;
import org.lunaria.iscsi.internal.pdu.ScsiResponsePdu;
import org.lunaria.scsi.ScsiStatus;

/** Unsolicited data of a command that came before an earlier one, on another connection (RFC 7143 4.2.2.1, 4.2.5.2). */
class EarlyDataTest {
    private static final int BYTES = 1536;
    private static final byte[] DATA = ScriptedTarget.pattern(0, BYTES);

    private final Scene scene = new Scene();
    private final Initiator first = scene.login("MaxConnections=3", "InitialR2T=No");
    private final Initiator second = join(scene, first);
    private final long usedBefore = scene.pool.takenBytes();

    private static Initiator join(Scene scene, Initiator first) {
        Initiator next = scene.connect();
        next.join(first, 1);
        return next;
    }

    @BeforeEach
    void theTargetReceives() {
        scene.engine.script = scene.engine.receives(512);
    }

    private void sendEarly() {
        second.cmdSN = first.cmdSN + 1;
        second.command(20, false, true, BYTES, ScriptedTarget.pattern(0, 512), false);
        second.dataOut(20, Pdu.RESERVED_TAG, 0, 512, ScriptedTarget.pattern(512, 512), false);
        second.dataOut(20, Pdu.RESERVED_TAG, 1, 1024, ScriptedTarget.pattern(1024, 512), true);
    }

    @Test
    void waitsWithItsCommand() {
        second.together(this::sendEarly);
        assertEquals(List.of(), scene.engine.tasks);
        first.command(10, false, false, 0, new byte[0], true);
        assertDone();
    }

    @Test
    void waitsLikewiseWhenItComesInPieces() {
        second.inPieces(100, this::sendEarly);
        first.command(10, false, false, 0, new byte[0], true);
        assertDone();
    }

    @Test
    void findsItsCommandThatBeganWhileItCame() {
        second.cmdSN = first.cmdSN + 1;
        second.command(20, false, true, 1024, ScriptedTarget.pattern(0, 512), false);
        DataOutPdu out = new DataOutPdu();
        byte[] bytes = second.bytes(
                out,
                new byte[0],
                ScriptedTarget.pattern(512, 512),
                () -> out.initiatorTaskTag(20)
                        .targetTransferTag(Pdu.RESERVED_TAG)
                        .bufferOffset(512)
                        .isFinal(true));
        second.send(Arrays.copyOf(bytes, 300));
        first.command(10, false, false, 0, new byte[0], true);
        second.send(Arrays.copyOfRange(bytes, 300, bytes.length));
        assertEquals(Opcode.SCSI_RESPONSE, second.only().opcode());
        assertArrayEquals(ScriptedTarget.pattern(0, 1024), scene.engine.received);
    }

    @Test
    void givesItsMemoryBack() {
        long used = 0;
        for (int round = 0; round < 100; round++) {
            second.inPieces(1000 + round, this::sendEarly);
            first.command(10, false, false, 0, new byte[0], true);
            first.cmdSN = second.cmdSN;
            assertDone();
            used = round == 9 ? scene.pool.takenBytes() : used;
        }
        assertEquals(used, scene.pool.takenBytes());
    }

    @Test
    void goesWithTheSession() {
        second.together(this::sendEarly);
        first.wire.close();
        first.wire.settle();
        assertEquals(List.of(), scene.sessions.sessions());
        assertEquals(usedBefore, scene.pool.takenBytes());
    }

    @Test
    void beyondTheFirstBurstIsNotKept() {
        Scene small = new Scene(
                new Limits(8192, 8192, 1024, 1, false, true, 2, 0, 0, 8, false), 64 << 20); // FirstBurstLength 1024
        Initiator leading = small.login("MaxConnections=3", "InitialR2T=No");
        Initiator hostile = join(small, leading);
        small.engine.script = small.engine.receives(512);
        hostile.cmdSN = leading.cmdSN + 1;
        hostile.command(20, false, true, 1024, new byte[0], false);
        for (int count = 0; count < 100_000; count++) {
            hostile.dataOut(20, Pdu.RESERVED_TAG, count, 0, new byte[0], false);
        }
        hostile.dataOut(20, Pdu.RESERVED_TAG, 100_000, 0, new byte[0], true);
        leading.command(10, false, false, 0, new byte[0], true);
        assertEquals(
                ScsiStatus.CHECK_CONDITION.code(),
                new ScsiResponsePdu().wrap(hostile.only().header(), 0).status());
    }

    @Test
    void thatIsDamagedIsAskedFor() {
        ErrorRecoveryScene recovery = new ErrorRecoveryScene();
        Initiator initiator = recovery.login(1, "DataDigest=CRC32C", "InitialR2T=No");
        recovery.scene.engine.script = recovery.scene.engine.receives(512);
        long missing = initiator.cmdSN++;
        initiator.command(7, false, true, 1024, ScriptedTarget.pattern(0, 512), false);
        DataOutPdu out = new DataOutPdu();
        byte[] damaged = initiator.bytes(
                out,
                new byte[0],
                ScriptedTarget.pattern(512, 512),
                () -> out.initiatorTaskTag(7)
                        .targetTransferTag(Pdu.RESERVED_TAG)
                        .bufferOffset(512)
                        .isFinal(true));
        ErrorRecoveryScene.damageData(initiator, damaged);
        initiator.send(damaged);
        assertEquals(Opcode.REJECT, initiator.only().opcode());
        initiator.cmdSN = missing;
        initiator.command(6, false, false, 0, new byte[0], true);
        List<Initiator.Got> answers = initiator.answers();
        ReadyToTransferPdu asked = ErrorRecoveryScene.r2t(answers.get(answers.size() - 1));
        assertEquals(512, asked.bufferOffset());
        initiator.dataOut(7, asked.targetTransferTag(), 0, 512, ScriptedTarget.pattern(512, 512), true);
        assertEquals(Opcode.SCSI_RESPONSE, initiator.only().opcode());
        assertArrayEquals(ScriptedTarget.pattern(0, 1024), recovery.scene.engine.received);
    }

    private void assertDone() {
        assertEquals(Opcode.SCSI_RESPONSE, second.only().opcode());
        assertArrayEquals(DATA, scene.engine.received);
        assertEquals(0, scene.sessions.sessions().get(0).status().tasks());
    }
}
