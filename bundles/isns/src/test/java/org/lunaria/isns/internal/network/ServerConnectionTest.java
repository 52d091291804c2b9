package org.lunaria.isns.internal.network;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.lunaria.isns.internal.message.Attribute;
import org.lunaria.isns.internal.message.Function;
import org.lunaria.isns.internal.message.Message;
import org.lunaria.isns.internal.message.Message.Sender;
import org.lunaria.isns.internal.message.MessageReader;
import org.lunaria.isns.internal.message.StatusCode;
import org.lunaria.isns.internal.message.Tag;

class ServerConnectionTest {
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final Duration HASTE = Duration.ofMillis(100);
    private static final List<Attribute> SOURCE = List.of(Attribute.text(Tag.ISCSI_NAME, "iqn.a"));

    /** What a server does with a connection. */
    @FunctionalInterface
    private interface Conduct {
        void with(Socket client) throws IOException;
    }

    private final ServerSocket listener = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());

    ServerConnectionTest() throws IOException {}

    @AfterEach
    void close() throws IOException {
        listener.close();
    }

    @Test
    void responseOfTheSameTransactionIsTheAnswer() throws Exception {
        CompletableFuture<Void> server = serve(client -> {
            Message request = receive(client);
            send(client, request.response(StatusCode.BUSY, SOURCE));
            request = receive(client);
            send(client, new Message(request.functionId() | 0x8000, false, 99, 0, List.of()));
            send(client, request.response(StatusCode.SUCCESSFUL, SOURCE));
        });
        try (ServerConnection connection = connect(PATIENCE)) {
            assertTrue(connection.localAddress().isLoopbackAddress());
            assertEquals(
                    "Busy (12)",
                    connection.call(Function.DEV_DEREG, false, SOURCE).statusWords());
            assertEquals(
                    SOURCE,
                    connection.call(Function.DEV_ATTR_QRY, false, SOURCE).attributes());
        }
        server.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    }

    @Test
    void inquiryThatComesBetweenIsAnswered() throws Exception {
        CompletableFuture<Void> server = serve(client -> {
            Message request = receive(client);
            Message inquiry = Message.request(Function.ESI, 500, SOURCE);
            send(client, inquiry);
            assertEquals(inquiry.response(StatusCode.SUCCESSFUL, SOURCE), receive(client));
            send(client, request.response(StatusCode.SUCCESSFUL, List.of()));
        });
        try (ServerConnection connection = connect(PATIENCE)) {
            assertTrue(connection.call(Function.DEV_ATTR_REG, true, SOURCE).isSuccessful());
        }
        server.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    }

    @Test
    void serverThatDoesNotAnswerIsWaitedForNoLongerThanTheTimeout() throws Exception {
        CompletableFuture<Void> server = serve(ServerConnectionTest::receive);
        refused("It did not answer DevAttrReg in 100 ms.", HASTE);
        server.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    }

    @Test
    void serverThatTricklesIsWaitedForNoLongerEither() throws Exception {
        serve(client -> {
            receive(client);
            while (true) {
                client.getOutputStream().write(new byte[] {0, 1, 0, 5, 0, 0, 12, 0, 0, 1, 0, 0});
            }
        });
        refused("It did not answer DevAttrReg in 100 ms.", HASTE);
    }

    @Test
    void serverThatHangsUpIsTold() {
        serve(client -> {
            receive(client);
            client.close();
        });
        refused("It closed the connection instead of answering DevAttrReg.", PATIENCE);
    }

    @Test
    void whatIsNoIsnspIsTold() throws Exception {
        serve(client -> {
            receive(client);
            client.getOutputStream().write("HTTP/1.1 400 Bad Request\r\n".getBytes(StandardCharsets.US_ASCII));
        });
        refused("The version of iSNSP is 18516 instead of 1.", PATIENCE);
    }

    @Test
    void serverThatIsNotThereIsTold() throws IOException {
        listener.close();
        IOException refusal = assertThrows(IOException.class, () -> connect(PATIENCE));
        assertEquals("It cannot be reached: Connection refused.", refusal.getMessage());
        refusal = assertThrows(
                IOException.class,
                () -> ServerConnection.open(new ServerAddress("no-such-host.invalid", 3205), PATIENCE));
        assertEquals("It cannot be reached: the name is not known.", refusal.getMessage());
    }

    private void refused(String sentence, Duration timeout) {
        IOException refusal = assertThrows(IOException.class, () -> {
            try (ServerConnection connection = connect(timeout)) {
                connection.call(Function.DEV_ATTR_REG, false, SOURCE);
            }
        });
        assertEquals(sentence, refusal.getMessage());
    }

    private ServerConnection connect(Duration timeout) throws IOException {
        return ServerConnection.open(new ServerAddress("127.0.0.1", listener.getLocalPort()), timeout);
    }

    /** Takes one connection, and keeps it open until the client ends it. */
    private CompletableFuture<Void> serve(Conduct conduct) {
        return CompletableFuture.runAsync(() -> {
            try (Socket client = listener.accept()) {
                conduct.with(client);
                while (!client.isClosed() && client.getInputStream().read() >= 0) {
                    // What comes is of no interest.
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
    }

    private static void send(Socket socket, Message message) throws IOException {
        socket.getOutputStream().write(message.encode(Sender.SERVER).array());
    }

    private static Message receive(Socket socket) throws IOException {
        MessageReader reader = new MessageReader();
        while (true) {
            List<Message> messages = reader.read(
                    ByteBuffer.wrap(new byte[] {(byte) socket.getInputStream().read()}));
            if (!messages.isEmpty()) {
                return messages.get(0);
            }
        }
    }
}
