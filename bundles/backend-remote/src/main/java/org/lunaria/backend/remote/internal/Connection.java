package org.lunaria.backend.remote.internal;

import java.io.EOFException;
import java.io.IOException;
import java.net.SocketAddress;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;

/**
 * One connection to a server, from connect to close, and the requests under way on it. Confined to the thread of its
 * volume; what it throws is the end of it.
 *
 * <p>States: connecting, handshake, transmission (there is an {@link #export}), ending (nothing is sent any more, and what
 * comes is dropped until the server closes).
 */
final class Connection implements Replies.Owner {

    /** Requests under way at a time: a power of two. */
    static final int DEPTH = 64;

    /** From here on it pays to read data straight into its buffer, at the cost of a system call for each reply. */
    private static final int LARGE_BYTES = 16 * 1024;

    private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

    private final SocketChannel channel;
    private final SelectionKey key;
    private final TlsEngines tls;
    private final ConnectionBuffers buffers;
    private final Handshake handshake;
    private final Session session;
    private final Operation<?>[] inFlight = new Operation<?>[DEPTH];

    private Wire wire;
    private Replies replies;
    private Export export;
    private boolean ending;
    private int busy;

    /** Of the reads under way. */
    private long awaitedBytes;

    private long requests;

    /**
     * Begins to connect.
     *
     * @param tls null without TLS
     */
    Connection(
            SocketAddress address,
            Selector selector,
            ConnectionBuffers buffers,
            String exportName,
            TlsEngines tls,
            Session session)
            throws IOException {
        this.buffers = buffers.clear();
        this.tls = tls;
        this.session = session;
        handshake = new Handshake(exportName, tls != null, buffers.control);
        boolean local = address instanceof UnixDomainSocketAddress;
        channel = local ? SocketChannel.open(StandardProtocolFamily.UNIX) : SocketChannel.open();
        try {
            channel.configureBlocking(false);
            if (!local) {
                channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
                channel.setOption(StandardSocketOptions.SO_KEEPALIVE, true);
            }
            wire = new Wire.Plain(channel);
            boolean connected = channel.connect(address);
            key = channel.register(selector, connected ? SelectionKey.OP_READ : SelectionKey.OP_CONNECT, this);
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
    }

    /** What the selector says of it. */
    void ready() throws IOException {
        if (key.isConnectable()) {
            channel.finishConnect();
            key.interestOps(SelectionKey.OP_READ);
        }
        if (key.isReadable()) {
            receive();
        }
    }

    /** What was agreed on; null before. */
    Export export() {
        return export;
    }

    boolean hasRoom() {
        return busy < DEPTH && !ending;
    }

    int busy() {
        return busy;
    }

    /** Queues the next part of an operation; {@link #flush} sends it. */
    void send(Operation<?> operation, long nowNanos) {
        int slot = freeSlot();
        operation.beginPart(export.payloadBytes());
        operation.cookie = ++requests * DEPTH + slot;
        operation.sentNanos = nowNanos;
        inFlight[slot] = operation;
        busy++;
        awaitedBytes += awaitedBytes(operation);
        ByteBuffer header = buffers.header(slot);
        boolean range = operation.kind != Operation.Kind.FLUSH;
        header.putInt(Nbd.REQUEST_MAGIC).putShort(flags(operation)).putShort((short) operation.kind.command);
        header.putLong(operation.cookie)
                .putLong(range ? operation.partOffset() : 0)
                .putInt(operation.partBytes);
        buffers.enqueue(header.flip());
        if (operation.kind == Operation.Kind.WRITE) {
            buffers.enqueue(operation.dataAt(operation.partOffset(), operation.partBytes));
        }
    }

    private static int awaitedBytes(Operation<?> operation) {
        return operation.kind == Operation.Kind.READ ? operation.partBytes : 0;
    }

    private short flags(Operation<?> operation) {
        boolean fua = operation.kind.change && (operation.durable || export.writeThrough());
        boolean noHole = operation.kind == Operation.Kind.ZERO && !operation.mayUnmap;
        return (short) ((fua ? Nbd.CMD_FLAG_FUA : 0) | (noHole ? Nbd.CMD_FLAG_NO_HOLE : 0));
    }

    /** Sends what is queued, as far as the socket takes it. */
    void flush() throws IOException {
        if (ending || !channel.isConnected()) {
            return;
        }
        boolean waits = wire.awaitsSocket(!buffers.send(wire));
        key.interestOps(waits ? SelectionKey.OP_READ | SelectionKey.OP_WRITE : SelectionKey.OP_READ);
    }

    private void receive() throws IOException {
        if (ending) {
            drop();
            return;
        }
        long read;
        boolean filled;
        do {
            ByteBuffer target = replies == null ? NOTHING : replies.target();
            buffers.in.limit(Math.min(buffers.in.capacity(), buffers.in.position() + aheadBytes()));
            read = wire.read(target, buffers.in);
            if (read < 0) {
                throw new EOFException("the server closed the connection");
            }
            filled = !target.hasRemaining() && !buffers.in.hasRemaining();
            buffers.in.flip();
            take(buffers.in);
            buffers.in.compact();
        } while (read > 0 && (filled || wire.holdsBack()) && !ending);
    }

    /** How much is read that is not data of the reply at hand: what belongs to a large read's buffer would have to be copied. */
    private int aheadBytes() {
        boolean large = busy > 0 && awaitedBytes / busy >= LARGE_BYTES;
        return large ? replies.headerBytes() : buffers.in.capacity();
    }

    private void take(ByteBuffer in) throws IOException {
        if (export == null) {
            switch (handshake.advance(in)) {
                case MORE -> {
                    return;
                }
                case START_TLS -> {
                    wire = new TlsWire(channel, tls.next());
                    handshake.secured();
                    return;
                }
                case DONE -> {
                    export = handshake.export();
                    replies = new Replies(export, this);
                    session.negotiated(this);
                }
            }
        }
        replies.take(in);
    }

    /** Whether a request has waited for its answer since before a time. */
    boolean hasOlderThan(long nanos) {
        if (busy > 0) {
            for (Operation<?> each : inFlight) {
                if (each != null && each.sentNanos - nanos < 0) {
                    return true;
                }
            }
        }
        return false;
    }

    @Override
    public Operation<?> find(long handle) throws Refusal {
        int slot = (int) (handle & DEPTH - 1);
        Operation<?> operation = inFlight[slot];
        if (operation == null || operation.cookie != handle) {
            throw Refusal.nonsense("a reply to request " + Long.toHexString(handle) + "h, which is not under way");
        }
        if (buffers.isUnsent(slot) || operation.kind == Operation.Kind.WRITE && operation.data.hasRemaining()) {
            throw Refusal.nonsense("a reply to a request that was not sent in full");
        }
        return operation;
    }

    @Override
    public void answered(Operation<?> operation) throws Refusal {
        inFlight[(int) (operation.cookie & DEPTH - 1)] = null;
        busy--;
        awaitedBytes -= awaitedBytes(operation);
        session.answered(this, operation);
    }

    /**
     * Sends no more, and waits for the server to close: then it is at work on nothing that came over this connection.
     *
     * @return false when it is closed already, as nothing was sent over it
     */
    boolean beginEnding() {
        if (export == null) {
            close();
            return false;
        }
        ending = true;
        try {
            channel.shutdownOutput();
            key.interestOps(SelectionKey.OP_READ);
            return true;
        } catch (IOException e) {
            close();
            return false;
        }
    }

    private void drop() throws IOException {
        buffers.in.clear();
        if (channel.read(buffers.in) < 0) {
            throw new EOFException("the server closed the connection");
        }
    }

    boolean isOpen() {
        return channel.isOpen();
    }

    /** Takes leave ("Terminating the transmission phase") where that can be sent at once, and closes. */
    void disconnect() {
        if (export != null && !ending && busy == 0) {
            ByteBuffer header = buffers.header(0);
            header.putInt(Nbd.REQUEST_MAGIC).putShort((short) 0).putShort((short) Nbd.CMD_DISC);
            buffers.enqueue(header.putLong(0).putLong(0).putInt(0).flip());
            try {
                flush();
            } catch (IOException e) {
                // The server learns by the end of the connection as well.
            }
        }
        close();
    }

    void close() {
        try {
            channel.close();
        } catch (IOException e) {
            // It is gone either way.
        }
    }

    private int freeSlot() {
        int slot = (int) (requests + 1) & DEPTH - 1;
        while (inFlight[slot] != null) {
            slot = slot + 1 & DEPTH - 1;
        }
        return slot;
    }
}
