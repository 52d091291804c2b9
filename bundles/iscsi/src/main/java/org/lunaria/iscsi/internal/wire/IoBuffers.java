package org.lunaria.iscsi.internal.wire;

import java.util.ArrayList;
import java.util.List;

/**
 * The buffers that the connections of one I/O thread share: the read buffer, the chunk that answers are put into,
 * and where bytes go that nobody wants. Confined to that thread.
 *
 * <p>Data that came with a command may stay in the read buffer for longer than the read event (a slow backend writes from
 * it): then another read buffer takes its place. A few may be tied up so, and from then on such data is copied.
 */
public final class IoBuffers {
    /** What one read takes at most. */
    public static final int READ_BYTES = 256 * 1024;

    /** Answers go into chunks of this size; a claim is at most a quarter of it. */
    public static final int CHUNK_BYTES = 256 * 1024;

    /** The largest {@link #claim}. */
    public static final int CLAIM_BYTES_MAX = CHUNK_BYTES / 4;

    /** The longest data segment. */
    private static final int SINK_BYTES = BufferPool.BUFFER_BYTES_MAX;

    /** Read buffers of one thread. */
    static final int READ_BUFFERS_MAX = 4;

    private final BufferPool pool;
    private final List<PooledBuffer> readBuffers = new ArrayList<>(READ_BUFFERS_MAX);
    private PooledBuffer readBuffer;
    private PooledBuffer chunk;
    private int chunkUsed;
    private final PooledBuffer sink;

    public IoBuffers(BufferPool pool) {
        this.pool = pool;
        this.readBuffer = pool.take(READ_BYTES);
        this.chunk = pool.take(CHUNK_BYTES);
        this.sink = pool.take(SINK_BYTES);
        readBuffers.add(readBuffer);
    }

    public BufferPool pool() {
        return pool;
    }

    /** The read buffer for the next read event: nobody else has a part of it. */
    public PooledBuffer readBuffer() {
        if (!readBuffer.unshared()) {
            readBuffer = unsharedReadBuffer();
        }
        return readBuffer;
    }

    /**
     * Keeps data beyond the callback that it was handed over in: where it lies, or copied when too many read buffers are
     * tied up already.
     *
     * @param share that it counts for, but for what stays in the read buffer
     * @return with a reference for the caller
     */
    public Region keep(Region data, Share share) {
        if (data.buffer() == readBuffer && !mayKeepReadBuffer()) {
            PooledBuffer copy = pool.take(data.length(), share);
            copy.bytes().put(0, readBuffer.bytes(), data.from(), data.length());
            return new Region(copy, 0, data.length());
        }
        if (data.buffer().share() != share && !readBuffers.contains(data.buffer())) {
            pool.putDown(data.buffer(), share);
        }
        data.buffer().retain();
        return data;
    }

    /** Whether a part of the read buffer may be kept: not when no other is free. */
    private boolean mayKeepReadBuffer() {
        if (readBuffers.size() < READ_BUFFERS_MAX) {
            return true;
        }
        for (PooledBuffer buffer : readBuffers) {
            if (buffer != readBuffer && buffer.unshared()) {
                return true;
            }
        }
        return false;
    }

    /** Where a data segment goes that nobody wants; with a reference for the caller. */
    public Region sink(int bytes) {
        sink.retain();
        return new Region(sink, 0, bytes);
    }

    /** Whether it is data that was thrown away. */
    public boolean isLost(Region data) {
        return data.buffer() == sink;
    }

    private PooledBuffer unsharedReadBuffer() {
        for (PooledBuffer buffer : readBuffers) {
            if (buffer.unshared()) {
                return buffer;
            }
        }
        PooledBuffer another = pool.take(READ_BYTES);
        readBuffers.add(another);
        return another;
    }

    /**
     * Makes room in the chunk, next to what was claimed before.
     *
     * @param bytes at most {@link #CLAIM_BYTES_MAX}
     * @return index of the room in {@link #chunk}, which the caller retains when it keeps the room
     */
    public int claim(int bytes) {
        if (chunk.unshared()) {
            chunkUsed = 0;
        }
        if (chunkUsed + bytes > CHUNK_BYTES) {
            chunk.release();
            chunk = pool.take(CHUNK_BYTES);
            chunkUsed = 0;
        }
        int at = chunkUsed;
        chunkUsed += bytes;
        return at;
    }

    /** The buffer that the last {@link #claim} is in. */
    public PooledBuffer chunk() {
        return chunk;
    }

    /** Gives back what is not tied up. */
    public void close() {
        readBuffers.forEach(PooledBuffer::release);
        readBuffers.clear();
        chunk.release();
        sink.release();
    }
}
