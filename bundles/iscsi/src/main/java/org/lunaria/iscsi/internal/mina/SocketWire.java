package org.lunaria.iscsi.internal.mina;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.util.concurrent.TimeUnit;
import org.apache.mina.core.service.SimpleIoProcessorPool;
import org.apache.mina.core.session.AttributeKey;
import org.apache.mina.core.session.IoSession;
import org.apache.mina.transport.socket.nio.NioSession;
import org.lunaria.iscsi.internal.pdu.Framing;
import org.lunaria.iscsi.internal.session.PortalGroup;
import org.lunaria.iscsi.internal.wire.IoThread;
import org.lunaria.iscsi.internal.wire.Output;
import org.lunaria.iscsi.internal.wire.Receiver;
import org.lunaria.iscsi.internal.wire.Wire;
import org.lunaria.iscsi.internal.wire.WireListener;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The bytes of one socket. Confined to its {@link WireProcessor}, but for what {@link Wire} says; handed over to another
 * one it takes up its work there with an output and a receiver of that thread's memory.
 */
final class SocketWire implements Wire, Turns.Taker {
    private static final Logger LOG = LoggerFactory.getLogger(SocketWire.class);

    private static final AttributeKey WIRE = new AttributeKey(SocketWire.class, "wire");

    /** Where MINA's pool of processors keeps the one that a session is served by. */
    private static final AttributeKey PROCESSOR = new AttributeKey(SimpleIoProcessorPool.class, "processor");

    /** How long the last bytes of a connection may take. */
    private static final long LINGER_NANOS = TimeUnit.SECONDS.toNanos(5);

    /** Who moved so much in a turn lets the others go first: what costs about as much as twenty small commands. */
    private static final int MUCH_BYTES = Output.Turn.SHORT.sentBytes() / 4;

    private final NioSession session;
    private final SocketChannel channel;
    private final WireListener listener;
    private WireProcessor processor;
    private SelectionKey key;
    private Output output;
    private Receiver receiver;

    /** What is to be done when the output is empty, and what when the connection is on another thread; or null. */
    private Runnable leaving;

    private Runnable arriving;
    private final InetSocketAddress localAddress;
    private final InetSocketAddress peerAddress;
    private boolean closed;
    private boolean closingWhenSent;

    /** Whether somebody may have been told that the output is full: then the listener hears when it is not any more. */
    private boolean full;

    /** Whether the socket has something to be read. */
    private boolean readable;

    /** Whether the socket takes no more for now. */
    private boolean blocked;

    private long readInTurn;
    private long closeAtNanos;

    SocketWire(WireProcessor processor, NioSession session, SocketChannel channel, SelectionKey key, PortalGroup group)
            throws IOException {
        this.processor = processor;
        this.session = session;
        this.channel = channel;
        this.key = key;
        this.localAddress = (InetSocketAddress) channel.getLocalAddress();
        this.peerAddress = (InetSocketAddress) channel.getRemoteAddress();
        this.output = new Output(processor.buffers(), () -> processor.hasUnsent(this));
        this.listener = group.accepted(this);
        this.receiver = new Receiver(processor.buffers(), listener);
        session.setAttribute(WIRE, this);
    }

    /** The wire of one of MINA's sessions, or null. */
    static SocketWire of(IoSession session) {
        return (SocketWire) session.getAttribute(WIRE);
    }

    /** The socket can be read or written, which is done at the next turn. */
    void ready(boolean toRead, boolean toWrite) {
        readable |= toRead;
        blocked &= !toWrite;
    }

    @Override
    public boolean movesMuch() {
        return readInTurn + output.sentInTurn() >= MUCH_BYTES;
    }

    @Override
    public void takeTurn() {
        if (closed) {
            return;
        }
        try {
            full |= output.isFull();
            output.beginTurn(processor.turns().areLong() ? Output.Turn.LONG : Output.Turn.SHORT);
            readInTurn = 0;
            if (readable) {
                readable = false;
                read();
            }
            send();
        } catch (IOException e) {
            LOG.debug("{}: {}", peerAddress, e.toString());
            close();
        } catch (RuntimeException | Error e) {
            LOG.error("an I/O thread met an unexpected failure; the connection of {} is closed", peerAddress, e);
            close();
        }
    }

    /** Reads once, if it is still to be read: what another connection did since may have ended that, or want of memory. */
    private void read() throws IOException {
        if (!key.isValid() || (key.interestOps() & SelectionKey.OP_READ) == 0 || !listener.mayRead()) {
            return;
        }
        long count = receiver.readFrom(channel);
        if (count > 0) {
            readInTurn += count;
            session.increaseReadBytes(count, System.currentTimeMillis());
        } else if (count < 0) {
            close();
        }
    }

