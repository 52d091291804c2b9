package org.lunaria.backend.remote.internal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult;
import javax.net.ssl.SSLEngineResult.HandshakeStatus;
import javax.net.ssl.SSLException;

/**
 * A connection with TLS. Its handshake happens while one reads and writes; what takes computing then is done on the thread
 * of the volume, which has nobody else to serve. Confined to that thread.
 */
final class TlsWire implements Wire {

    private static final ByteBuffer[] NONE = {ByteBuffer.allocate(0)};

    private final SocketChannel channel;
    private final SSLEngine engine;

    /** From the socket and to the socket, encrypted: empty is position 0. In the heap, which forgets them with the connection. */
    private final ByteBuffer received;

    private final ByteBuffer toSend;

    /** Decrypted and not taken yet, from position to limit. */
    private final ByteBuffer plain;

    TlsWire(SocketChannel channel, SSLEngine engine) throws SSLException {
        this.channel = channel;
        this.engine = engine;
        int packet = engine.getSession().getPacketBufferSize();
        received = ByteBuffer.allocate(packet + 64 * 1024);
        toSend = ByteBuffer.allocate(packet + 64 * 1024);
        plain = ByteBuffer.allocate(engine.getSession().getApplicationBufferSize())
                .limit(0);
        engine.beginHandshake();
    }

    @Override
    public long read(ByteBuffer first, ByteBuffer second) throws IOException {
        long given = give(first) + give(second);
        boolean end = false;
        while (given == 0) {
            SSLEngineResult result = unwrap();
            given = give(first) + give(second);
            if (given > 0) {
                break;
            }
            switch (result.getStatus()) {
                case CLOSED -> {
                    return -1;
                }
                case OK -> {
                    if (result.bytesConsumed() == 0 && !progress()) {
                        return 0;
                    }
                }
                case BUFFER_UNDERFLOW -> {
                    if (end) {
                        return -1;
                    }
                    int read = channel.read(received);
                    end = read < 0;
                    if (read <= 0) {
                        return read;
                    }
                }
                case BUFFER_OVERFLOW -> throw new SSLException("a record that is larger than TLS allows");
            }
        }
        return given;
    }

    @Override
    public boolean holdsBack() {
        return true;
    }

    @Override
    public void write(ByteBuffer[] sources, int count) throws IOException {
        send();
        while (toSend.position() == 0 && progress() && hasRemaining(sources, count)) {
            wrap(sources, count);
            send();
        }
    }

    @Override
    public boolean awaitsSocket(boolean left) {
        return toSend.position() > 0;
    }

    /** Does what the handshake needs of this side; false while the server's turn is awaited. */
    private boolean progress() throws IOException {
        while (true) {
            switch (engine.getHandshakeStatus()) {
                case NOT_HANDSHAKING, FINISHED -> {
                    return true;
                }
                case NEED_TASK -> {
                    for (Runnable task = engine.getDelegatedTask(); task != null; task = engine.getDelegatedTask()) {
                        task.run();
                    }
                }
                case NEED_WRAP -> {
                    wrap(NONE, 1);
                    send();
                    if (toSend.position() > 0) {
                        return false;
                    }
                }
                case NEED_UNWRAP, NEED_UNWRAP_AGAIN -> {
                    if (plain.hasRemaining()
                            || received.position() == 0
                            || unwrap().bytesConsumed() == 0 && stillUnwraps()) {
                        return false;
                    }
                }
            }
        }
    }

    private boolean stillUnwraps() {
        HandshakeStatus status = engine.getHandshakeStatus();
        return status == HandshakeStatus.NEED_UNWRAP || status == HandshakeStatus.NEED_UNWRAP_AGAIN;
    }

    /** Only while nothing that was decrypted is left. */
    private SSLEngineResult unwrap() throws SSLException {
        received.flip();
        plain.clear();
        try {
            return engine.unwrap(received, plain);
        } finally {
            plain.flip();
            received.compact();
        }
    }

    private void wrap(ByteBuffer[] sources, int count) throws SSLException {
        while (toSend.remaining() >= engine.getSession().getPacketBufferSize()) {
            SSLEngineResult result = engine.wrap(sources, 0, count, toSend);
            if (result.getStatus() == SSLEngineResult.Status.CLOSED) {
                throw new SSLException("the server ended TLS");
            }
            if (result.bytesConsumed() == 0) {
                return;
            }
        }
    }

    private void send() throws IOException {
        toSend.flip();
        try {
            channel.write(toSend);
        } finally {
            toSend.compact();
        }
    }

    private int give(ByteBuffer target) {
        int part = Math.min(plain.remaining(), target.remaining());
        if (part > 0) {
            target.put(target.position(), plain, plain.position(), part);
            target.position(target.position() + part);
            plain.position(plain.position() + part);
        }
        return part;
    }

    private static boolean hasRemaining(ByteBuffer[] sources, int count) {
        for (int i = 0; i < count; i++) {
            if (sources[i].hasRemaining()) {
                return true;
            }
        }
        return false;
    }
}
