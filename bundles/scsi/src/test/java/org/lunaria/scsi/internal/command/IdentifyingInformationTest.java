package org.lunaria.scsi.internal.command;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.lunaria.scsi.ScsiStatus;
import org.lunaria.scsi.SenseCode;
import org.lunaria.scsi.internal.unit.Answer;
import org.lunaria.scsi.internal.unit.Bench;
import org.lunaria.scsi.internal.unit.Initiator;

/** REPORT and SET IDENTIFYING INFORMATION (SPC-4 6.34, 6.42). */
class IdentifyingInformationTest {
    private static final int ANY = 0;
    private static final int TEXT = 2;

    private final Bench bench = Bench.of(Bench.backend());
    private final Initiator initiator = bench.initiator("one");

    private Answer set(int type, byte[] bytes) {
        return initiator.write(
                bytes, 0xA4, 0x06, 0, 0, 0, 0, 0, 0, bytes.length >> 8, bytes.length & 0xFF, type << 1, 0);
    }

    private static Answer report(Initiator by, int type) {
        return by.read(1024, 0xA3, 0x05, 0, 0, 0, 0, 0, 0, 4, 0, type << 1, 0);
    }

    private byte[] told(int type) {
        Answer answer = report(initiator, type);
        assertEquals(answer.data().length - 4, answer.buffer().getShort(2));
        return Arrays.copyOfRange(answer.data(), 4, answer.data().length);
    }

    private static byte[] text(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    @Test
    void atFirstThereIsNone() {
        assertEquals("00000000", HexFormat.of().formatHex(report(initiator, ANY).data()));
        assertEquals(0, told(TEXT).length);
    }

    @Test
    void whatIsSetIsTold() {
        byte[] bytes = {1, 0, -1, 2};
        assertEquals(ScsiStatus.GOOD, set(ANY, bytes).status());
        assertEquals(ScsiStatus.GOOD, set(TEXT, text("Datenbank höher\0\0")).status());
        assertArrayEquals(bytes, told(ANY));
        assertArrayEquals(text("Datenbank höher\0\0"), told(TEXT));
        assertEquals(ScsiStatus.GOOD, set(ANY, new byte[0]).status());
        assertEquals(0, told(ANY).length);
        assertEquals(17, told(TEXT).length - 1);
    }

    @Test
    void theTypesThatThereAreAreListed() {
        assertEquals(
                "00000008" + "00000200" + "04000100",
                HexFormat.of().formatHex(report(initiator, 0x7F).data()));
    }

    @Test
    void otherTypesAreRefused() {
        for (int type : new int[] {1, 3, 0x7E}) {
            assertEquals("CDB 10.7", report(initiator, type).pointer());
            assertEquals("CDB 10.7", set(type, new byte[1]).pointer());
        }
        assertEquals("CDB 10.7", set(0x7F, new byte[1]).pointer());
    }

    @Test
    void eachHasItsMaximum() {
        assertEquals(ScsiStatus.GOOD, set(ANY, new byte[512]).status());
        assertEquals("CDB 6.7", set(ANY, new byte[513]).pointer());
        assertEquals("CDB 6.7", set(TEXT, new byte[257]).pointer());
        assertEquals(512, told(ANY).length);
    }

    @Test
    void lessThanTheListSaysIsALengthError() {
        Answer answer = initiator.write(new byte[2], 0xA4, 0x06, 0, 0, 0, 0, 0, 0, 0, 3, 0, 0);
        assertEquals(SenseCode.PARAMETER_LIST_LENGTH_ERROR, answer.code());
    }

    @Test
    void aTextIsUtf8AndEndsWithANull() {
        assertEquals("list 2.7", set(TEXT, text("abc")).pointer());
        assertEquals("list 1.7", set(TEXT, text("a\0c\0")).pointer());
        assertEquals(
                "list 1.7", set(TEXT, new byte[] {'a', (byte) 0xC3, 'b', 0}).pointer());
        assertEquals(0, told(TEXT).length);
    }

    @Test
    void whatCannotBeSavedIsNotTold() {
        bench.saved().fail(true);
        assertEquals(SenseCode.INTERNAL_TARGET_FAILURE, set(ANY, new byte[] {1}).code());
        assertEquals(0, told(ANY).length);
    }
}
