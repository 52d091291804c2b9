package org.lunaria.iscsi.internal.pdu;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Golden bytes: the layouts of RFC 7143 clause 11, written down by hand. */
class PduTest {
    private static final String EIGHT_ZEROES = "00000000 00000000";

    private final ByteBuffer bytes = ByteBuffer.allocate(64).put(new byte[64]).rewind();

    @Test
    void scsiCommandHasItsFieldsWhereClause113PutsThem() {
        new ScsiCommandPdu()
                .create(bytes, 0)
                .immediate(true)
                .read(true)
                .attribute(1)
                .dataSegmentBytes(0x010203)
                .lun(0x0001_0000_0000_0000L)
                .initiatorTaskTag(0xA1A2A3A4L)
                .expectedDataTransferLength(4096)
                .cmdSN(0xFFFFFFFFL)
                .expStatSN(7)
                .cdb((byte) 0x28, (byte) 0, (byte) 1, (byte) 2, (byte) 3, (byte) 4);
        assertBytes("41C10000 00010203 00010000 00000000 A1A2A3A4 00001000 FFFFFFFF 00000007" + "28000102 03040000"
                + EIGHT_ZEROES);
    }

    @Test
    void scsiResponseHasItsFieldsWhereClause114PutsThem() {
        new ScsiResponsePdu()
                .create(bytes, 0)
                .residualUnderflow(true)
                .status(2)
                .dataSegmentBytes(20)
                .initiatorTaskTag(5)
                .statSN(6)
                .expCmdSN(7)
                .maxCmdSN(8)
                .expDataSN(9)
                .residualCount(10);
        assertBytes("21820002 00000014" + EIGHT_ZEROES + "00000005 00000000 00000006 00000007 00000008 00000009"
                + "00000000 0000000A");
    }

    @Test
    void protocolLevelTwoAddsCommandPriorityAndStatusQualifier() {
        ScsiCommandPdu command = new ScsiCommandPdu().create(bytes, 0).priority(9);
        assertBytes("01809000 00000000" + EIGHT_ZEROES + "00000000 00000000 00000000 00000000" + EIGHT_ZEROES
                + EIGHT_ZEROES);
        assertEquals(9, command.priority());
        ScsiResponsePdu response =
                new ScsiResponsePdu().create(bytes, 0).status(0x28).statusQualifier(0xC0FE);
        assertEquals(0xC0FE, response.statusQualifier());
        assertBytes("21800028 00000000 C0FE0000 00000000 00000000 00000000 00000000 00000000" + EIGHT_ZEROES
                + EIGHT_ZEROES);
    }

    @Test
    void taskManagementRequestHasItsFieldsWhereClause115PutsThem() {
        new TaskManagementRequestPdu()
                .create(bytes, 0)
                .immediate(true)
                .function(TaskManagementFunction.ABORT_TASK.code())
                .lun(1)
                .initiatorTaskTag(2)
                .referencedTaskTag(3)
                .cmdSN(4)
                .expStatSN(5)
                .refCmdSN(6)
                .expDataSN(7);
        assertBytes("42810000 00000000 00000000 00000001 00000002 00000003 00000004 00000005 00000006 00000007"
                + EIGHT_ZEROES);
    }

    @Test
    void taskManagementResponseHasItsFieldsWhereClause116PutsThem() {
        new TaskManagementResponsePdu()
                .create(bytes, 0)
                .response(TaskManagementResponseCode.FUNCTION_REJECTED.code())
                .additionalInformation(0x162903)
                .initiatorTaskTag(2)
                .statSN(3)
                .expCmdSN(4)
                .maxCmdSN(5);
        assertBytes("2280FF00 00000000 16290300 00000000 00000002 00000000 00000003 00000004 00000005 00000000"
                + EIGHT_ZEROES);
        assertEquals(0x162903, new TaskManagementResponsePdu().wrap(bytes, 0).additionalInformation());
    }

    @Test
    void dataOutHasItsFieldsWhereClause117PutsThem() {
        new DataOutPdu()
                .create(bytes, 0)
                .isFinal(false)
                .dataSegmentBytes(8192)
                .lun(1)
                .initiatorTaskTag(2)
                .targetTransferTag(3)
                .expStatSN(4)
                .dataSN(5)
                .bufferOffset(6);
        assertBytes("05000000 00002000 00000000 00000001 00000002 00000003 00000000 00000004 00000000 00000005"
                + "00000006 00000000");
    }

    @Test
    void dataInHasItsFieldsWhereClause117PutsThem() {
        new DataInPdu()
                .create(bytes, 0)
                .status(true)
                .residualOverflow(true)
                .scsiStatus(0)
                .dataSegmentBytes(512)
                .initiatorTaskTag(2)
                .targetTransferTag(Pdu.RESERVED_TAG)
                .statSN(3)
                .expCmdSN(4)
                .maxCmdSN(5)
                .dataSN(6)
                .bufferOffset(7)
                .residualCount(8);
        assertBytes("25850000 00000200" + EIGHT_ZEROES + "00000002 FFFFFFFF 00000003 00000004 00000005 00000006"
                + "00000007 00000008");
    }