    /** Writes what the socket takes and the turn allows; the rest follows when the socket, or the next turn, is there. */
    void send() {
        if (closed) {
            return;
        }
        try {
            write();
            if (output.isEmpty() && closingWhenSent) {
                close();
            } else if (output.isEmpty() && leaving != null) {
                processor.later(leaving);
                leaving = null;
            } else if (!blocked && output.turnIsOver()) {
                processor.turns().await(this);
            } else if (!blocked && full) {
                full = false;
                listener.drained();
            }
        } catch (IOException e) {
            LOG.debug("{}: {}", peerAddress, e.toString());
            close();
        }
    }

    private void write() throws IOException {
        full |= output.isFull();
        if (!blocked) {
            blocked = !output.writeTo(channel);
            full |= output.isFull();
        }
        interest(SelectionKey.OP_WRITE, blocked);
    }

    /** Whether a PDU has come in part. */
    boolean isInPdu() {
        return !closed && receiver.isInPdu();
    }

    /** Whether the last read brought one PDU, as from an initiator that sends the next when it has the answer. */
    boolean sendsOneByOne() {
        return !closed && receiver.pdusInRead() == 1;
    }

    /** Commands of the connection that are under way. */
    int underWay() {
        return closed ? 0 : listener.underWay();
    }

    void tick(long nanoTime) {
        if (closingWhenSent && nanoTime - closeAtNanos > 0) {
            close();
        } else if (!closed) {
            listener.tick(nanoTime);
        }
    }

    /** MINA has closed the socket. */
    void sessionClosed() {
        closed = true;
        receiver.close();
        listener.closed();
        output.discard();
    }

    private void interest(int operation, boolean on) {
        if (key.isValid()) {
            int before = key.interestOps();
            int after = on ? before | operation : before & ~operation;
            if (after != before) {
                key.interestOps(after);
            }
        }
    }

    @Override
    public InetSocketAddress localAddress() {
        return localAddress;
    }

    @Override
    public InetSocketAddress peerAddress() {
        return peerAddress;
    }

    @Override
    public IoThread thread() {
        return processor;
    }

    @Override
    public void moveTo(IoThread other, Runnable then) {
        if (other == processor) {
            then.run();
            return;
        }
        reading(false);
        Runnable leave = () -> leaveFor((WireProcessor) other, then);
        if (output.isEmpty()) {
            processor.later(leave);
        } else {
            leaving = leave;
        }
    }

    /** MINA knows by an attribute which processor a session is on, and takes one that it knows as it takes a new one. */
    private void leaveFor(WireProcessor other, Runnable then) {
        if (closed || receiver.isInPdu()) {
            close();
            return;
        }
        key.cancel();
        receiver.close();
        processor.forget(this);
        arriving = then;
        session.setAttribute(PROCESSOR, other);
        other.add(session);
    }

    /** The connection is on another thread now, which calls this. */
    void arrived(WireProcessor other, SelectionKey keyThere) {
        processor = other;
        key = keyThere;
        output = new Output(other.buffers(), () -> processor.hasUnsent(this));
        receiver = new Receiver(other.buffers(), listener);
        readable = false;
        blocked = false;
        full = false;
        Runnable then = arriving;
        arriving = null;
        other.later(() -> {
            if (!closed) {
                then.run();
            }
        });
    }

    @Override
    public Output output() {
        return output;
    }

    @Override
    public void reading(boolean on) {
        interest(SelectionKey.OP_READ, on);
    }

    @Override
    public void framing(Framing framing) {
        receiver.framing(framing);
    }

    @Override
    public void flush() {
        if (!closed) {
            flushOnly();
        }
    }

    /** As {@link #send}, without a word to the listener, who is the caller. */
    private void flushOnly() {
        try {
            write();
            if (!blocked && output.turnIsOver()) {
                processor.turns().await(this);
            }
        } catch (IOException e) {
            LOG.debug("{}: {}", peerAddress, e.toString());
            close();
        }
    }

    @Override
    public void closeWhenSent() {
        closingWhenSent = true;
        closeAtNanos = System.nanoTime() + LINGER_NANOS;
        if (output.isEmpty()) {
            close();
        }
    }

    @Override
    public void close() {
        if (!closed) {
            closed = true;
            receiver.close();
            session.closeNow();
        }
    }
}
