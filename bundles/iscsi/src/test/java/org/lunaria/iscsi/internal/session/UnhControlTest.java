package org.lunaria.iscsi.internal.session;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.lunaria.iscsi.internal.pdu.NopInPdu;
import org.lunaria.iscsi.internal.pdu.NopOutPdu;
import org.lunaria.iscsi.internal.pdu.Opcode;
import org.lunaria.iscsi.internal.pdu.Pdu;
import org.lunaria.iscsi.internal.pdu.RejectPdu;
import org.lunaria.iscsi.internal.pdu.RejectReason;
import org.lunaria.iscsi.internal.pdu.ScsiCommandPdu;
import org.lunaria.iscsi.internal.pdu.SnackRequestPdu;
import org.lunaria.iscsi.internal.session.Initiator.Got;
import org.lunaria.iscsi.unh.UnhCase;
import org.lunaria.iscsi.unh.UnhSuite;

/** UNH-IOL full feature families 13, 15 and 16: SNACK at error recovery level 0, NOP, and fields of SCSI Commands. */
class UnhControlTest {
    private static final byte[] NOTHING = {};
    private static final int DATA_R2T_SNACK = 0;
    private static final int DATA_ACK = 2;
    private static final int EXTENDED_CDB = 1;

    private final Scene scene = new Scene();
    private final Initiator initiator = scene.login();

    @Test
    @UnhCase(suite = UnhSuite.FULL_FEATURE, number = "13.1", clause = "11.16", title = "BegRun for SNACK at level 0")
    void aSnackIsRejectedWhereNothingIsKept() {
        snack(DATA_R2T_SNACK);
        assertRejected(RejectReason.SNACK_REJECT);
        assertFalse(initiator.wire.isClosed());
    }

    @Test
    void aDataAckIsRejectedWhereNoneWasAskedFor() {
        snack(DATA_ACK);
        assertRejected(RejectReason.SNACK_REJECT);
        assertFalse(initiator.wire.isClosed());
    }

    @Test
    @UnhCase(suite = UnhSuite.FULL_FEATURE, number = "15.1", clause = "11.19", title = "NOP-Out ping response")
    void anAnswerToAPingIsNotAnswered() {
        for (int second = 0; second < 30; second++) {
            initiator.wire.tick(0);
        }
        NopInPdu ping = new NopInPdu().wrap(initiator.only().header(), 0);
        assertEquals(Pdu.RESERVED_TAG, ping.initiatorTaskTag());
        nop(NOTHING, nop -> nop.initiatorTaskTag(Pdu.RESERVED_TAG).targetTransferTag(ping.targetTransferTag()));
        assertEquals(List.of(), initiator.answers());
        assertFalse(initiator.wire.isClosed());
    }

    @Test
    @UnhCase(suite = UnhSuite.FULL_FEATURE, number = "15.2", clause = "11.19", title = "NOP-Out ping request")
    void aPingComesBackWithItsTagAndItsData() {
        byte[] data = ScriptedTarget.pattern(0, 777);
        nop(data, nop -> nop.initiatorTaskTag(9).targetTransferTag(Pdu.RESERVED_TAG));
        Got answer = initiator.only();
        assertEquals(Opcode.NOP_IN, answer.opcode());
        assertEquals(9, new NopInPdu().wrap(answer.header(), 0).initiatorTaskTag());
        assertArrayEquals(data, answer.data());
    }

    @Test
    @UnhCase(suite = UnhSuite.FULL_FEATURE, number = "15.3", clause = "11.18", title = "NOP-Out confirms ExpStatSN")
    void aNopThatOnlyConfirmsIsNotAnswered() {
        nop(
                NOTHING,
                nop -> nop.initiatorTaskTag(Pdu.RESERVED_TAG)
                        .targetTransferTag(Pdu.RESERVED_TAG)
                        .expStatSN(2));
        assertEquals(List.of(), initiator.answers());
        initiator.command(1, false, false, 0, NOTHING, true);
        assertEquals(2, initiator.only().header().getInt(24));
    }

    @Test
    @UnhCase(suite = UnhSuite.FULL_FEATURE, number = "15.4", clause = "11.18", title = "Numbered NOP-Out")
    void aPingThatIsNotImmediateUsesUpItsNumber() {
        NopOutPdu pdu = new NopOutPdu();
        initiator.send(
                pdu,
                NOTHING,
                () -> pdu.initiatorTaskTag(9)
                        .targetTransferTag(Pdu.RESERVED_TAG)
                        .cmdSN(1));
        assertEquals(2, new NopInPdu().wrap(initiator.only().header(), 0).expCmdSN());
    }

    @Test
    @UnhCase(
            suite = UnhSuite.FULL_FEATURE,
            number = "16.1.1",
            clause = "11.3.1",
            title = "Fields of a SCSI Command with immediate data")
    void immediateDataOfACommandThatDoesNotWriteIsRejected() {
        initiator.command(1, true, false, 512, new byte[512], true);
        assertRejected(RejectReason.PROTOCOL_ERROR);
        initiator.command(2, false, false, 0, new byte[512], true);
        assertRejected(RejectReason.PROTOCOL_ERROR);
        assertEquals(List.of(), scene.engine.tasks);
    }

