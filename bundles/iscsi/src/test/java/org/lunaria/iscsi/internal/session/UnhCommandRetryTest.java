package org.lunaria.iscsi.internal.session;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.lunaria.iscsi.internal.session.ErrorRecoveryScene.damageData;
import static org.lunaria.iscsi.internal.session.ErrorRecoveryScene.opcodes;
import static org.lunaria.iscsi.internal.session.ErrorRecoveryScene.r2t;
import static org.lunaria.iscsi.internal.session.ErrorRecoveryScene.rejected;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.lunaria.iscsi.internal.pdu.DataOutPdu;
import org.lunaria.iscsi.internal.pdu.Opcode;
import org.lunaria.iscsi.internal.pdu.Pdu;
import org.lunaria.iscsi.internal.pdu.ReadyToTransferPdu;
import org.lunaria.iscsi.internal.pdu.RejectReason;
import org.lunaria.iscsi.internal.pdu.ScsiCommandPdu;
import org.lunaria.iscsi.internal.pdu.ScsiResponsePdu;
import org.lunaria.iscsi.internal.session.Initiator.Got;
import org.lunaria.iscsi.unh.UnhCase;
import org.lunaria.iscsi.unh.UnhSuite;
import org.lunaria.scsi.TaskResult;

/** Error recovery of the UNH-IOL for targets, group 1, and Data-Out that is lost (RFC 7143 7.1.4, 7.2.1, 7.8). */
class UnhCommandRetryTest {
    private static final byte[] NOTHING = {};

    private final ErrorRecoveryScene recovery = new ErrorRecoveryScene();
    private final Scene scene = recovery.scene;

    @Test
    @UnhCase(suite = UnhSuite.ERROR_RECOVERY, number = "1.1", clause = "7.2.1", title = "Inadvertent retry")
    void aCommandThatCameAlreadyIsIgnored() {
        Initiator initiator = recovery.login(1);
        scene.engine.script = task -> {};
        initiator.read(1, 0);
        initiator.cmdSN--;
        initiator.read(1, 0);
        assertEquals(1, scene.engine.tasks.size());
        scene.engine.tasks.get(0).answer().accept(TaskResult.GOOD);
        assertEquals(Opcode.SCSI_RESPONSE, initiator.only().opcode());
    }

    @Test
    @UnhCase(suite = UnhSuite.ERROR_RECOVERY, number = "1.2", clause = "7.8", title = "Retry after digest error")
    void aCommandWhoseDataIsDamagedIsRejectedAndDoneWhenItComesAgain() {
        Initiator initiator = recovery.login(1, "DataDigest=CRC32C");
        scene.engine.script = scene.engine.receives(512);
        ScsiCommandPdu command = new ScsiCommandPdu();
        byte[] data = ScriptedTarget.pattern(0, 512);
        byte[] pdu = initiator.bytes(
                command,
                NOTHING,
                data,
                () -> command.write(true)
                        .attribute(1)
                        .isFinal(true)
                        .initiatorTaskTag(1)
                        .expectedDataTransferLength(512)
                        .cmdSN(initiator.cmdSN)
                        .cdb((byte) 0x5A));
        byte[] damaged = pdu.clone();
        damageData(initiator, damaged);
        initiator.send(damaged);
        assertEquals(RejectReason.DATA_DIGEST_ERROR, rejected(initiator));
        assertFalse(initiator.wire.isClosed());
        initiator.cmdSN++;
        initiator.read(2, 0);
        assertEquals(List.of(), initiator.answers());
        initiator.send(pdu);
        assertEquals(List.of(Opcode.SCSI_RESPONSE, Opcode.SCSI_RESPONSE), opcodes(initiator.answers()));
        assertEquals(
                List.of(1L, 2L),
                scene.engine.tasks.stream().map(each -> each.tag()).toList());
    }