    @Test
    void readyToTransferHasItsFieldsWhereClause118PutsThem() {
        new ReadyToTransferPdu()
                .create(bytes, 0)
                .lun(1)
                .initiatorTaskTag(2)
                .targetTransferTag(3)
                .statSN(4)
                .expCmdSN(5)
                .maxCmdSN(6)
                .r2tSN(7)
                .bufferOffset(8)
                .desiredDataTransferLength(9);
        assertBytes("31800000 00000000 00000000 00000001 00000002 00000003 00000004 00000005 00000006 00000007"
                + "00000008 00000009");
    }

    @Test
    void textPdusHaveTheirFieldsWhereClauses1110And1111PutThem() {
        new TextRequestPdu()
                .create(bytes, 0)
                .isFinal(false)
                .continues(true)
                .initiatorTaskTag(2)
                .targetTransferTag(3)
                .cmdSN(4)
                .expStatSN(5);
        assertBytes("04400000 00000000" + EIGHT_ZEROES + "00000002 00000003 00000004 00000005" + EIGHT_ZEROES
                + EIGHT_ZEROES);
        new TextResponsePdu()
                .create(bytes, 0)
                .initiatorTaskTag(2)
                .targetTransferTag(3)
                .statSN(4)
                .expCmdSN(5)
                .maxCmdSN(6);
        assertBytes("24800000 00000000" + EIGHT_ZEROES + "00000002 00000003 00000004 00000005 00000006 00000000"
                + EIGHT_ZEROES);
    }

    @Test
    void loginPdusHaveTheirFieldsWhereClauses1112And1113PutThem() {
        byte[] isid = HexFormat.of().parseHex("40a1a2a3a4a5");
        new LoginRequestPdu()
                .create(bytes, 0)
                .immediate(true)
                .continues(true)
                .currentStage(1)
                .nextStage(3)
                .versionMax(1)
                .versionMin(2)
                .isid(isid)
                .tsih(0xBEEF)
                .initiatorTaskTag(3)
                .cid(4)
                .cmdSN(5)
                .expStatSN(6);
        assertBytes("43C70102 00000000 40A1A2A3 A4A5BEEF 00000003 00040000 00000005 00000006" + EIGHT_ZEROES
                + EIGHT_ZEROES);
        new LoginResponsePdu()
                .create(bytes, 0)
                .currentStage(1)
                .nextStage(3)
                .isid(isid)
                .tsih(1)
                .initiatorTaskTag(3)
                .statSN(4)
                .expCmdSN(5)
                .maxCmdSN(6)
                .statusClass(2)
                .statusDetail(7);
        assertBytes("23870000 00000000 40A1A2A3 A4A50001 00000003 00000000 00000004 00000005 00000006 02070000"
                + EIGHT_ZEROES);
    }

    @Test
    void logoutPdusHaveTheirFieldsWhereClauses1114And1115PutThem() {
        new LogoutRequestPdu()
                .create(bytes, 0)
                .reason(LogoutReason.CLOSE_CONNECTION.code())
                .initiatorTaskTag(2)
                .cid(3)
                .cmdSN(4)
                .expStatSN(5);
        assertBytes("06810000 00000000" + EIGHT_ZEROES + "00000002 00030000 00000004 00000005" + EIGHT_ZEROES
                + EIGHT_ZEROES);
        new LogoutResponsePdu()
                .create(bytes, 0)
                .response(1)
                .initiatorTaskTag(2)
                .statSN(3)
                .expCmdSN(4)
                .maxCmdSN(5)
                .time2Wait(6)
                .time2Retain(7);
        assertBytes("26800100 00000000" + EIGHT_ZEROES + "00000002 00000000 00000003 00000004 00000005 00000000"
                + "00060007 00000000");
    }

    @Test
    void snackAndRejectHaveTheirFieldsWhereClauses1116And1117PutThem() {
        new SnackRequestPdu()
                .create(bytes, 0)
                .type(1)
                .initiatorTaskTag(2)
                .targetTransferTag(3)
                .expStatSN(4)
                .begRun(5)
                .runLength(6);
        assertBytes("10810000 00000000" + EIGHT_ZEROES + "00000002 00000003 00000000 00000004" + EIGHT_ZEROES
                + "00000005 00000006");
        new RejectPdu()
                .create(bytes, 0)
                .reason(RejectReason.PROTOCOL_ERROR.code())
                .dataSegmentBytes(48)
                .initiatorTaskTag(Pdu.RESERVED_TAG)
                .statSN(3)
                .expCmdSN(4)
                .maxCmdSN(5)
                .dataSN(6);
        assertBytes("3F800400 00000030" + EIGHT_ZEROES + "FFFFFFFF 00000000 00000003 00000004 00000005 00000006"
                + EIGHT_ZEROES);
    }

