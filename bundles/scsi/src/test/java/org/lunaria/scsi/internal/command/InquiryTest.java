package org.lunaria.scsi.internal.command;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HexFormat;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.lunaria.backend.ArrayBackend;
import org.lunaria.backend.BlockBackend.Capability;
import org.lunaria.scsi.ScsiStatus;
import org.lunaria.scsi.SenseCode;
import org.lunaria.scsi.internal.page.VpdPage;
import org.lunaria.scsi.internal.page.VpdPages;
import org.lunaria.scsi.internal.unit.Answer;
import org.lunaria.scsi.internal.unit.Bench;
import org.lunaria.scsi.internal.unit.Initiator;

class InquiryTest {
    private final Initiator initiator = Bench.of(Bench.backend()).initiator();

    private byte[] page(int code) {
        Answer answer = initiator.read(1024, 0x12, 1, code, 4, 0, 0);
        assertEquals(ScsiStatus.GOOD, answer.status());
        assertEquals(0, answer.data()[0]);
        assertEquals(code, answer.data()[1] & 0xFF);
        assertEquals(answer.data().length - 4, answer.buffer().getShort(2));
        return answer.data();
    }

    @Test
    void standardDataSaysWhatTheUnitIs() {
        byte[] data = initiator.read(255, 0x12, 0, 0, 0, 255, 0).data();
        String expected = "00" + "00" + "06" + "12" + "5b" + "3800" + "02"
                + HexFormat.of().formatHex("LUNARIA VOLUME          0.1 ".getBytes(StandardCharsets.US_ASCII));
        assertEquals(expected, HexFormat.of().formatHex(data, 0, 36));
        assertEquals("00a0046004c0", HexFormat.of().formatHex(data, 58, 64));
        assertEquals(96, data.length);
    }

    @Test
    void aRemovableMediumIsSaidToBeSo() {
        Initiator other = Bench.removable(Bench.backend()).initiator();
        assertEquals((byte) 0x80, other.read(36, 0x12, 0, 0, 0, 36, 0).data()[1]);
    }

    @Test
    void theAllocationLengthCutsTheDataOff() {
        byte[] whole = initiator.read(255, 0x12, 0, 0, 0, 255, 0).data();
        for (int length = 0; length < 256; length++) {
            Answer answer = initiator.read(length, 0x12, 0, 0, 0, length, 0);
            assertArrayEquals(Arrays.copyOf(whole, Math.min(length, whole.length)), answer.data());
            assertEquals(Math.max(0, length - whole.length), answer.residual());
        }
    }

    @Test
    void anInitiatorWithLessRoomThanItSaysGetsWhatFitsAndAnOverflow() {
        Answer answer = initiator.read(20, 0x12, 0, 0, 0, 36, 0);
        assertEquals(20, answer.data().length);
        assertEquals(-16, answer.residual());
    }

    @Test
    void thePageCodeIsForVitalProductDataOnly() {
        Answer answer = initiator.read(255, 0x12, 0, 0x80, 0, 255, 0);
        assertEquals(SenseCode.INVALID_FIELD_IN_CDB, answer.code());
        assertEquals("CDB 2.7", answer.pointer());
    }

    @Test
    void anUnknownPageIsRefusedAtItsField() {
        assertEquals("CDB 2.7", initiator.read(255, 0x12, 1, 0xC0, 0, 255, 0).pointer());
    }

    @Test
    void theListOfPagesIsTheTable() {
        byte[] list = page(0x00);
        assertEquals("0000000a0080" + "838687888fb0b1b2", HexFormat.of().formatHex(list));
        for (VpdPage page : VpdPages.ALL) {
            page(page.code());
        }
    }

    @Test
    void theSerialNumberIsTheUnits() {
        byte[] page = page(0x80);
        assertEquals("serial-disk", new String(page, 4, page.length - 4, StandardCharsets.US_ASCII));
    }

    @Test
    void thePortsOfTheTargetAreListedByTheirNames() {
        Bench bench = Bench.of(Bench.backend());
        Initiator one = bench.initiator("one");
        bench.target().reachedBy(() -> Map.of(9, "iqn.2026-11.example:target,t,0x0009"));
        byte[] page = one.read(1024, 0x12, 1, 0x88, 4, 0, 0).data();
        assertEquals("00880068" + port(1) + port(9), HexFormat.of().formatHex(page));
        assertEquals(0x10, one.read(36, 0x12, 0, 0, 0, 36, 0).data()[6]);
    }