    @Test
    void damagedDataOutIsAskedForAgain() {
        Initiator initiator = recovery.login(1, "DataDigest=CRC32C", "MaxOutstandingR2T=4", "MaxBurstLength=1024");
        scene.engine.script = scene.engine.receives(2048);
        byte[] data = ScriptedTarget.pattern(0, 2048);
        initiator.command(7, false, true, 2048, NOTHING, true);
        List<Got> asked = initiator.answers();
        assertEquals(2, asked.size());
        DataOutPdu out = new DataOutPdu();
        byte[] damaged = initiator.bytes(
                out,
                NOTHING,
                ScriptedTarget.pattern(0, 1024),
                () -> out.initiatorTaskTag(7)
                        .targetTransferTag(r2t(asked.get(0)).targetTransferTag())
                        .isFinal(true));
        damageData(initiator, damaged);
        initiator.send(damaged);
        assertEquals(RejectReason.DATA_DIGEST_ERROR, rejected(initiator));
        // What was asked for as well is dropped, since it would come in the wrong order.
        initiator.dataOut(7, r2t(asked.get(1)).targetTransferTag(), 0, 1024, ScriptedTarget.pattern(1024, 1024), true);
        List<Got> again = initiator.answers();
        assertEquals(2, again.size());
        assertEquals(2, r2t(again.get(0)).r2tSN());
        assertEquals(0, r2t(again.get(0)).bufferOffset());
        initiator.dataOut(7, r2t(again.get(0)).targetTransferTag(), 0, 0, ScriptedTarget.pattern(0, 1024), true);
        initiator.dataOut(7, r2t(again.get(1)).targetTransferTag(), 0, 1024, ScriptedTarget.pattern(1024, 1024), true);
        assertEquals(Opcode.SCSI_RESPONSE, initiator.only().opcode());
        assertArrayEquals(data, scene.engine.received);
    }

    @Test
    void damagedUnsolicitedDataIsAskedFor() {
        Initiator initiator = recovery.login(1, "DataDigest=CRC32C", "InitialR2T=No");
        scene.engine.script = scene.engine.receives(1024);
        initiator.command(7, false, true, 1024, ScriptedTarget.pattern(0, 512), false);
        DataOutPdu out = new DataOutPdu();
        byte[] damaged = initiator.bytes(
                out,
                NOTHING,
                ScriptedTarget.pattern(512, 512),
                () -> out.initiatorTaskTag(7)
                        .targetTransferTag(Pdu.RESERVED_TAG)
                        .bufferOffset(512)
                        .isFinal(true));
        damageData(initiator, damaged);
        initiator.send(damaged);
        List<Got> answers = initiator.answers();
        assertEquals(List.of(Opcode.REJECT, Opcode.READY_TO_TRANSFER), opcodes(answers));
        ReadyToTransferPdu asked = r2t(answers.get(1));
        assertEquals(512, asked.bufferOffset());
        assertEquals(512, asked.desiredDataTransferLength());
        initiator.dataOut(7, asked.targetTransferTag(), 0, 512, ScriptedTarget.pattern(512, 512), true);
        assertEquals(Opcode.SCSI_RESPONSE, initiator.only().opcode());
        assertArrayEquals(ScriptedTarget.pattern(0, 1024), scene.engine.received);
    }

    @Test
    void aDataOutThatIsMissingInASequenceIsAskedForAgain() {
        Initiator initiator = recovery.login(1);
        scene.engine.script = scene.engine.receives(1536);
        initiator.command(7, false, true, 1536, NOTHING, true);
        long tag = initiator.r2t().targetTransferTag();
        initiator.dataOut(7, tag, 0, 0, ScriptedTarget.pattern(0, 512), false);
        initiator.dataOut(7, tag, 2, 1024, ScriptedTarget.pattern(1024, 512), true);
        ReadyToTransferPdu again = initiator.r2t();
        assertEquals(512, again.bufferOffset());
        assertEquals(1024, again.desiredDataTransferLength());
        initiator.dataOut(7, again.targetTransferTag(), 0, 512, ScriptedTarget.pattern(512, 1024), true);
        assertEquals(Opcode.SCSI_RESPONSE, initiator.only().opcode());
        assertArrayEquals(ScriptedTarget.pattern(0, 1536), scene.engine.received);
    }

    @Test
    void dataThatIsDamagedAgainAndAgainEndsItsTask() {
        Initiator initiator = recovery.login(1, "DataDigest=CRC32C");
        scene.engine.script = scene.engine.receives(512);
        initiator.command(7, false, true, 512, NOTHING, true);
        ReadyToTransferPdu asked = initiator.r2t();
        for (int round = 0; round < 100; round++) {
            long tag = asked.targetTransferTag();
            DataOutPdu out = new DataOutPdu();
            byte[] damaged = initiator.bytes(
                    out,
                    NOTHING,
                    new byte[512],
                    () -> out.initiatorTaskTag(7).targetTransferTag(tag).isFinal(true));
            damageData(initiator, damaged);
            initiator.send(damaged);
            Got last = initiator.answers().get(1);
            if (last.opcode() == Opcode.SCSI_RESPONSE) {
                assertEquals(2, new ScsiResponsePdu().wrap(last.header(), 0).status());
                return;
            }
            asked = r2t(last);
        }
        throw new AssertionError("it was asked for without end");
    }
}
