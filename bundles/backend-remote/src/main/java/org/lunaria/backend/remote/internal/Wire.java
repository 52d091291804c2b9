package org.lunaria.backend.remote.internal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;

/** The bytes of a connection, encrypted or not. Never blocks. Confined to the thread of its volume. */
interface Wire {

    /** Reads into one buffer and, when that is full, into a second; 0 when nothing is there now, -1 at the end. */
    long read(ByteBuffer first, ByteBuffer second) throws IOException;

    /** Whether bytes may be here of which the selector does not tell, after a read that left room. */
    boolean holdsBack();

    /** Takes what it can of buffers. */
    void write(ByteBuffer[] sources, int count) throws IOException;

    /**
     * Whether it goes on when the socket takes more.
     *
     * @param left whether buffers are left that it did not take
     */
    boolean awaitsSocket(boolean left);

    /** Without encryption: the socket itself. */
    record Plain(SocketChannel channel, ByteBuffer[] pair) implements Wire {

        Plain(SocketChannel channel) {
            this(channel, new ByteBuffer[2]);
        }

        @Override
        public long read(ByteBuffer first, ByteBuffer second) throws IOException {
            if (!first.hasRemaining()) {
                return channel.read(second);
            }
            pair[0] = first;
            pair[1] = second;
            return channel.read(pair);
        }

        @Override
        public boolean holdsBack() {
            return false;
        }

        @Override
        public void write(ByteBuffer[] sources, int count) throws IOException {
            channel.write(sources, 0, count);
        }

        @Override
        public boolean awaitsSocket(boolean left) {
            return left;
        }
    }
}
