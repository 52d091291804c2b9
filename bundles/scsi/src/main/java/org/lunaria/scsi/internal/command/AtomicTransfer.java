package org.lunaria.scsi.internal.command;

import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import org.lunaria.backend.BlockBackend.Flag;
import org.lunaria.scsi.internal.page.Geometry;
import org.lunaria.scsi.internal.slot.Medium;

/**
 * Receives all the data, claims the blocks, writes them as one. In this order, so that a slow initiator does not keep others
 * from the blocks. From the claim to the end nobody else is at work on them, which the backend relies on (Flag.ATOMIC).
 */
final class AtomicTransfer extends Procedure {
    private static final Set<Flag> ATOMIC = Set.of(Flag.ATOMIC);
    private static final Set<Flag> ATOMIC_DURABLE = Set.of(Flag.ATOMIC, Flag.DURABLE);

    private enum Phase {
        RECEIVE,
        GATHER,
        WRITE,
        WRITTEN
    }

    private final Execution execution;
    private final Medium medium;
    private final Blocks blocks;
    private final long offset;
    private final Set<Flag> flags;
    private final Optional<ByteBuffer> whole;

    private Phase phase = Phase.RECEIVE;
    private int leftBytes;

    /** The next chunk on its way from the initiator. */
    private CompletionStage<ByteBuffer> receiving;

    /** The transport's buffer with a chunk, or with all the data. */
    private ByteBuffer sent;

    /**
     * @param blocks at least one
     * @param whole a buffer of {@link ScratchBuffers#WHOLE} for data that comes in several chunks, given back at the end
     */
    AtomicTransfer(Execution execution, Geometry geometry, Blocks blocks, Optional<ByteBuffer> whole, boolean durable) {
        super(execution);
        this.execution = execution;
        this.medium = execution.device().medium();
        this.blocks = blocks;
        this.offset = blocks.lbaFirst() * geometry.blockBytes();
        this.leftBytes = Math.toIntExact(blocks.count() * geometry.blockBytes());
        this.whole = whole;
        this.flags = durable ? ATOMIC_DURABLE : ATOMIC;
    }

    @Override
    protected CompletionStage<?> step() {
        switch (phase) {
            case RECEIVE -> {
                phase = Phase.GATHER;
                receiving = execution
                        .data()
                        .receive(Math.min(leftBytes, execution.data().chunkBytes()));
                return transfer(receiving);
            }
            case GATHER -> {
                gather();
                if (leftBytes > 0) {
                    phase = Phase.RECEIVE;
                    return step();
                }
                phase = Phase.WRITE;
                return medium(execution.claim(blocks));
            }
            case WRITE -> {
                phase = Phase.WRITTEN;
                return medium(
                        medium.write(offset, whole.isPresent() ? whole.get().flip() : sent, flags));
            }
            case WRITTEN -> {
                return end();
            }
        }
        throw new IllegalStateException(phase.toString());
    }

    private void gather() {
        sent = value(receiving);
        receiving = null;
        execution.moved(sent.remaining());
        leftBytes -= sent.remaining();
        if (whole.isPresent()) {
            whole.get().put(sent);
            discardSent();
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
        whole.ifPresent(ScratchBuffers.WHOLE::give);
    }
}
