package org.lunaria.scsi.internal.command;

import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.lunaria.scsi.internal.page.Limits;

/**
 * Direct buffers for what a command reads from the medium and does not send: blocks to compare, a pattern to repeat, the
 * rest of a block that the initiator has no room for. Bounded: who gets none answers BUSY. Thread-safe.
 */
final class ScratchBuffers {
    static final int BUFFER_BYTES = 64 * 1024;

    /** Of the whole engine: 8 MiB. */
    static final ScratchBuffers SHARED = new ScratchBuffers(128, BUFFER_BYTES);

    /** For data that must be there as a whole before any of it is written: 16 MiB of the whole engine. */
    static final ScratchBuffers WHOLE = new ScratchBuffers(16, Limits.ATOMIC_BYTES);

    private final int limit;
    private final int bufferBytes;
    private final AtomicInteger made = new AtomicInteger();
    private final ArrayBlockingQueue<ByteBuffer> free;

    ScratchBuffers(int limit, int bufferBytes) {
        this.limit = limit;
        this.bufferBytes = bufferBytes;
        this.free = new ArrayBlockingQueue<>(limit);
    }

    /** A cleared buffer, or none while all are in use. */
    Optional<ByteBuffer> take() {
        ByteBuffer buffer = free.poll();
        if (buffer != null) {
            return Optional.of(buffer.clear());
        }
        if (made.incrementAndGet() > limit) {
            made.decrementAndGet();
            return Optional.empty();
        }
        return Optional.of(ByteBuffer.allocateDirect(bufferBytes));
    }

    void give(ByteBuffer buffer) {
        free.add(buffer);
    }
}
