package org.lunaria.iscsi.internal.session;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.GatheringByteChannel;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.function.Function;
import org.lunaria.iscsi.internal.pdu.Framing;
import org.lunaria.iscsi.internal.pdu.Pdu;
import org.lunaria.iscsi.internal.wire.BitwiseCrc32c;
import org.lunaria.iscsi.internal.wire.IoThread;
import org.lunaria.iscsi.internal.wire.Output;
import org.lunaria.iscsi.internal.wire.Receiver;
import org.lunaria.iscsi.internal.wire.Wire;
import org.lunaria.iscsi.internal.wire.WireListener;

/** A connection in memory: bytes go in, PDUs come out, and what is put off runs when the test says so. */
final class MemoryWire implements Wire {
    private static final InetSocketAddress LOCAL = new InetSocketAddress(InetAddress.getLoopbackAddress(), 3260);

    /** A PDU that the target sent. */
    record Answer(ByteBuffer header, byte[] data) {}

    private MemoryThread thread;
    private final Output output;
    private final Receiver receiver;
    private final WireListener listener;
    private final InetSocketAddress peer;
    private final ByteArrayOutputStream sent = new ByteArrayOutputStream();
    private final Deque<ByteBuffer> unread = new ArrayDeque<>();
    private boolean closed;
    private boolean closingWhenSent;
    private boolean stuck;
    boolean reading = true;

    MemoryWire(MemoryThread thread, int peerPort, Function<Wire, WireListener> accept) {
        this.thread = thread;
        this.peer = new InetSocketAddress(InetAddress.getLoopbackAddress(), peerPort);
        this.output = new Output(thread.buffers(), () -> {});
        this.listener = accept.apply(this);
        this.receiver = new Receiver(thread.buffers(), listener);
    }

    /** The initiator sends bytes, all in one read event: now, or when they may be read. */
    void receive(ByteBuffer bytes) {
        unread.addLast(bytes);
        read();
        settle();
    }

    private void read() {
        while (!closed && reading && !unread.isEmpty() && listener.mayRead()) {
            receiver.receive(unread.removeFirst());
        }
    }

    /** The initiator takes nothing more, or again. */
    void stuck(boolean now) {
        stuck = now;
        settle();
        if (!now) {
            listener.drained();
            settle();
        }
    }

    void tick(long nanoTime) {
        listener.tick(nanoTime);
        settle();
    }

    /** Runs what was put off, and sends what is to be sent. */
    void settle() {
        do {
            thread.run();
            read();
        } while (thread.hasWork());
        write();
        if (closingWhenSent && output.isEmpty()) {
            close();
        }
    }

    /** What the target has sent since the last call, whose digests must match. */
    List<Answer> answers(Framing framing) {
        settle();
        ByteBuffer bytes = ByteBuffer.wrap(sent.toByteArray());
        sent.reset();
        List<Answer> answers = new ArrayList<>();
        int at = 0;
        while (at < bytes.limit()) {
            int data = Pdu.dataSegmentBytes(bytes, at);
            byte[] copy = new byte[data];
            int from = at + framing.headerBytes(0);
            bytes.get(from, copy);
            answers.add(new Answer(bytes.slice(at, Framing.BHS_BYTES), copy));
            if (framing.headerDigest()) {
                checkDigest(bytes, at, Framing.BHS_BYTES);
            }
            if (framing.dataDigest() && data > 0) {
                checkDigest(bytes, from, data + Framing.padding(data));
            }
            at += framing.pduBytes(0, data);
        }
        return answers;
    }

    private static void checkDigest(ByteBuffer bytes, int from, int length) {
        if (BitwiseCrc32c.digest(bytes.array(), from, length) != bytes.getInt(from + length)) {
            throw new AssertionError("a digest of the target does not match");
        }
    }

    boolean isClosed() {
        return closed;
    }

    private void write() {
        if (stuck) {
            return;
        }
        try {
            output.writeTo(new Sink());
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    /** Takes a few thousand bytes at a time, as a socket may. */
    private final class Sink implements GatheringByteChannel {
        @Override
        public long write(ByteBuffer[] sources, int offset, int length) {
            long count = 0;
            for (int index = offset; index < offset + length; index++) {
                count += write(sources[index]);
            }
            return count;
        }

        @Override
        public long write(ByteBuffer[] sources) {
            return write(sources[0]);
        }

        @Override
        public int write(ByteBuffer source) {
            byte[] piece = new byte[Math.min(source.remaining(), 5000)];
            source.get(piece);
            sent.writeBytes(piece);
            return piece.length;
        }

        @Override
        public boolean isOpen() {
            return true;
        }

        @Override
        public void close() {}
    }

    @Override
    public InetSocketAddress localAddress() {
        return LOCAL;
    }

    @Override
    public InetSocketAddress peerAddress() {
        return peer;
    }

    @Override
    public IoThread thread() {
        return thread;
    }

    @Override
    public void moveTo(IoThread other, Runnable then) {
        if (other == thread) {
            then.run();
        } else {
            thread = (MemoryThread) other;
            thread.later(then);
        }
    }

    @Override
    public Output output() {
        return output;
    }

    @Override
    public void reading(boolean on) {
        reading = on;
    }

    @Override
    public void framing(Framing framing) {
        receiver.framing(framing);
    }

    @Override
    public void flush() {
        write();
    }

    @Override
    public void closeWhenSent() {
        closingWhenSent = true;
    }

    @Override
    public void close() {
        if (!closed) {
            closed = true;
            receiver.close();
            thread.later(() -> {
                listener.closed();
                output.discard();
            });
        }
    }
}