    @Test
    void nopsHaveTheirFieldsWhereClauses1118And1119PutThem() {
        new NopOutPdu()
                .create(bytes, 0)
                .lun(1)
                .initiatorTaskTag(2)
                .targetTransferTag(3)
                .cmdSN(4)
                .expStatSN(5);
        assertBytes("00800000 00000000 00000000 00000001 00000002 00000003 00000004 00000005" + EIGHT_ZEROES
                + EIGHT_ZEROES);
        new NopInPdu()
                .create(bytes, 0)
                .initiatorTaskTag(2)
                .targetTransferTag(3)
                .statSN(4)
                .expCmdSN(5)
                .maxCmdSN(6);
        assertBytes("20800000 00000000" + EIGHT_ZEROES + "00000002 00000003 00000004 00000005 00000006 00000000"
                + EIGHT_ZEROES);
    }

    @Test
    void asyncMessageHasItsFieldsWhereClause119PutsThem() {
        new AsyncMessagePdu()
                .create(bytes, 0)
                .initiatorTaskTag(Pdu.RESERVED_TAG)
                .statSN(1)
                .expCmdSN(2)
                .maxCmdSN(3)
                .asyncEvent(4)
                .asyncVCode(5)
                .parameter1(6)
                .parameter2(7)
                .parameter3(8);
        assertBytes("32800000 00000000" + EIGHT_ZEROES + "FFFFFFFF 00000000 00000001 00000002 00000003 04050006"
                + "00070008 00000000");
    }

    @Test
    void lengthsDoNotDisturbEachOther() {
        ScsiCommandPdu command =
                new ScsiCommandPdu().create(bytes, 0).ahsBytes(1020).dataSegmentBytes(0xFFFFFF);
        assertEquals(1020, command.ahsBytes());
        assertEquals(0xFFFFFF, command.dataSegmentBytes());
    }

    @Test
    void headersAreReadAtAnyOffset() {
        new NopInPdu().create(bytes, 12).initiatorTaskTag(0xFFFFFFFEL);
        assertEquals(Optional.of(Opcode.NOP_IN), Pdu.opcode(bytes, 12));
        assertEquals(0xFFFFFFFEL, new NopInPdu().wrap(bytes, 12).initiatorTaskTag());
        assertEquals(0xFFFFFFFEL, Pdu.initiatorTaskTag(bytes, 12));
    }

    @Test
    void aCodeThatNobodyKnowsIsNoOpcode() {
        assertEquals(Optional.empty(), Opcode.of(0x3E));
        assertTrue(Opcode.REJECT.ofTarget());
        assertFalse(Opcode.SNACK_REQUEST.ofTarget());
    }

    @Test
    void paddingAndDigestsCountInOnePlace() {
        assertEquals(48 + 4 + 6 + 2, Framing.PLAIN.pduBytes(4, 6));
        assertEquals(48 + 4 + 8 + 4, new Framing(true, true).pduBytes(0, 8));
        assertEquals(48 + 4, new Framing(true, true).pduBytes(0, 0));
    }

    @Test
    void anExtendedCdbIsPutTogether() {
        ByteBuffer command = ByteBuffer.allocate(48 + 20);
        byte[] first = new byte[16];
        first[0] = 0x7F;
        new ScsiCommandPdu().create(command, 0).cdb(first).ahsBytes(20);
        command.put(48, HexFormat.of().parseHex("0011010001020304050607080910111213141516"));
        byte[] cdb = new ScsiCommandPdu().wrap(command, 0).cdb();
        assertEquals(32, cdb.length);
        assertEquals(0x7F, cdb[0]);
        assertArrayEquals(HexFormat.of().parseHex("01020304050607080910111213141516"), Arrays.copyOfRange(cdb, 16, 32));
    }

    @Test
    void additionalHeadersOfAnyBytesAreJudgedWithoutAnException() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        for (int round = 0; round < 20_000; round++) {
            byte[] segments = new byte[4 * random.nextInt(8)];
            random.nextBytes(segments);
            if (segments.length > 0) {
                segments[0] = 0;
                segments[1] = (byte) random.nextInt(24);
                segments[2] = (byte) random.nextInt(4);
            }
            AdditionalHeaders parsed = AdditionalHeaders.parse(new byte[16], segments);
            assertTrue(parsed.cdb().length >= 16 && parsed.cdb().length < 16 + 32, "seed " + seed);
        }
    }

    private void assertBytes(String hex) {
        byte[] expected = HexFormat.of().parseHex(hex.replace(" ", ""));
        byte[] actual = new byte[48];
        bytes.get(0, actual);
        assertEquals(
                HexFormat.of().withUpperCase().formatHex(expected),
                HexFormat.of().withUpperCase().formatHex(actual));
    }
}
