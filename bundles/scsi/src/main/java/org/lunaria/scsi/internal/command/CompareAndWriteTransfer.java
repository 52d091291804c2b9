package org.lunaria.scsi.internal.command;

import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import org.lunaria.backend.BlockBackend.Failure;
import org.lunaria.backend.BlockBackend.Fault;
import org.lunaria.backend.BlockBackend.Flag;
import org.lunaria.backend.Completions;
import org.lunaria.scsi.SenseCode;
import org.lunaria.scsi.internal.page.Geometry;
import org.lunaria.scsi.internal.page.Limits;
import org.lunaria.scsi.internal.page.Sense;
import org.lunaria.scsi.internal.slot.Medium;

/**
 * Receives all the data, claims the blocks, reads, compares, writes. In this order, so that a slow initiator does not keep
 * others from the blocks. It is one read and one write of the medium: {@link Limits} sees to it that they are not too large.
 */
final class CompareAndWriteTransfer extends Procedure {

    private enum Phase {
        RECEIVE,
        CLAIM,
        READ,
        COMPARE,
        WRITTEN
    }

    private final Execution execution;
    private final Medium medium;
    private final Blocks blocks;
    private final long offset;

    /** Of the blocks, which are half of the data. */
    private final int lengthBytes;

    private final Set<Flag> flags;

    private Phase phase = Phase.RECEIVE;

    /** The data on its way from the initiator. */
    private CompletionStage<ByteBuffer> receiving;

    /** The transport's buffer with the data. */
    private ByteBuffer sent;

    /** A scratch buffer with what the blocks are. */
    private ByteBuffer found;

    CompareAndWriteTransfer(Execution execution, Geometry geometry, Blocks blocks, boolean durable) {
        super(execution);
        this.execution = execution;
        this.medium = execution.device().medium();
        this.blocks = blocks;
        this.offset = blocks.lbaFirst() * geometry.blockBytes();
        this.lengthBytes = (int) blocks.count() * geometry.blockBytes();
        this.flags = durable ? WriteTransfer.DURABLE : WriteTransfer.PLAIN;
    }

    @Override
    protected CompletionStage<?> step() {
        switch (phase) {
            case RECEIVE -> {
                phase = Phase.CLAIM;
                receiving = execution.data().receive(2 * lengthBytes);
                return transfer(receiving);
            }
            case CLAIM -> {
                phase = Phase.READ;
                sent = value(receiving);
                receiving = null;
                execution.moved(2L * lengthBytes);
                return medium(execution.claim(blocks));
            }
            case READ -> {
                phase = Phase.COMPARE;
                Optional<ByteBuffer> scratch = ScratchBuffers.SHARED.take();
                if (scratch.isEmpty()) {
                    return medium(Completions.failed(new Failure(Fault.BUSY, offset, "no scratch buffer is free")));
                }
                found = scratch.get().limit(lengthBytes);
                return medium(medium.read(offset, found));
            }
            case COMPARE -> {
                phase = Phase.WRITTEN;
                int wrong = found.clear().limit(lengthBytes).mismatch(sent.slice(sent.position(), lengthBytes));
                if (wrong >= 0) {
                    return then(() -> execution.refuse(
                            Sense.withInformation(SenseCode.MISCOMPARE_DURING_VERIFY_OPERATION, wrong)));
                }
                return medium(medium.write(offset, sent.position(sent.position() + lengthBytes), flags));
            }
            case WRITTEN -> {
                return end();
            }
        }
        throw new IllegalStateException(phase.toString());
    }

    @Override
    protected void release() {
        if (receiving != null) {
            execution.discard(receiving);
        }
        if (sent != null) {
            execution.data().discard(sent);
        }
        if (found != null) {
            ScratchBuffers.SHARED.give(found);
        }
    }
}
