package org.lunaria.isns.internal.message;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

class AttributeTest {

    @Test
    void textEndsWithNullAndIsFilledUpToFourBytes() throws IOException {
        isOnTheWire("00000020 00000008 69716e2e61000000", Attribute.text(Tag.ISCSI_NAME, "iqn.a"));
        isOnTheWire("00000020 00000004 61626300", Attribute.text(Tag.ISCSI_NAME, "abc"));
        isOnTheWire("00000020 00000008 6162636400000000", Attribute.text(Tag.ISCSI_NAME, "abcd"));
        assertEquals("iqn.a", Attribute.text(Tag.ISCSI_NAME, "iqn.a").text());
    }

    @Test
    void addressHas16BytesAndThatOfIpv4IsMapped() throws IOException {
        InetAddress four = InetAddress.getByName("192.0.2.1");
        InetAddress six = InetAddress.getByName("2001:db8::1");
        isOnTheWire(
                "00000010 00000010 00000000000000000000ffffc0000201", Attribute.address(Tag.PORTAL_IP_ADDRESS, four));
        isOnTheWire(
                "00000031 00000010 20010db8000000000000000000000001", Attribute.address(Tag.PG_PORTAL_IP_ADDRESS, six));
        assertEquals(four, Attribute.address(Tag.PORTAL_IP_ADDRESS, four).address());
        assertEquals(six, Attribute.address(Tag.PORTAL_IP_ADDRESS, six).address());
    }

    @Test
    void numberHasFourBytesWithoutSign() throws IOException {
        isOnTheWire("00000011 00000004 00000cbc", Attribute.number(Tag.PORTAL_TCP_UDP_PORT, 3260));
        assertEquals(
                0xffffffffL, Attribute.number(Tag.ISCSI_SCN_BITMAP, 0xffffffffL).number());
        isOnTheWire("00000004 00000008 000000006a000000", Attribute.seconds(Tag.TIMESTAMP, 0x6a000000L));
    }

    @Test
    void emptyOneAsksForAValueOrSaysThatThereIsNone() {
        isOnTheWire("00000033 00000000", Attribute.empty(Tag.PG_TAG));
        isOnTheWire("00000000 00000000", Attribute.empty(Tag.DELIMITER));
    }

    @Test
    void textThatIsTooLongIsCutBetweenTwoCharacters() throws IOException {
        assertEquals(
                255, Attribute.text(Tag.ISCSI_ALIAS, "x".repeat(300)).text().length());
        String cut = Attribute.text(Tag.ISCSI_ALIAS, "x" + "ä".repeat(200)).text();
        assertEquals("x" + "ä".repeat(127), cut);
        assertEquals(255, cut.getBytes(StandardCharsets.UTF_8).length);
        assertEquals(264, Attribute.text(Tag.ISCSI_ALIAS, "x".repeat(300)).sizeBytes());
    }

    @Test
    void valueOfAnotherLengthIsRefused() {
        refused(
                "The attribute with tag 17 has 0 bytes instead of 4.",
                () -> Attribute.empty(Tag.PORTAL_TCP_UDP_PORT).number());
        refused(
                "The attribute with tag 16 has 4 bytes instead of 16.",
                () -> Attribute.number(Tag.PORTAL_IP_ADDRESS, 1).address());
        refused(
                "The text with tag 32 has no end.",
                () -> Attribute.number(Tag.ISCSI_NAME, 0x61616161).text());
        refused(
                "The text with tag 32 has no end.",
                () -> Attribute.empty(Tag.ISCSI_NAME).text());
    }

    @Test
    void attributeThatIsNotWholeIsRefused() {
        refused("An attribute ends within its tag and length.", "00000010 000000");
        refused(
                "The attribute with tag 16 says that it has 16 bytes, of 4 that are there.",
                "00000010 00000010 00000000");
        refused(
                "The attribute with tag 32 says that it has 3 bytes, of 4 that are there.",
                "00000020 00000003 61626300");
        refused(
                "The attribute with tag 4294967295 says that it has 4294967292 bytes, of 0 that are there.",
                "ffffffff fffffffc");
    }

    private static void isOnTheWire(String hex, Attribute attribute) {
        ByteBuffer bytes = ByteBuffer.allocate(attribute.sizeBytes());
        attribute.write(bytes);
        assertEquals(hex.replace(" ", ""), HexFormat.of().formatHex(bytes.array()));
    }

    private static void refused(String sentence, String hex) {
        ByteBuffer bytes = ByteBuffer.wrap(HexFormat.of().parseHex(hex.replace(" ", "")));
        refused(sentence, () -> Attribute.read(bytes));
    }

    private static void refused(String sentence, Executable reading) {
        assertEquals(sentence, assertThrows(MalformedMessage.class, reading).getMessage());
    }
}
