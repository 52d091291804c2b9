package org.lunaria.scsi.internal.unit;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.lunaria.backend.Completions;
import org.lunaria.scsi.DataTransfer;

/**
 * A transfer from and to arrays, which holds the engine to its side of the contract. A slow one makes the engine wait for
 * data until the test lets it come. Confined to the test's thread.
 */
public final class ArrayTransfer implements DataTransfer {
    private static final int CHUNK_BYTES = 64 * 1024;

    private final byte[] out;
    private final long dataInBytes;
    private final boolean slow;
    private final ByteArrayOutputStream in = new ByteArrayOutputStream();

    private int received;
    private ByteBuffer lent;
    private boolean cancelled;
    private Runnable whenCancelled = () -> {};
    private CompletableFuture<ByteBuffer> awaited;
    private int awaitedBytes;

    public ArrayTransfer(byte[] out, long dataInBytes, boolean slow) {
        this.out = out;
        this.dataInBytes = dataInBytes;
        this.slow = slow;
    }

    byte[] sent() {
        return in.toByteArray();
    }

    public boolean isCancelled() {
        return cancelled;
    }

    boolean holdsBuffer() {
        return lent != null;
    }

    /** Whether the engine waits for data. */
    public boolean isAwaited() {
        return awaited != null;
    }

    /** Lets the data come that the engine waits for. */
    public void deliver() {
        CompletableFuture<ByteBuffer> stage = awaited;
        awaited = null;
        stage.complete(lend(awaitedBytes));
    }

    /** The nexus is lost, as far as the transport is concerned. */
    public void drop() {
        CompletableFuture<ByteBuffer> stage = awaited;
        awaited = null;
        stage.completeExceptionally(new CancellationException());
    }

    @Override
    public long dataInBytes() {
        return dataInBytes;
    }

    @Override
    public long dataOutBytes() {
        return out.length;
    }

    @Override
    public ByteBuffer dataIn(int length) {
        require(lent == null && length > 0 && length <= CHUNK_BYTES, "dataIn of " + length);
        require(in.size() + length <= dataInBytes, "more data-in than the initiator has room for");
        lent = ByteBuffer.allocateDirect(length);
        return lent;
    }

    @Override
    public CompletionStage<Void> send(ByteBuffer filled) {
        require(filled == lent, "send of a foreign buffer");
        byte[] bytes = new byte[filled.limit()];
        filled.get(0, bytes);
        in.writeBytes(bytes);
        lent = null;
        return Completions.DONE;
    }

    @Override
    public CompletionStage<ByteBuffer> receive(int length) {
        require(lent == null && awaited == null && length > 0 && length <= CHUNK_BYTES, "receive of " + length);
        require(received + length <= out.length, "more data-out than the initiator has");
        if (slow) {
            awaited = new CompletableFuture<>();
            awaitedBytes = length;
            return awaited;
        }
        return CompletableFuture.completedFuture(lend(length));
    }

    private ByteBuffer lend(int length) {
        lent = ByteBuffer.allocateDirect(length + 7).position(3).limit(3 + length);
        lent.put(3, out, received, length);
        received += length;
        return lent;
    }

    @Override
    public void discard(ByteBuffer buffer) {
        require(buffer == lent, "discard of a foreign buffer");
        lent = null;
    }

    @Override
    public void cancel() {
        require(!cancelled && lent == null, "cancel twice, or with a buffer out");
        cancelled = true;
        whenCancelled.run();
    }

    /** What the transport does when the engine has aborted the task. */
    void whenCancelled(Runnable next) {
        whenCancelled = next;
    }

    @Override
    public int chunkBytes() {
        return CHUNK_BYTES;
    }

    private static void require(boolean holds, String breach) {
        if (!holds) {
            throw new AssertionError(breach);
        }
    }
}