    /** Without an initiator port; its name, with a null at the end. */
    private static String port(int number) {
        String name = "iqn.2026-11.example:target,t,0x000" + number + "\0";
        return "0000000" + number + "00000000" + "00000028" + "03180024"
                + HexFormat.of().formatHex(name.getBytes(StandardCharsets.US_ASCII));
    }

    @Test
    void thePageOfPortsHoldsTheLargestTarget() {
        String name = "x".repeat(231);
        Bench bench = Bench.of(Bench.backend());
        Initiator initiator = bench.initiator();
        bench.target()
                .reachedBy(() ->
                        IntStream.rangeClosed(2, 300).boxed().collect(Collectors.toMap(port -> port, port -> name)));
        byte[] page = initiator.read(65_535, 0x12, 1, 0x88, 255, 255, 0).data();
        assertEquals(page.length - 4, Short.toUnsignedInt(ByteBuffer.wrap(page).getShort(2)));
        assertEquals(4 + 52 + 254 * 248, page.length);
    }

    @Test
    void theDeviceIsIdentifiedByUnitPortAndTarget() {
        byte[] page = page(0x83);
        String hex = HexFormat.of().formatHex(page);
        assertTrue(hex.startsWith("01030008" + "3", 8), hex);
        String text = new String(page, StandardCharsets.US_ASCII);
        assertTrue(text.contains("LUNARIA serial-disk"));
        assertTrue(text.contains("iqn.2026-11.example:target,t,0x0001\0"));
        assertTrue(text.endsWith("iqn.2026-11.example:target\0\0"));
        assertTrue(hex.contains("01140004" + "00000001" + "01150004" + "0000"), hex);
        int at = 4;
        while (at < page.length) {
            at += 4 + page[at + 3];
        }
        assertEquals(page.length, at);
    }

    @Test
    void theExtendedDataSaysWhatThereIs() {
        assertEquals(
                "0086003c00070101000000" + "01" + "00".repeat(52),
                HexFormat.of().formatHex(page(0x86)));
    }

    @Test
    void thePageOfThirdPartyCopiesSaysWhatThereIs() {
        assertEquals(
                "008f0174"
                        + "00000020" + "000000000000" + "0080" + "00000258" + "0000003c"
                        + "0000000000080000" + "0000000000020000"
                        + "00010010" + "0f8305" + "000110111c" + "8406" + "000103040507"
                        + "0004001c" + "00000000" + "0040" + "0040" + "00000f00" + "00".repeat(16)
                        + "00080004" + "030207e4"
                        + "000c0004" + "0002ffff"
                        + "0106005c" + "00".repeat(16) + "ffffffff" + "00000258" + "00".repeat(18)
                        + "0030" + "0000002c00000000" + "0000000010000000" + "0000000004000000".repeat(3)
                        + "0000000000000000"
                        + "01080084" + "00000080" + "0080000103000000" + "00".repeat(56)
                        + "ffff000102000000" + "00".repeat(56)
                        + "80010020" + "00000020" + "00000020" + "10000000" + "09" + "00".repeat(19),
                HexFormat.of().formatHex(page(0x8F)));
    }

    @Test
    void allModePagesAreSharedByAllNexuses() {
        assertEquals("00870004" + "3fff0000", HexFormat.of().formatHex(page(0x87)));
    }

    @Test
    void theLimitsAreThoseThatAreHeld() {
        String expected = "00b0003c" + "0140" + "0008" + "00010000" + "00000000" + "00000000" + "00100000" + "00000100"
                + "00000008" + "80000000" + "0000000000010000" + "00000200" + "00000000" + "00000000" + "00000200"
                + "00000200";
        assertEquals(expected, HexFormat.of().formatHex(page(0xB0)));
    }

    @Test
    void theMediumIsSolidStateAndThin() {
        assertEquals("00b1003c0001" + "0040" + "00".repeat(56), HexFormat.of().formatHex(page(0xB1)));
        assertEquals("00b20004" + "0b" + "e4" + "02" + "00", HexFormat.of().formatHex(page(0xB2)));
    }

    @Test
    void aStoreThatCannotDeallocateIsNotSaidToBeThin() {
        ArrayBackend thick = new ArrayBackend(1 << 20, 512, EnumSet.complementOf(EnumSet.of(Capability.UNMAP)));
        Initiator other = Bench.of(thick).initiator();
        assertEquals(
                "00b2000400000000",
                HexFormat.of().formatHex(other.read(64, 0x12, 1, 0xB2, 0, 64, 0).data()));
        assertEquals(0, other.read(64, 0x12, 1, 0xB0, 0, 64, 0).buffer().getInt(20));
    }
}
