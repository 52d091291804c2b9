package org.lunaria.exec.client;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.ProtocolException;
import java.nio.channels.Channels;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

class FrameTest {

    @Test
    void frameIsTypeThenLengthThenPayload() throws IOException {
        assertEquals("41" + "00000003" + "c3a962", bytes(Frame.of(Frame.Type.ARGUMENT, "\u00e9b")));
        assertEquals("52" + "00000000", bytes(Frame.of(Frame.Type.RUN)));
        assertEquals("58" + "00000001" + "01", bytes(Frame.exit(1)));
    }

    @Test
    void everyTypeComesBackAsItWasSent() throws IOException {
        for (Frame.Type type : Frame.Type.values()) {
            Frame sent = new Frame(type, new byte[] {1, 2, 3});
            Frame received = read(bytes(sent));
            assertEquals(sent.type(), received.type());
            assertArrayEquals(sent.payload(), received.payload());
        }
    }

    @Test
    void statusIsAnUnsignedByte() {
        assertEquals(255, Frame.exit(255).status());
        assertEquals(0, Frame.exit(0).status());
    }

    @Test
    void frameThatEndsEarlyIsNoFrame() {
        assertThrows(EOFException.class, () -> read(""));
        assertThrows(EOFException.class, () -> read("4f0000"));
        assertThrows(EOFException.class, () -> read("4f0000000241"));
    }

    @Test
    void unknownTypeAndOversizeLengthAreRefusedBeforeAnythingIsAllocated() {
        assertThrows(ProtocolException.class, () -> read("0000000000"));
        assertThrows(ProtocolException.class, () -> read("4f7fffffff"));
        assertThrows(ProtocolException.class, () -> read("4fffffffff"));
        assertThrows(ProtocolException.class, () -> read("4f00010001"));
    }

    @Test
    void payloadBeyondTheBoundIsNotSent() {
        Frame frame = new Frame(Frame.Type.OUTPUT, new byte[Frame.MAX_PAYLOAD_BYTES + 1]);
        assertThrows(ProtocolException.class, () -> bytes(frame));
    }

    private static String bytes(Frame frame) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        frame.writeTo(Channels.newChannel(bytes));
        return HexFormat.of().formatHex(bytes.toByteArray());
    }

    private static Frame read(String hex) throws IOException {
        return Frame.readFrom(
                Channels.newChannel(new ByteArrayInputStream(HexFormat.of().parseHex(hex))));
    }
}
