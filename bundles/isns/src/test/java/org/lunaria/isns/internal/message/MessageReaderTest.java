package org.lunaria.isns.internal.message;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.lunaria.isns.internal.message.Message.Sender;

class MessageReaderTest {
    private static final Message QUERY = Message.request(
            Function.DEV_ATTR_QRY, 1, List.of(Attribute.text(Tag.ISCSI_NAME, "iqn.a"), Attribute.empty(Tag.DELIMITER)));
    private static final int RANDOM_STREAMS = 20_000;

    @Test
    void bytesMayComeOneByOne() throws IOException {
        MessageReader reader = new MessageReader();
        List<Message> messages = new ArrayList<>();
        ByteBuffer bytes = QUERY.encode(Sender.CLIENT);
        while (bytes.hasRemaining()) {
            messages.addAll(reader.read(ByteBuffer.wrap(new byte[] {bytes.get()})));
        }
        assertEquals(List.of(QUERY), messages);
    }

    @Test
    void severalMessagesMayComeAtOnce() throws IOException {
        Message response = QUERY.response(StatusCode.SUCCESSFUL, List.of());
        ByteBuffer bytes = ByteBuffer.allocate(200);
        bytes.put(QUERY.encode(Sender.CLIENT))
                .put(response.encode(Sender.SERVER))
                .put(QUERY.encode(Sender.CLIENT));
        assertEquals(List.of(QUERY, response, QUERY), new MessageReader().read(bytes.flip()));
    }

    @Test
    void messageWithoutAttributesIsOne() throws IOException {
        assertEquals(
                List.of(Message.request(Function.ESI, 0, List.of())),
                new MessageReader().read(bytes("0001 000d 0000 4c00 0000 0000")));
    }

    @Test
    void whatIsNoIsnspIsRefusedBeforeItsPayloadComes() {
        refused("The version of iSNSP is 18245 instead of 1.", "47 45 54 20 2f 20 48 54 54 50 2f 31");
        refused("A PDU of 3 bytes is not aligned.", "0001 0001 0003 8c00 0001 0000");
        refused("A PDU has an authentication block, which is not understood.", "0001 0001 0004 ac00 0001 0000");
        refused("The PDU 1 of a message came instead of 0.", "0001 0001 0000 8800 0001 0001");
        refused("PDU 0 of a message is marked wrongly as the first or not.", "0001 0001 0000 8800 0001 0000");
        refused("A response has no status code.", "0001 8001 0000 4c00 0001 0000");
        refused("An attribute ends within its tag and length.", "0001 0001 0004 8c00 0001 0000 00000020");
    }

    @Test
    void pduOfAnotherMessageAmidOneIsRefused() {
        refused(
                "A PDU of another message came before the last one was whole.",
                "0001 0001 0000 8400 0001 0000" + "0001 0001 0000 8800 0002 0001");
        refused(
                "A PDU of another message came before the last one was whole.",
                "0001 0001 0000 8400 0001 0000" + "0001 0004 0000 8800 0001 0001");
        refused(
                "The PDU 0 of a message came instead of 1.",
                "0001 0001 0000 8400 0001 0000" + "0001 0001 0000 8c00 0002 0000");
        refused(
                "PDU 1 of a message is marked wrongly as the first or not.",
                "0001 0001 0000 8400 0001 0000" + "0001 0001 0000 8c00 0001 0001");
    }

    @Test
    void messageHasABound() {
        MessageReader reader = new MessageReader();
        ByteBuffer payload = ByteBuffer.allocate(Message.PDU_PAYLOAD_BYTES_MAX);
        MalformedMessage refusal = assertThrows(MalformedMessage.class, () -> {
            for (int sequence = 0; sequence < 100; sequence++) {
                reader.read(bytes("0001 0001 fffc %s 0001 %04x".formatted(sequence == 0 ? "8400" : "8000", sequence)));
                reader.read(payload.clear());
            }
        });
        assertEquals("A message has more than 1048576 bytes.", refusal.getMessage());
    }

    @Test
    void randomBytesAreRefusedOrTakenAndNothingElse() {
        long seed = Long.getLong("isns.seed", System.nanoTime());
        Random random = new Random(seed);
        for (int stream = 0; stream < RANDOM_STREAMS; stream++) {
            byte[] bytes = QUERY.encode(Sender.CLIENT).array().clone();
            for (int damage = random.nextInt(6); damage > 0; damage--) {
                bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
            }
            try {
                for (Message message : new MessageReader().read(ByteBuffer.wrap(bytes))) {
                    message.encode(Sender.CLIENT);
                }
            } catch (MalformedMessage e) {
                // One of the two that may be.
            } catch (RuntimeException e) {
                throw new AssertionError("-Disns.seed=" + seed, e);
            }
        }
    }

    private static void refused(String sentence, String hex) {
        assertEquals(
                sentence,
                assertThrows(MalformedMessage.class, () -> new MessageReader().read(bytes(hex)))
                        .getMessage());
    }

    private static ByteBuffer bytes(String hex) {
        return ByteBuffer.wrap(HexFormat.of().parseHex(hex.replace(" ", "")));
    }
}
