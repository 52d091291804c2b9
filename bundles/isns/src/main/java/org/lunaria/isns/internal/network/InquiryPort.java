package org.lunaria.isns.internal.network;

import java.io.Closeable;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.lunaria.isns.internal.message.Message;
import org.lunaria.isns.internal.message.Message.Sender;
import org.lunaria.isns.internal.message.MessageReader;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A TCP port on which servers inquire whether this client is alive (ESI), or tell what changed (SCN). Anybody may connect:
 * connections are few, none may be silent for long, what is no iSNSP ends it, and an answer that is not taken as well. Its
 * one daemon thread does all of it.
 */
public final class InquiryPort implements Closeable {
    private static final Logger LOG = LoggerFactory.getLogger(InquiryPort.class);

    private static final int CONNECTIONS_MAX = 16;
    private static final int BUFFER_BYTES = 16 << 10;
    /** How often connections that are silent are looked for. */
    private static final long LOOK_MILLIS = 1000;

    private final ServerSocketChannel listener;
    private final Selector selector;
    private final Duration silence;
    private final Consumer<Message> heard;
    private final ByteBuffer buffer = ByteBuffer.allocate(BUFFER_BYTES);

    /** One connection. */
    private static final class Peer {
        private final MessageReader reader = new MessageReader();
        private long heardNanos = System.nanoTime();
    }

    private InquiryPort(ServerSocketChannel listener, Duration silence, Consumer<Message> heard) throws IOException {
        this.listener = listener;
        this.silence = silence;
        this.heard = heard;
        this.selector = Selector.open();
        listener.configureBlocking(false);
        listener.register(selector, SelectionKey.OP_ACCEPT);
    }

    /**
     * Listens.
     *
     * @param address port 0 for any that is free
     * @param silence after which a connection is closed
     * @param heard each request, on the thread of the port
     * @throws IOException with one sentence on why it cannot
     */
    public static InquiryPort open(InetSocketAddress address, Duration silence, Consumer<Message> heard)
            throws IOException {
        ServerSocketChannel listener = ServerSocketChannel.open();
        try {
            listener.bind(address);
            InquiryPort port = new InquiryPort(listener, silence, heard);
            Thread thread = new Thread(port::serve, "isns-inquiry-" + port.port());
            thread.setDaemon(true);
            thread.start();
            return port;
        } catch (IOException e) {
            listener.close();
            throw new IOException(
                    "Inquiries cannot be answered on " + address.getAddress().getHostAddress() + " port "
                            + address.getPort() + ": " + e.getMessage() + ".",
                    e);
        }
    }

    /** That it really listens on. */
    public int port() throws IOException {
        return ((InetSocketAddress) listener.getLocalAddress()).getPort();
    }

    public InetAddress address() throws IOException {
        return ((InetSocketAddress) listener.getLocalAddress()).getAddress();
    }

    /** Listens no more; the thread closes what is open, and ends. */
    @Override
    public void close() throws IOException {
        listener.close();
        selector.wakeup();
    }

    private void serve() {
        try (selector) {
            while (listener.isOpen()) {
                selector.select(this::ready, LOOK_MILLIS);
                closeWhere(peer -> System.nanoTime() - peer.heardNanos > silence.toNanos());
            }
            closeWhere(peer -> true);
        } catch (IOException e) {
            LOG.warn("Inquiries of iSNS servers are answered no more: {}", e.getMessage());
        }
    }

    private void ready(SelectionKey key) {
        if (key.isValid() && key.isAcceptable()) {
            accept();
        } else if (key.isValid() && key.isReadable()) {
            answer(key);
        }
    }

    private void accept() {
        try {
            SocketChannel channel = listener.accept();
            if (channel == null) {
                return;
            }
            if (selector.keys().size() > CONNECTIONS_MAX) {
                channel.close();
                return;
            }
            channel.configureBlocking(false);
            channel.register(selector, SelectionKey.OP_READ, new Peer());
        } catch (IOException e) {
            LOG.debug("a server could not connect", e);
        }
    }

    private void answer(SelectionKey key) {
        SocketChannel channel = (SocketChannel) key.channel();
        Peer peer = (Peer) key.attachment();
        try {
            buffer.clear();
            if (channel.read(buffer) < 0) {
                channel.close();
                return;
            }
            for (Message message : peer.reader.read(buffer.flip())) {
                if (!message.isResponse()) {
                    peer.heardNanos = System.nanoTime();
                    heard.accept(message);
                    ByteBuffer answer = Answers.to(message).encode(Sender.CLIENT);
                    channel.write(answer);
                    if (answer.hasRemaining()) {
                        throw new IOException("the peer does not take its answer");
                    }
                }
            }
        } catch (IOException e) {
            LOG.debug("a connection of a server ends", e);
            close(channel);
        }
    }

    private void closeWhere(Predicate<Peer> which) {
        for (SelectionKey key : selector.keys()) {
            if (key.attachment() instanceof Peer peer && which.test(peer)) {
                close((SocketChannel) key.channel());
            }
        }
    }

    private static void close(SocketChannel channel) {
        try {
            channel.close();
        } catch (IOException e) {
            LOG.debug("closing a connection", e);
        }
    }
}
