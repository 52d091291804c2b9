package org.lunaria.isns.internal.network;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.lunaria.isns.internal.message.Attribute;
import org.lunaria.isns.internal.message.Function;
import org.lunaria.isns.internal.message.Message;
import org.lunaria.isns.internal.message.Message.Sender;
import org.lunaria.isns.internal.message.MessageReader;
import org.lunaria.isns.internal.message.StatusCode;
import org.lunaria.isns.internal.message.Tag;

class InquiryPortTest {
    private static final int CONNECTIONS_MAX = 16;
    private static final int PATIENCE_MILLIS = 10_000;

    private final InetAddress loopback = InetAddress.getLoopbackAddress();
    private final BlockingQueue<Message> heard = new LinkedBlockingQueue<>();
    private InquiryPort port;

    @BeforeEach
    void open() throws IOException {
        port = InquiryPort.open(new InetSocketAddress(loopback, 0), Duration.ofMinutes(1), heard::add);
    }

    @AfterEach
    void close() throws IOException {
        port.close();
    }

    @Test
    void inquiryIsAnsweredWithItsOwnAttributes() throws IOException {
        Message inquiry = Message.request(
                Function.ESI,
                0x77,
                List.of(
                        Attribute.seconds(Tag.TIMESTAMP, 1),
                        Attribute.text(Tag.ENTITY_IDENTIFIER, "box"),
                        Attribute.address(Tag.PORTAL_IP_ADDRESS, loopback),
                        Attribute.number(Tag.PORTAL_TCP_UDP_PORT, 3260)));
        try (Socket server = connect()) {
            for (int time = 0; time < 3; time++) {
                send(server, inquiry);
                assertEquals(inquiry.response(StatusCode.SUCCESSFUL, inquiry.attributes()), receive(server));
            }
        }
        assertEquals(inquiry, heard.remove());
    }

    @Test
    void stateChangeIsAnsweredWithTheNodeThatItIsFor() throws IOException {
        Message change = Message.request(
                Function.SCN,
                5,
                List.of(
                        Attribute.text(Tag.ISCSI_NAME, "iqn.me"),
                        Attribute.seconds(Tag.TIMESTAMP, 1),
                        Attribute.number(Tag.ISCSI_SCN_BITMAP, 8),
                        Attribute.text(Tag.ISCSI_NAME, "iqn.other")));
        try (Socket server = connect()) {
            send(server, change);
            assertEquals(
                    change.response(StatusCode.SUCCESSFUL, List.of(Attribute.text(Tag.ISCSI_NAME, "iqn.me"))),
                    receive(server));
        }
    }

    @Test
    void anyOtherRequestIsNotSupported() throws IOException {
        Message request = Message.request(Function.DEV_ATTR_REG, 5, List.of());
        try (Socket server = connect()) {
            send(server, request);
            assertEquals(request.response(StatusCode.MESSAGE_NOT_SUPPORTED, List.of()), receive(server));
        }
    }

    @Test
    void hostileBytesEndTheirConnectionAndNoOther() throws IOException {
        long seed = Long.getLong("isns.seed", System.nanoTime());
        Random random = new Random(seed);
        try (Socket friend = connect()) {
            for (int time = 0; time < 200; time++) {
                try (Socket enemy = connect()) {
                    byte[] bytes = new byte[12 + random.nextInt(100)];
                    random.nextBytes(bytes);
                    enemy.getOutputStream().write(bytes);
                    assertTrue(isClosed(enemy), "-Disns.seed=" + seed);
                }
            }
            send(friend, Message.request(Function.ESI, 1, List.of()));
            assertTrue(receive(friend).isSuccessful());
        }
    }

    @Test
    void connectionsAreFew() throws IOException {
        List<Socket> sockets = new ArrayList<>();
        try {
            for (int i = 0; i < CONNECTIONS_MAX; i++) {
                Socket socket = connect();
                sockets.add(socket);
                send(socket, Message.request(Function.ESI, 1, List.of()));
                assertTrue(receive(socket).isSuccessful());
            }
            try (Socket tooMany = connect()) {
                assertTrue(isClosed(tooMany));
            }
        } finally {
            for (Socket socket : sockets) {
                socket.close();
            }
        }
    }

    @Test
    void silentConnectionIsClosed() throws IOException {
        try (InquiryPort hasty = InquiryPort.open(new InetSocketAddress(loopback, 0), Duration.ZERO, heard::add);
                Socket socket = new Socket(loopback, hasty.port())) {
            socket.setSoTimeout(PATIENCE_MILLIS);
            assertTrue(isClosed(socket));
        }
    }

    @Test
    void endClosesWhatIsOpen() throws IOException {
        try (Socket socket = connect()) {
            send(socket, Message.request(Function.ESI, 1, List.of()));
            receive(socket);
            port.close();
            assertTrue(isClosed(socket));
        }
    }

    @Test
    void portThatIsTakenIsTold() throws IOException {
        int taken = port.port();
        IOException refusal = assertThrows(
                IOException.class,
                () -> InquiryPort.open(new InetSocketAddress(loopback, taken), Duration.ZERO, heard::add));
        assertEquals(
                "Inquiries cannot be answered on 127.0.0.1 port " + taken + ": Address already in use.",
                refusal.getMessage());
    }

    private Socket connect() throws IOException {
        Socket socket = new Socket(loopback, port.port());
        socket.setSoTimeout(PATIENCE_MILLIS);
        return socket;
    }

    private static boolean isClosed(Socket socket) {
        try {
            return socket.getInputStream().read() < 0;
        } catch (SocketTimeoutException e) {
            return false;
        } catch (IOException e) {
            // Reset, since it was closed with bytes that nobody had read.
            return true;
        }
    }

    private static void send(Socket socket, Message message) throws IOException {
        socket.getOutputStream().write(message.encode(Sender.SERVER).array());
    }

    private static Message receive(Socket socket) throws IOException {
        MessageReader reader = new MessageReader();
        while (true) {
            int next = socket.getInputStream().read();
            assertTrue(next >= 0, "the connection was closed");
            List<Message> messages = reader.read(ByteBuffer.wrap(new byte[] {(byte) next}));
            if (!messages.isEmpty()) {
                return messages.get(0);
            }
        }
    }
}
