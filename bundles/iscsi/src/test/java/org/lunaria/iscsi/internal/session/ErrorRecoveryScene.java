package org.lunaria.iscsi.internal.session;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.ByteArrayOutputStream;
import java.util.List;
import org.lunaria.iscsi.internal.node.Limits;
import org.lunaria.iscsi.internal.pdu.DataInPdu;
import org.lunaria.iscsi.internal.pdu.Opcode;
import org.lunaria.iscsi.internal.pdu.ReadyToTransferPdu;
import org.lunaria.iscsi.internal.pdu.RejectPdu;
import org.lunaria.iscsi.internal.pdu.RejectReason;
import org.lunaria.iscsi.internal.pdu.SnackRequestPdu;
import org.lunaria.iscsi.internal.pdu.TaskManagementFunction;
import org.lunaria.iscsi.internal.pdu.TaskManagementRequestPdu;
import org.lunaria.iscsi.internal.pdu.TaskManagementResponseCode;
import org.lunaria.iscsi.internal.pdu.TaskManagementResponsePdu;
import org.lunaria.iscsi.internal.session.Initiator.Got;

/** A node that agrees to every ErrorRecoveryLevel, and what initiators do with it. */
final class ErrorRecoveryScene {
    static final int RETAIN_SECONDS = 5;

    final Scene scene = new Scene(
            new Limits(
                    Limits.MAX_RECV_DATA_SEGMENT_LENGTH,
                    Limits.MAX_BURST_LENGTH,
                    Limits.FIRST_BURST_LENGTH,
                    Limits.MAX_OUTSTANDING_R2T,
                    false,
                    true,
                    Limits.DEFAULT_TIME_2_WAIT,
                    RETAIN_SECONDS,
                    2,
                    Limits.MAX_CONNECTIONS,
                    false),
            64 << 20);

    Initiator login(int level, String... pairs) {
        String[] all = new String[pairs.length + 2];
        all[0] = "ErrorRecoveryLevel=" + level;
        all[1] = "MaxConnections=4";
        System.arraycopy(pairs, 0, all, 2, pairs.length);
        return scene.login(all);
    }

    /** Damages the data of a PDU that the data digest covers. */
    static void damageData(Initiator initiator, byte[] pdu) {
        pdu[initiator.framing.headerBytes(0)] ^= 1;
    }

    static final int DATA_OR_R2T = 0;
    static final int STATUS = 1;
    static final int DATA_ACK = 2;
    static final int R_DATA = 3;

    static void snack(Initiator initiator, int type, long tag, long transferTag, long begin, long length) {
        SnackRequestPdu pdu = new SnackRequestPdu();
        initiator.send(
                pdu,
                new byte[0],
                () -> pdu.isFinal(true)
                        .type(type)
                        .initiatorTaskTag(tag)
                        .targetTransferTag(transferTag)
                        .begRun(begin)
                        .runLength(length)
                        .expStatSN(initiator.expStatSN));
    }

    static RejectReason rejected(Initiator initiator) {
        int reason = new RejectPdu().wrap(initiator.only().header(), 0).reason();
        return List.of(RejectReason.values()).stream()
                .filter(each -> each.code() == reason)
                .findFirst()
                .orElseThrow();
    }

    /** Asks for a task, as an immediate request; the answer is among those of the initiator. */
    static void reassign(Initiator initiator, long tag, long expDataSN) {
        TaskManagementRequestPdu pdu = new TaskManagementRequestPdu();
        initiator.send(
                pdu,
                new byte[0],
                () -> pdu.immediate(true)
                        .isFinal(true)
                        .function(TaskManagementFunction.TASK_REASSIGN.code())
                        .initiatorTaskTag(0x7777)
                        .referencedTaskTag(tag)
                        .cmdSN(initiator.cmdSN)
                        .expDataSN(expDataSN));
    }

    static TaskManagementResponseCode response(Initiator.Got got) {
        int code = new TaskManagementResponsePdu().wrap(got.header(), 0).response();
        return List.of(TaskManagementResponseCode.values()).stream()
                .filter(each -> each.code() == code)
                .findFirst()
                .orElseThrow();
    }

    static List<Opcode> opcodes(List<Got> answers) {
        return answers.stream().map(Got::opcode).toList();
    }

    static DataInPdu dataIn(Got got) {
        assertEquals(Opcode.DATA_IN, got.opcode());
        return new DataInPdu().wrap(got.header(), 0);
    }

    static ReadyToTransferPdu r2t(Got got) {
        assertEquals(Opcode.READY_TO_TRANSFER, got.opcode());
        return new ReadyToTransferPdu().wrap(got.header(), 0);
    }

    static byte[] joined(List<Got> answers) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        answers.stream().filter(got -> got.opcode() == Opcode.DATA_IN).forEach(got -> all.writeBytes(got.data()));
        return all.toByteArray();
    }

    /** The same PDU again but for ExpCmdSN and MaxCmdSN. */
    static void assertSame(Got before, Got again) {
        for (int at = 0; at < before.header().capacity(); at++) {
            if (at < 28 || at >= 36) {
                assertEquals(before.header().get(at), again.header().get(at), "byte " + at);
            }
        }
        assertArrayEquals(before.data(), again.data());
    }
}
