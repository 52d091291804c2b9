package org.lunaria.scsi.internal.command;

import java.nio.ByteBuffer;
import java.util.concurrent.CompletionStage;
import org.lunaria.scsi.internal.page.Geometry;
import org.lunaria.scsi.internal.slot.Medium;

/**
 * Claims the blocks, and then receives, reads and writes piece by piece. The first piece is received before the claim, so
 * that who sends all its data with the command keeps nobody waiting for it; a longer transfer keeps others from its blocks
 * until its initiator has sent the rest.
 */
final class OrWriteTransfer extends Procedure {

    private enum Phase {
        RECEIVE,
        CLAIM,
        READ,
        WRITE,
        WRITTEN
    }

    private final Execution execution;
    private final Medium medium;
    private final Blocks blocks;
    private final ByteBuffer found;
    private final int pieceBytes;

    private Phase phase = Phase.RECEIVE;
    private boolean claimed;
    private long offset;
    private long leftBytes;
    private boolean mustFlush;

    /** The next piece on its way from the initiator. */
    private CompletionStage<ByteBuffer> receiving;

    /** The transport's buffer with the piece at work. */
    private ByteBuffer sent;

    /**
     * @param found a scratch buffer, given back at the end
     * @param blocks at least one
     */
    OrWriteTransfer(Execution execution, Geometry geometry, ByteBuffer found, Blocks blocks, boolean durable) {
        super(execution);
        this.execution = execution;
        this.medium = execution.device().medium();
        this.blocks = blocks;
        this.found = found;
        this.pieceBytes =
                Math.min(found.capacity(), Math.min(execution.data().chunkBytes(), geometry.maxTransferBytes()));
        this.offset = blocks.lbaFirst() * geometry.blockBytes();
        this.leftBytes = blocks.count() * geometry.blockBytes();
        this.mustFlush = durable;
    }

    @Override
    protected CompletionStage<?> step() {
        switch (phase) {
            case RECEIVE -> {
                phase = Phase.CLAIM;
                receiving = execution.data().receive((int) Math.min(leftBytes, pieceBytes));
                return transfer(receiving);
            }
            case CLAIM -> {
                sent = value(receiving);
                receiving = null;
                execution.moved(sent.remaining());
                phase = Phase.READ;
                if (claimed) {
                    return step();
                }
                claimed = true;
                return medium(execution.claim(blocks));
            }
            case READ -> {
                phase = Phase.WRITE;
                return medium(medium.read(offset, found.clear().limit(sent.remaining())));
            }
            case WRITE -> {
                phase = Phase.WRITTEN;
                or(found.clear().limit(sent.remaining()), sent);
                return medium(medium.write(offset, found, WriteTransfer.PLAIN));
            }
            case WRITTEN -> {
                return written();
            }
        }
        throw new IllegalStateException(phase.toString());
    }

    private CompletionStage<?> written() {
        if (sent != null) {
            offset += sent.remaining();
            leftBytes -= sent.remaining();
            discardSent();
        }
        if (leftBytes > 0) {
            phase = Phase.RECEIVE;
            return step();
        }
        if (mustFlush) {
            mustFlush = false;
            return medium(medium.flush());
        }
        return end();
    }

    /** Sets in the first buffer what is set in the second; both of the same length, and a multiple of a block. */
    private static void or(ByteBuffer blocks, ByteBuffer bits) {
        int from = bits.position();
        for (int at = 0; at < blocks.limit(); at += Long.BYTES) {
            blocks.putLong(at, blocks.getLong(at) | bits.getLong(from + at));
        }
    }

    private void discardSent() {
        if (sent != null) {
            execution.data().discard(sent);
            sent = null;
        }
    }

    @Override
    protected void release() {
        if (receiving != null) {
            execution.discard(receiving);
        }
        discardSent();
        ScratchBuffers.SHARED.give(found);
    }
}
