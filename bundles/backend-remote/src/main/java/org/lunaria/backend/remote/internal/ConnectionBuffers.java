package org.lunaria.backend.remote.internal;

import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * The memory of one connection, which the next one in its place takes over: what came, the headers of the requests under
 * way, and the queue of what is to be sent. Confined to the thread of its volume.
 */
final class ConnectionBuffers {

    private static final int IN_BYTES = 64 * 1024;
    private static final int CONTROL_BYTES = 16 * 1024;

    /** What one system call sends at most. */
    private static final int GATHERED_MAX = 64;

    /** What came and was not looked at; between position 0 and its position. */
    final ByteBuffer in = ByteBuffer.allocateDirect(IN_BYTES);

    /** What the handshake has to say. */
    final ByteBuffer control = ByteBuffer.allocateDirect(CONTROL_BYTES);

    private final ByteBuffer[] headers = new ByteBuffer[Connection.DEPTH];

    /** A header and data for each request, and one to take leave. */
    private final ByteBuffer[] queue = new ByteBuffer[2 * Connection.DEPTH + 1];

    private final ByteBuffer[] gathered = new ByteBuffer[GATHERED_MAX];
    private int first;
    private int queued;

    ConnectionBuffers() {
        ByteBuffer all = ByteBuffer.allocateDirect(Connection.DEPTH * Nbd.REQUEST_BYTES);
        for (int slot = 0; slot < headers.length; slot++) {
            headers[slot] =
                    all.slice(slot * Nbd.REQUEST_BYTES, Nbd.REQUEST_BYTES).limit(0);
        }
    }

    /** Forgets everything. */
    ConnectionBuffers clear() {
        in.clear();
        control.clear();
        for (ByteBuffer header : headers) {
            header.limit(0);
        }
        while (queued > 0) {
            dequeue();
        }
        return this;
    }

    ByteBuffer header(int slot) {
        return headers[slot].clear();
    }

    boolean isUnsent(int slot) {
        return headers[slot].hasRemaining();
    }

    void enqueue(ByteBuffer buffer) {
        queue[(first + queued++) % queue.length] = buffer;
    }

    /** Whether everything was taken. */
    boolean send(Wire wire) throws IOException {
        if (control.position() > 0) {
            gathered[0] = control.flip();
            try {
                wire.write(gathered, 1);
            } finally {
                control.compact();
            }
            if (control.position() > 0) {
                return false;
            }
        }
        while (queued > 0) {
            int count = gather();
            wire.write(gathered, count);
            while (queued > 0 && !queue[first].hasRemaining()) {
                dequeue();
                count--;
            }
            if (count > 0) {
                return false;
            }
        }
        return true;
    }

    /** Of what is not direct memory, one at a time: the virtual machine copies it, and keeps the memory for that. */
    private int gather() {
        int count = 0;
        boolean direct = true;
        while (count < Math.min(queued, GATHERED_MAX) && direct) {
            gathered[count] = queue[(first + count) % queue.length];
            direct = gathered[count++].isDirect();
        }
        return count;
    }

    private void dequeue() {
        queue[first] = null;
        first = (first + 1) % queue.length;
        queued--;
    }
}
