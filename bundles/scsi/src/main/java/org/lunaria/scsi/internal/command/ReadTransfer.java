package org.lunaria.scsi.internal.command;

import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.lunaria.backend.BlockBackend.Failure;
import org.lunaria.backend.BlockBackend.Fault;
import org.lunaria.backend.Completions;
import org.lunaria.scsi.internal.page.Geometry;
import org.lunaria.scsi.internal.slot.Medium;

/**
 * Moves a range from the medium to the initiator: a chunk is read straight into the transport's buffer, sent, and the next
 * one follows when there is room. Where the initiator's buffer ends within a block, that block is read aside and its
 * beginning sent.
 */
final class ReadTransfer extends Procedure {
    private final Execution execution;
    private final Medium medium;
    private final int blockBytes;
    private final int chunkBytes;

    private long offset;
    private long leftBytes;
    private boolean mustFlush;

    /** The transport's buffer while the medium fills it. */
    private ByteBuffer filling;

    /** A buffer of our own, for the block that is not sent whole. */
    private ByteBuffer aside;

    /**
     * @param offset first byte on the medium
     * @param lengthBytes that the initiator's buffer holds, above 0
     * @param forceUnitAccess whether what is in a volatile cache has to reach the medium first
     */
    ReadTransfer(Execution execution, Geometry geometry, long offset, long lengthBytes, boolean forceUnitAccess) {
        super(execution);
        this.execution = execution;
        this.medium = execution.device().medium();
        this.blockBytes = geometry.blockBytes();
        this.chunkBytes = Math.min(execution.data().chunkBytes(), geometry.maxTransferBytes());
        this.offset = offset;
        this.leftBytes = lengthBytes;
        this.mustFlush = forceUnitAccess && geometry.writable();
    }

    @Override
    protected CompletionStage<?> step() {
        if (mustFlush) {
            mustFlush = false;
            return medium(medium.flush());
        }
        if (aside != null) {
            return sendBeginning();
        }
        if (filling != null) {
            return sendFilled();
        }
        return leftBytes >= blockBytes ? readBlocks() : readAside();
    }

    private CompletionStage<?> readBlocks() {
        int bytes = (int) Math.min(leftBytes - leftBytes % blockBytes, chunkBytes);
        filling = execution.data().dataIn(bytes);
        return medium(medium.read(offset, filling));
    }

    private CompletionStage<?> sendFilled() {
        ByteBuffer filled = filling;
        filling = null;
        int bytes = filled.limit();
        offset += bytes;
        return sent(filled.position(0), bytes);
    }

    private CompletionStage<?> readAside() {
        Optional<ByteBuffer> scratch = ScratchBuffers.SHARED.take();
        if (scratch.isEmpty()) {
            return medium(Completions.failed(new Failure(Fault.BUSY, offset, "no scratch buffer is free")));
        }
        aside = scratch.get().limit(blockBytes);
        return medium(medium.read(offset, aside));
    }

    private CompletionStage<?> sendBeginning() {
        int bytes = (int) leftBytes;
        ByteBuffer buffer = execution.data().dataIn(bytes);
        buffer.put(aside.clear().limit(bytes)).flip();
        return sent(buffer, bytes);
    }

    /** The last chunk's departure is not waited for: the status follows it in order. */
    private CompletionStage<?> sent(ByteBuffer buffer, int bytes) {
        CompletionStage<Void> room = execution.data().send(buffer);
        execution.moved(bytes);
        leftBytes -= bytes;
        return leftBytes == 0 ? end() : transfer(room);
    }

    @Override
    protected void release() {
        if (filling != null) {
            execution.data().discard(filling);
            filling = null;
        }
        if (aside != null) {
            ScratchBuffers.SHARED.give(aside);
            aside = null;
        }
    }
}
