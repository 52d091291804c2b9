package org.lunaria.scsi.internal.command;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.lunaria.backend.ArrayBackend;
import org.lunaria.scsi.ScsiStatus;
import org.lunaria.scsi.SenseCode;
import org.lunaria.scsi.internal.unit.Answer;
import org.lunaria.scsi.internal.unit.Bench;
import org.lunaria.scsi.internal.unit.Initiator;

/** The parameter lists of MODE SELECT (6) and (10) (SPC-4 6.9, 6.10, 7.5; SBC-3 6.5.2): what is taken, and what is refused where. */
class ModeSelectTest {
    private static final int PF = 0x10;
    private static final int SP = 0x01;
    private static final String HEADER = "0000000000000000";
    private static final String CACHE_OFF = "0812" + "00".repeat(18);
    private static final String DESCRIPTOR_SENSE = "0a0a041000000000ffff003c";

    private final ArrayBackend backend = Bench.backend();
    private final Bench bench = Bench.of(backend);
    private final Initiator initiator = bench.initiator();

    private Answer select(String hex) {
        return select(PF, hex);
    }

    private Answer select(int flags, String hex) {
        byte[] list = HexFormat.of().parseHex(hex);
        return initiator.write(list, 0x55, flags, 0, 0, 0, 0, 0, list.length >> 8, list.length & 0xFF, 0);
    }

    private Answer select6(String hex) {
        byte[] list = HexFormat.of().parseHex(hex);
        return initiator.write(list, 0x15, PF, 0, 0, list.length, 0);
    }

    private byte[] sense(int control, int code, int subpage) {
        Answer answer = initiator.read(1024, 0x5A, 8, control << 6 | code, subpage, 0, 0, 0, 4, 0, 0);
        assertEquals(ScsiStatus.GOOD, answer.status());
        return Arrays.copyOfRange(answer.data(), 8, answer.data().length);
    }

    private String page(int control, int code, int subpage) {
        return HexFormat.of().formatHex(sense(control, code, subpage));
    }

    private void assertInvalid(String pointer, Answer answer) {
        assertEquals(SenseCode.INVALID_FIELD_IN_PARAMETER_LIST, answer.code());
        assertEquals(pointer, answer.pointer());
    }

    @Test
    void pagesAreReturnedInAscendingOrder() {
        assertEquals(
                "810a0080" + "00".repeat(8)
                        + "020e" + "00".repeat(14)
                        + "88120400" + "00".repeat(16)
                        + "8a0a001000000000ffff003c"
                        + "4a01001c06" + "00".repeat(27)
                        + "1c0a08" + "00".repeat(9)
                        + "dc02001c" + "00".repeat(13) + "01" + "00".repeat(6) + "0102" + "00".repeat(6),
                page(0, 0x3F, 0xFF));
        assertEquals("8a0a001000000000ffff003c4a01001c06" + "00".repeat(27), page(0, 0x0A, 0xFF));
        assertEquals(page(0, 0x3F, 0xFF).length() - 128, page(0, 0x3F, 0).length());
    }

    @Test
    void theMaskSaysWhatCanBeChanged() {
        assertEquals("8812040000" + "00".repeat(15), page(1, 0x08, 0));
        assertEquals("8a0a040608400000" + "00".repeat(4), page(1, 0x0A, 0));
        assertEquals("810a0080" + "00".repeat(8), page(1, 0x01, 0));
        assertEquals("020e" + "00".repeat(14), page(1, 0x02, 0));
    }

    @Test
    void currentDefaultAndSavedValuesAreThree() {
        assertEquals(ScsiStatus.GOOD, select(PF | SP, HEADER + CACHE_OFF).status());
        assertEquals(
                ScsiStatus.GOOD, select(HEADER + "081204" + "00".repeat(17)).status());
        assertEquals("04", page(0, 0x08, 0).substring(4, 6));
        assertEquals("04", page(2, 0x08, 0).substring(4, 6));
        assertEquals("00", page(3, 0x08, 0).substring(4, 6));
        assertEquals(ScsiStatus.GOOD, select(HEADER + DESCRIPTOR_SENSE).status());
        assertEquals("04", page(0, 0x0A, 0).substring(4, 6));
        assertEquals("00", page(2, 0x0A, 0).substring(4, 6));
        assertEquals("00", page(3, 0x0A, 0).substring(4, 6));
    }

    @Test
    void onlyPagesWithSomethingToSaveHaveSavedValues() {
        assertEquals(88, page(3, 0x3F, 0).length());
        Answer answer = initiator.read(255, 0x1A, 8, 0xC0 | 0x1C, 0, 255, 0);
        assertEquals(SenseCode.SAVING_PARAMETERS_NOT_SUPPORTED, answer.code());
    }

    @Test
    void whatModeSenseGivesCanBeSentBack() {
        for (int[] cdb :
                new int[][] {{0x5A, 0x10, 0x3F, 0xFF, 0, 0, 0, 4, 0, 0}, {0x5A, 0, 0x3F, 0xFF, 0, 0, 0, 4, 0, 0}}) {
            byte[] list = initiator.read(1024, cdb).data();
            list[0] = 0;
            list[1] = 0;
            for (int at = 8 + list[7]; at < list.length; ) {
                list[at] &= 0x7F;
                at += (list[at] & 0x40) != 0 ? 4 + list[at + 3] : 2 + list[at + 1];
            }
            assertEquals(ScsiStatus.GOOD, select(HexFormat.of().formatHex(list)).status());
        }
        byte[] six = initiator.read(255, 0x1A, 0, 0x3F, 0xFF, 255, 0).data();
        six[0] = 0;
        for (int at = 4 + six[3]; at < six.length; ) {
            six[at] &= 0x7F;
            at += (six[at] & 0x40) != 0 ? 4 + six[at + 3] : 2 + six[at + 1];
        }
        assertEquals(ScsiStatus.GOOD, select6(HexFormat.of().formatHex(six)).status());
    }

