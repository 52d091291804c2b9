package org.lunaria.isns.internal.message;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.lunaria.isns.internal.message.Message.Sender;

class MessageTest {
    private static final Attribute SOURCE = Attribute.text(Tag.ISCSI_NAME, "iqn.a");
    private static final Attribute EID = Attribute.text(Tag.ENTITY_IDENTIFIER, "box");

    @Test
    void registrationIsAsTheRfcDrawsIt() {
        Message message = Message.replacing(
                0x1234,
                List.of(SOURCE, EID, Attribute.empty(Tag.DELIMITER), EID, Attribute.number(Tag.ENTITY_PROTOCOL, 2)));
        assertEquals(
                // version 1, DevAttrReg, 60 bytes, client + replace + last + first, transaction, sequence
                "0001 0001 003c 9c00 1234 0000"
                        + "00000020 00000008 69716e2e61000000"
                        + "00000001 00000004 626f7800"
                        + "00000000 00000000"
                        + "00000001 00000004 626f7800"
                        + "00000002 00000004 00000002",
                grouped(message.encode(Sender.CLIENT)));
    }

    @Test
    void responseBeginsWithItsStatus() throws IOException {
        Message request = Message.request(Function.DEV_DEREG, 7, List.of(SOURCE));
        Message response = request.response(StatusCode.SOURCE_UNKNOWN, List.of());
        assertEquals("0001 8004 0004 4c00 0007 0000" + "00000006", grouped(response.encode(Sender.SERVER)));
        assertTrue(response.isResponseTo(request));
        assertFalse(response.isSuccessful());
        assertEquals("Source Unknown (6)", response.statusWords());
        assertEquals("DevDeregRsp", response.functionName());
        assertEquals(response, decoded(response.encode(Sender.SERVER)));
    }

    @Test
    void operatingAttributesAreThoseBehindTheDelimiter() {
        Message message =
                Message.request(Function.DEV_ATTR_QRY, 1, List.of(SOURCE, Attribute.empty(Tag.DELIMITER), EID));
        assertEquals(List.of(EID), message.operating());
        assertEquals(
                List.of(),
                Message.request(Function.DEV_ATTR_QRY, 1, List.of(SOURCE)).operating());
        assertEquals(SOURCE, message.first(Tag.ISCSI_NAME).orElseThrow());
    }

    @Test
    void whatIsTooLongForOnePduTakesSeveral() throws IOException {
        List<Attribute> attributes = new ArrayList<>();
        for (int i = 0; i < 1000; i++) {
            attributes.add(Attribute.text(Tag.ISCSI_NAME, ("iqn." + i).repeat(20)));
        }
        Message message = Message.request(Function.DEV_DEREG, 9, attributes);
        ByteBuffer bytes = message.encode(Sender.CLIENT);
        assertEquals("0001 0004 fffc 8400 0009 0000", grouped(bytes.slice(0, 12)));
        assertEquals("0001 0004 fffc 8000 0009 0001", grouped(bytes.slice(12 + 65532, 12)));
        assertEquals(message, decoded(bytes));
    }

    @Test
    void codesAreThoseOfTheRfc() {
        assertEquals(
                "DevAttrReg 1, DevAttrQry 2, DevDereg 4, SCNReg 5, SCN 8, ESI 13",
                Stream.of(Function.values())
                        .map(function -> function + " " + function.id())
                        .collect(Collectors.joining(", ")));
        assertEquals(
                "0, 1, 2, 4, 6, 16, 17, 18, 19, 20, 23, 32, 33, 34, 35, 42, 49, 50, 51",
                Stream.of(Tag.values()).map(tag -> "" + tag.number()).collect(Collectors.joining(", ")));
        // 4 is reserved (5.4).
        assertEquals(
                "0, 1, 2, 3, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23",
                Stream.of(StatusCode.values()).map(status -> "" + status.code()).collect(Collectors.joining(", ")));
        assertEquals("a reserved status (4)", StatusCode.words(4));
    }

    private static Message decoded(ByteBuffer bytes) throws IOException {
        List<Message> messages = new MessageReader().read(bytes);
        assertEquals(1, messages.size());
        return messages.get(0);
    }

    /** In hexadecimal: the header in words of 16 bits, and the rest as it stands in the tests. */
    private static String grouped(ByteBuffer bytes) {
        byte[] copy = new byte[bytes.remaining()];
        bytes.duplicate().get(copy);
        String hex = HexFormat.of().formatHex(copy);
        String header = hex.substring(0, 24).replaceAll("(....)(?!$)", "$1 ");
        StringBuilder text = new StringBuilder(header);
        for (int at = 24; at < hex.length(); ) {
            if (hex.length() - at < 16) {
                return text.append(hex.substring(at)).toString();
            }
            int length = Integer.parseInt(hex.substring(at + 8, at + 16), 16) * 2;
            text.append(hex, at, at + 8).append(' ').append(hex, at + 8, at + 16);
            text.append(length == 0 ? "" : " ").append(hex, at + 16, at + 16 + length);
            at += 16 + length;
        }
        return text.toString();
    }
}
