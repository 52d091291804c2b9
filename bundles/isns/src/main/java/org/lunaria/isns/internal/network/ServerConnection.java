package org.lunaria.isns.internal.network;

import java.io.EOFException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import org.lunaria.isns.internal.message.Attribute;
import org.lunaria.isns.internal.message.Function;
import org.lunaria.isns.internal.message.Message;
import org.lunaria.isns.internal.message.Message.Sender;
import org.lunaria.isns.internal.message.MessageReader;
import org.lunaria.isns.internal.registration.Exchange;

/**
 * A TCP connection to a server (RFC 4171 2.9). One request is under way at a time; what the server asks meanwhile is
 * answered. Confined to one thread.
 */
public final class ServerConnection implements Exchange {
    private static final int BUFFER_BYTES = 16 << 10;
    /** More than the longest request, of which one is under way at a time: so sending never waits for the server. */
    private static final int SEND_BUFFER_BYTES = 256 << 10;

    private final ServerAddress server;
    private final Duration timeout;
    private final Socket socket = new Socket();
    private final MessageReader reader = new MessageReader();
    private int transactionId;

    private ServerConnection(ServerAddress server, Duration timeout) {
        this.server = server;
        this.timeout = timeout;
    }

    /**
     * @param timeout of the connection, and of each call
     * @throws IOException with one sentence on why it cannot be reached
     */
    public static ServerConnection open(ServerAddress server, Duration timeout) throws IOException {
        ServerConnection connection = new ServerConnection(server, timeout);
        try {
            InetSocketAddress address = server.resolve();
            if (address.isUnresolved()) {
                throw new IOException("the name is not known");
            }
            connection.socket.setTcpNoDelay(true);
            connection.socket.setSendBufferSize(SEND_BUFFER_BYTES);
            connection.socket.connect(address, (int) timeout.toMillis());
            return connection;
        } catch (IOException e) {
            connection.close();
            throw new IOException("It cannot be reached: " + e.getMessage() + ".", e);
        }
    }

    @Override
    public InetAddress localAddress() {
        return socket.getLocalAddress();
    }

    @Override
    public Message call(Function function, boolean replace, List<Attribute> attributes) throws IOException {
        int id = ++transactionId & 0xffff;
        Message request = replace ? Message.replacing(id, attributes) : Message.request(function, id, attributes);
        try {
            send(request);
            return response(request);
        } catch (SocketTimeoutException e) {
            throw new IOException(
                    "It did not answer " + request.functionName() + " in " + timeout.toMillis() + " ms.", e);
        } catch (SocketException e) {
            throw new IOException(
                    "The connection broke amid " + request.functionName() + ": " + e.getMessage() + ".", e);
        }
    }

    private Message response(Message request) throws IOException {
        long deadline = System.nanoTime() + timeout.toNanos();
        byte[] buffer = new byte[BUFFER_BYTES];
        while (true) {
            int bytes = receive(buffer, deadline);
            if (bytes < 0) {
                throw new EOFException("It closed the connection instead of answering " + request.functionName() + ".");
            }
            for (Message message : reader.read(ByteBuffer.wrap(buffer, 0, bytes))) {
                if (message.isResponseTo(request)) {
                    return message;
                }
                if (!message.isResponse()) {
                    send(Answers.to(message));
                }
            }
        }
    }

    /** At least one byte before the deadline; fewer than none at the end of the stream. */
    private int receive(byte[] buffer, long deadline) throws IOException {
        long leftMillis = Duration.ofNanos(deadline - System.nanoTime()).toMillis();
        if (leftMillis <= 0) {
            throw new SocketTimeoutException();
        }
        socket.setSoTimeout((int) leftMillis);
        return socket.getInputStream().read(buffer);
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }

    private void send(Message message) throws IOException {
        ByteBuffer bytes = message.encode(Sender.CLIENT);
        socket.getOutputStream().write(bytes.array(), 0, bytes.remaining());
    }

    @Override
    public String toString() {
        return server.toString();
    }
}