    @Test
    void nothingOrAHeaderAloneIsNoError() {
        assertEquals(ScsiStatus.GOOD, initiator.command(0x15, PF, 0, 0, 0, 0).status());
        assertEquals(
                ScsiStatus.GOOD,
                initiator.command(0x55, PF, 0, 0, 0, 0, 0, 0, 0, 0).status());
        assertEquals(ScsiStatus.GOOD, select(HEADER).status());
        assertEquals(ScsiStatus.GOOD, select(0, HEADER).status());
        assertEquals(ScsiStatus.GOOD, select6("00000000").status());
    }

    @Test
    void pagesInAnotherFormatAreRefused() {
        Answer answer = select(0, HEADER + CACHE_OFF);
        assertEquals(SenseCode.INVALID_FIELD_IN_CDB, answer.code());
        assertEquals("CDB 1.4", answer.pointer());
    }

    @Test
    void aListThatEndsWithinSomethingIsALengthError() {
        String whole = "0000000000000008" + "0000080000000200" + CACHE_OFF + "4a01001c06" + "00".repeat(27);
        for (int bytes = 1; bytes < whole.length() / 2; bytes++) {
            Answer answer = select(whole.substring(0, 2 * bytes));
            boolean ends = bytes == 16 || bytes == 36;
            if (ends) {
                assertEquals(ScsiStatus.GOOD, answer.status(), bytes + " bytes");
                select(HEADER + "081204" + "00".repeat(17));
            } else {
                assertEquals(SenseCode.PARAMETER_LIST_LENGTH_ERROR, answer.code(), bytes + " bytes");
                assertEquals("04", page(0, 0x08, 0).substring(4, 6));
            }
        }
        assertEquals(ScsiStatus.GOOD, select(whole).status());
    }

    @Test
    void anInitiatorThatSendsLessThanItSaysIsALengthError() {
        byte[] list = HexFormat.of().parseHex(HEADER + CACHE_OFF);
        Answer answer = initiator.write(list, 0x55, PF, 0, 0, 0, 0, 0, 0, list.length + 12, 0);
        assertEquals(SenseCode.PARAMETER_LIST_LENGTH_ERROR, answer.code());
        assertEquals("04", page(0, 0x08, 0).substring(4, 6));
    }

    @Test
    void theHeaderIsChecked() {
        assertInvalid("list 1.3", select("0008000000000000"));
        assertInvalid("list 2.0", select("0000010000000000"));
        assertInvalid("list 3.5", select("0000002000000000"));
        assertEquals(ScsiStatus.GOOD, select("0000009000000000").status());
        assertInvalid("list 4.1", select("0000000002000000"));
        assertInvalid("list 5.7", select("0000000000800000"));
        assertInvalid("list 6.7", select("0000000000000007" + "00".repeat(7)));
        assertInvalid("list 6.7", select("0000000001000008" + "00".repeat(8)));
        assertInvalid("list 3.7", select6("00000010" + "00".repeat(16)));
        assertInvalid("list 0.1", select6("02000000"));
    }

    @Test
    void aBlockDescriptorMayNotChangeCapacityOrBlockLength() {
        String header = "0000000000000008";
        for (String taken : new String[] {"0000080000000200", "0000000000000000", "ffffffff00000200"}) {
            assertEquals(ScsiStatus.GOOD, select(header + taken).status(), taken);
        }
        assertInvalid("list 8.7", select(header + "0000040000000200"));
        assertInvalid("list 12.7", select(header + "0000080001000200"));
        assertInvalid("list 13.7", select(header + "0000080000001000"));
        String longHeader = "0000000001000010";
        assertEquals(
                ScsiStatus.GOOD,
                select(longHeader + "00000000000008000000000000000200").status());
        assertInvalid("list 8.7", select(longHeader + "00000001000008000000000000000200"));
        assertInvalid("list 16.7", select(longHeader + "00000000000008000000000100000200"));
        assertInvalid("list 20.7", select(longHeader + "00000000000008000000000000001000"));
    }

    @Test
    void aPageIsRefusedWhereItIsWrong() {
        assertInvalid("list 8.7", select(HEADER + "88" + CACHE_OFF.substring(2)));
        assertInvalid("list 8.5", select(HEADER + "0712" + "00".repeat(18)));
        assertInvalid("list 8.5", select(HEADER + "3f12" + "00".repeat(18)));
        assertInvalid("list 9.7", select(HEADER + "4812" + "00".repeat(18)));
        assertInvalid("list 9.7", select(HEADER + "4a02001c06" + "00".repeat(27)));
        assertInvalid("list 9.7", select(HEADER + "0811" + "00".repeat(17)));
        assertInvalid("list 10.7", select(HEADER + "4a01001b06" + "00".repeat(26)));
        assertInvalid("list 10.0", select(HEADER + "081205" + "00".repeat(17)));
        assertInvalid("list 11.7", select(HEADER + "0a0a002000000000ffff003c"));
        assertInvalid("list 16.7", select(HEADER + "0a0a001000000000fff00000"));
        assertInvalid("list 12.2", select(HEADER + "4a01001c02" + "00".repeat(27)));
    }

    @Test
    void whereOnePageIsWrongNoneIsTaken() {
        byte[] before = sense(0, 0x3F, 0xFF);
        assertInvalid("list 32.2", select(PF | SP, HEADER + CACHE_OFF + "4a01001c02" + "00".repeat(27)));
        assertArrayEquals(before, sense(0, 0x3F, 0xFF));
    }
}
