package org.lunaria.scsi.internal.command;

import java.nio.ByteBuffer;
import java.util.concurrent.CompletionStage;
import org.lunaria.scsi.SenseCode;
import org.lunaria.scsi.internal.page.Geometry;
import org.lunaria.scsi.internal.page.Sense;
import org.lunaria.scsi.internal.slot.Medium;

/**
 * Moves a range from the initiator to the medium, chunk by chunk, and reads each chunk back before the next is asked for: so
 * what was sent is still there to compare it with. A chunk is durable before it is read, since it is the medium that is
 * verified.
 */
final class VerifiedWriteTransfer extends Procedure {

    private enum Phase {
        RECEIVE,
        WRITE,
        READ,
        COMPARE
    }

    private final Execution execution;
    private final Medium medium;
    private final ByteBuffer found;
    private final int chunkBytes;
    private final int pieceBytes;
    private final boolean compares;

    private Phase phase = Phase.RECEIVE;
    private long offset;
    private long leftBytes;
    private long verifiedBytes;

    /** The next chunk on its way from the initiator. */
    private CompletionStage<ByteBuffer> receiving;

    /** The transport's buffer with the chunk at work. */
    private ByteBuffer chunk;

    /** Where the chunk is in its buffer, whose position is the backend's to change; how much of it was verified. */
    private int chunkAt;

    private int chunkLimit;
    private int chunkVerified;

    /**
     * @param found a scratch buffer, given back at the end
     * @param offset first byte on the medium
     * @param lengthBytes whole blocks, above 0
     * @param compares whether what is read back must be what was sent
     */
    VerifiedWriteTransfer(
            Execution execution, Geometry geometry, ByteBuffer found, long offset, long lengthBytes, boolean compares) {
        super(execution);
        this.execution = execution;
        this.medium = execution.device().medium();
        this.found = found;
        this.chunkBytes = Math.min(execution.data().chunkBytes(), geometry.maxTransferBytes());
        this.pieceBytes = Math.min(found.capacity(), chunkBytes);
        this.compares = compares;
        this.offset = offset;
        this.leftBytes = lengthBytes;
    }

    @Override
    protected CompletionStage<?> step() {
        switch (phase) {
            case RECEIVE -> {
                if (leftBytes == 0) {
                    return end();
                }
                phase = Phase.WRITE;
                receiving = execution.data().receive((int) Math.min(leftBytes, chunkBytes));
                return transfer(receiving);
            }
            case WRITE -> {
                phase = Phase.READ;
                chunk = value(receiving);
                receiving = null;
                chunkAt = chunk.position();
                chunkLimit = chunk.limit();
                chunkVerified = 0;
                execution.moved(chunkLimit - chunkAt);
                return medium(medium.write(offset, chunk, WriteTransfer.DURABLE));
            }
            case READ -> {
                phase = Phase.COMPARE;
                return medium(medium.read(offset + chunkVerified, found.clear().limit(nextBytes())));
            }
            case COMPARE -> {
                return compare();
            }
        }
        throw new IllegalStateException(phase.toString());
    }

    private CompletionStage<?> compare() {
        int bytes = nextBytes();
        if (compares) {
            chunk.limit(chunkLimit).position(chunkAt);
            int wrong = found.clear().limit(bytes).mismatch(chunk.slice(chunkAt + chunkVerified, bytes));
            if (wrong >= 0) {
                long at = verifiedBytes + wrong;
                return then(() ->
                        execution.refuse(Sense.withInformation(SenseCode.MISCOMPARE_DURING_VERIFY_OPERATION, at)));
            }
        }
        chunkVerified += bytes;
        verifiedBytes += bytes;
        if (chunkVerified < chunkLimit - chunkAt) {
            phase = Phase.READ;
            return step();
        }
        discardChunk();
        offset += chunkVerified;
        leftBytes -= chunkVerified;
        phase = Phase.RECEIVE;
        return step();
    }

    private int nextBytes() {
        return Math.min(pieceBytes, chunkLimit - chunkAt - chunkVerified);
    }

    private void discardChunk() {
        if (chunk != null) {
            execution.data().discard(chunk);
            chunk = null;
        }
    }

    @Override
    protected void release() {
        if (receiving != null) {
            execution.discard(receiving);
        }
        discardChunk();
        ScratchBuffers.SHARED.give(found);
    }
}
