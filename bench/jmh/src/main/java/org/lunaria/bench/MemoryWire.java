package org.lunaria.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.GatheringByteChannel;
import java.nio.channels.ScatteringByteChannel;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Function;
import org.lunaria.iscsi.internal.pdu.Framing;
import org.lunaria.iscsi.internal.wire.BufferPool;
import org.lunaria.iscsi.internal.wire.IoBuffers;
import org.lunaria.iscsi.internal.wire.IoThread;
import org.lunaria.iscsi.internal.wire.Output;
import org.lunaria.iscsi.internal.wire.Receiver;
import org.lunaria.iscsi.internal.wire.Wire;
import org.lunaria.iscsi.internal.wire.WireListener;

/** A connection without a socket: what is sent to it is a copy, what it sends is counted and dropped. Confined. */
final class MemoryWire implements Wire {
    private static final InetSocketAddress ADDRESS = new InetSocketAddress(InetAddress.getLoopbackAddress(), 3260);

    private final Thread thread = new Thread(new IoBuffers(new BufferPool(16 << 20)));
    private final Output output = new Output(thread.buffers(), () -> {});
    private final Channel channel = new Channel();
    private final Receiver receiver;

    MemoryWire(Function<Wire, WireListener> accept) {
        receiver = new Receiver(thread.buffers(), accept.apply(this));
    }

    /**
     * One read event, and what it leads to.
     *
     * @return bytes that were sent
     */
    long receive(ByteBuffer bytes) {
        long before = output.sentBytes();
        channel.arrived = bytes;
        try {
            while (bytes.hasRemaining()) {
                receiver.readFrom(channel);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        thread.run();
        flush();
        return output.sentBytes() - before;
    }

    @Override
    public InetSocketAddress localAddress() {
        return ADDRESS;
    }

    @Override
    public InetSocketAddress peerAddress() {
        return ADDRESS;
    }

    @Override
    public IoThread thread() {
        return thread;
    }

    @Override
    public void moveTo(IoThread other, Runnable then) {
        then.run();
    }

    @Override
    public Output output() {
        return output;
    }

    @Override
    public void reading(boolean on) {}

    @Override
    public void framing(Framing framing) {
        receiver.framing(framing);
    }

    @Override
    public void flush() {
        try {
            output.writeTo(channel);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void closeWhenSent() {
        close();
    }

    @Override
    public void close() {
        throw new IllegalStateException("the target closed the connection");
    }

    /** The one thread. */
    private static final class Thread implements IoThread {
        private final IoBuffers buffers;
        private final Deque<Runnable> putOff = new ArrayDeque<>();

        Thread(IoBuffers buffers) {
            this.buffers = buffers;
        }

        void run() {
            for (Runnable work = putOff.pollFirst(); work != null; work = putOff.pollFirst()) {
                work.run();
            }
        }

        @Override
        public void execute(Runnable work) {
            work.run();
        }

        @Override
        public void later(Runnable work) {
            putOff.addLast(work);
        }

        @Override
        public void after(int seconds, Runnable work) {
            throw new IllegalStateException("nothing is put off so long");
        }

        @Override
        public IoBuffers buffers() {
            return buffers;
        }
    }

    /** Both directions. */
    private static final class Channel implements ScatteringByteChannel, GatheringByteChannel {
        private ByteBuffer arrived;

        @Override
        public int read(ByteBuffer target) {
            int count = Math.min(target.remaining(), arrived.remaining());
            target.put(target.position(), arrived, arrived.position(), count);
            target.position(target.position() + count);
            arrived.position(arrived.position() + count);
            return count;
        }

        @Override
        public long read(ByteBuffer[] targets) {
            long count = 0;
            for (ByteBuffer target : targets) {
                count += read(target);
            }
            return count;
        }

        @Override
        public long read(ByteBuffer[] targets, int offset, int length) {
            throw new UnsupportedOperationException();
        }

        @Override
        public int write(ByteBuffer source) {
            int count = source.remaining();
            source.position(source.limit());
            return count;
        }

        @Override
        public long write(ByteBuffer[] sources) {
            long count = 0;
            for (ByteBuffer source : sources) {
                count += write(source);
            }
            return count;
        }

        @Override
        public long write(ByteBuffer[] sources, int offset, int length) {
            throw new UnsupportedOperationException();
        }

        @Override
        public boolean isOpen() {
            return true;
        }

        @Override
        public void close() {}
    }
}