    @Test
    @UnhCase(
            suite = UnhSuite.FULL_FEATURE,
            number = "16.1.2",
            clause = "11.3.1",
            title = "Fields of a SCSI Command without immediate data")
    void unsolicitedDataThatWasNotAgreedOnIsRejected() {
        Scene own = new Scene();
        Initiator strict = own.login("InitialR2T=Yes");
        strict.command(1, false, true, 512, NOTHING, false);
        assertEquals(RejectReason.PROTOCOL_ERROR.code(), reject(strict.only()).reason());
        strict.command(2, true, false, 512, NOTHING, false);
        assertEquals(RejectReason.PROTOCOL_ERROR.code(), reject(strict.only()).reason());
        assertEquals(List.of(), own.engine.tasks);
    }

    @Test
    @UnhCase(suite = UnhSuite.FULL_FEATURE, number = "16.2", clause = "11.3.1", title = "ATTR, R and W")
    void reservedAttributesAndBothDirectionsAreRejected() {
        for (int attribute = 5; attribute < 8; attribute++) {
            int value = attribute;
            command(pdu -> pdu.attribute(value));
            assertRejected(RejectReason.INVALID_PDU_FIELD);
        }
        command(pdu -> pdu.read(true).write(true));
        assertRejected(RejectReason.INVALID_PDU_FIELD);
        assertEquals(List.of(), scene.engine.tasks);
    }

    @Test
    @UnhCase(suite = UnhSuite.FULL_FEATURE, number = "16.3", clause = "11.2.2.3", title = "Extended CDB")
    void anExtendedCdbReachesTheEngine() {
        byte[] ahs = {0, 9, EXTENDED_CDB, 0, 1, 2, 3, 4, 5, 6, 7, 8};
        extended(ahs);
        assertEquals(Opcode.SCSI_RESPONSE, initiator.only().opcode());
        byte[] cdb = scene.engine.tasks.get(0).cdb();
        assertArrayEquals(new byte[] {1, 2, 3, 4, 5, 6, 7, 8}, Arrays.copyOfRange(cdb, 16, cdb.length));
    }

    @Test
    @UnhCase(
            suite = UnhSuite.FULL_FEATURE,
            number = "16.4",
            clause = "11.2.2",
            title = "Additional headers that lie or that nobody knows")
    void additionalHeadersThatMeanNothingAreRejected() {
        for (byte[] ahs : new byte[][] {
            {0, 9, 0x3F, 0, 1, 2, 3, 4, 5, 6, 7, 8}, // unknown type
            {0, 99, EXTENDED_CDB, 0}, // longer than its space
            {0, 0, EXTENDED_CDB, 0}, // of no length
            {0, 1, EXTENDED_CDB, 0, 0, 1, EXTENDED_CDB, 0} // twice
        }) {
            extended(ahs);
            assertRejected(RejectReason.INVALID_PDU_FIELD);
        }
        assertEquals(List.of(), scene.engine.tasks);
        assertFalse(initiator.wire.isClosed());
    }

    @Test
    @UnhCase(suite = UnhSuite.FULL_FEATURE, number = "16.5", clause = "11.3.2", title = "A rejected command's CmdSN")
    void aRejectedCommandUsesUpItsNumber() {
        command(pdu -> pdu.attribute(7));
        assertEquals(2, reject(initiator.only()).expCmdSN());
        initiator.command(2, false, false, 0, NOTHING, true);
        assertEquals(Opcode.SCSI_RESPONSE, initiator.only().opcode());
    }

    private void snack(int type) {
        SnackRequestPdu pdu = new SnackRequestPdu();
        initiator.send(
                pdu,
                NOTHING,
                () -> pdu.type(type)
                        .isFinal(true)
                        .initiatorTaskTag(1)
                        .targetTransferTag(1)
                        .begRun(0)
                        .runLength(1));
    }

    private void nop(byte[] data, Consumer<NopOutPdu> fields) {
        NopOutPdu pdu = new NopOutPdu();
        initiator.send(pdu, data, () -> fields.accept(pdu.immediate(true).cmdSN(initiator.cmdSN)));
    }

    private void command(Consumer<ScsiCommandPdu> fields) {
        ScsiCommandPdu pdu = new ScsiCommandPdu();
        initiator.send(
                pdu,
                NOTHING,
                () -> fields.accept(pdu.isFinal(true).initiatorTaskTag(5).cmdSN(initiator.cmdSN++)));
    }

    private void extended(byte[] ahs) {
        ScsiCommandPdu pdu = new ScsiCommandPdu();
        initiator.send(initiator.bytes(
                pdu, ahs, NOTHING, () -> pdu.isFinal(true).initiatorTaskTag(5).cmdSN(initiator.cmdSN++)));
    }

    private void assertRejected(RejectReason reason) {
        assertEquals(reason.code(), reject(initiator.only()).reason());
    }

    private static RejectPdu reject(Got answer) {
        assertEquals(Opcode.REJECT, answer.opcode());
        return new RejectPdu().wrap(answer.header(), 0);
    }
}
