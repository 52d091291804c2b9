package org.lunaria.bench;

import java.nio.ByteBuffer;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.lunaria.backend.Completions;
import org.lunaria.scsi.DataTransfer;

/** A transfer whose data is always there and is always taken: one buffer, used again and again. Confined. */
final class BufferTransfer implements DataTransfer {
    private static final int CHUNK_BYTES = 64 * 1024;

    private final long inBytes;
    private final long outBytes;
    private final ByteBuffer buffer = ByteBuffer.allocateDirect(CHUNK_BYTES);
    private final CompletionStage<ByteBuffer> received = CompletableFuture.completedFuture(buffer);

    BufferTransfer(long inBytes, long outBytes) {
        this.inBytes = inBytes;
        this.outBytes = outBytes;
    }

    @Override
    public long dataInBytes() {
        return inBytes;
    }

    @Override
    public long dataOutBytes() {
        return outBytes;
    }

    @Override
    public ByteBuffer dataIn(int length) {
        return buffer.clear().limit(length);
    }

    @Override
    public CompletionStage<Void> send(ByteBuffer filled) {
        return Completions.DONE;
    }

    @Override
    public CompletionStage<ByteBuffer> receive(int length) {
        buffer.clear().limit(length);
        return received;
    }

    @Override
    public void discard(ByteBuffer discarded) {}

    @Override
    public int chunkBytes() {
        return CHUNK_BYTES;
    }
}
