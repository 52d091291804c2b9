package org.lunaria.scsi.internal.command;

import java.nio.ByteBuffer;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.lunaria.backend.Completions;
import org.lunaria.scsi.DataTransfer;

/** The data of a {@link CopyCommand}: a buffer of the copy, which is filled or emptied in place. Confined to the task's executor. */
final class CopyTransfer implements DataTransfer {
    private static final ByteBuffer NOTHING = ByteBuffer.allocateDirect(0);

    private final ByteBuffer buffer;
    private final int inBytes;
    private final int outBytes;
    private int movedBytes;
    private Runnable whenCancelled = () -> {};

    private CopyTransfer(ByteBuffer buffer, int inBytes, int outBytes) {
        this.buffer = buffer;
        this.inBytes = inBytes;
        this.outBytes = outBytes;
    }

    static CopyTransfer into(ByteBuffer buffer, int bytes) {
        return new CopyTransfer(buffer, bytes, 0);
    }

    static CopyTransfer from(ByteBuffer buffer, int bytes) {
        return new CopyTransfer(buffer, 0, bytes);
    }

    static CopyTransfer none() {
        return new CopyTransfer(NOTHING, 0, 0);
    }

    void whenCancelled(Runnable next) {
        whenCancelled = next;
    }

    /** Bytes that went through. */
    int movedBytes() {
        return movedBytes;
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
        return buffer.slice(movedBytes, length);
    }

    @Override
    public CompletionStage<Void> send(ByteBuffer filled) {
        movedBytes += filled.limit();
        return Completions.DONE;
    }

    @Override
    public CompletionStage<ByteBuffer> receive(int length) {
        ByteBuffer part = buffer.slice(movedBytes, length);
        movedBytes += length;
        return CompletableFuture.completedFuture(part);
    }

    @Override
    public void discard(ByteBuffer part) {
        // The copy keeps the buffer.
    }

    @Override
    public void cancel() {
        whenCancelled.run();
    }

    @Override
    public int chunkBytes() {
        return CopyBuffers.BUFFER_BYTES;
    }
}
