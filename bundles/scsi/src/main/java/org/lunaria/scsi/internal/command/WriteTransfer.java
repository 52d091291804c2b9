package org.lunaria.scsi.internal.command;

import java.nio.ByteBuffer;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import org.lunaria.backend.BlockBackend.Flag;
import org.lunaria.scsi.internal.page.Geometry;
import org.lunaria.scsi.internal.slot.Medium;

/** Moves a range from the initiator to the medium, chunk by chunk. */
final class WriteTransfer extends Procedure {
    static final Set<Flag> PLAIN = Set.of();
    static final Set<Flag> DURABLE = Set.of(Flag.DURABLE);

    private final Execution execution;
    private final Medium medium;
    private final int chunkBytes;
    private final Set<Flag> flags;

    private long offset;
    private long leftBytes;
    private boolean mustFlush;

    /** The next chunk on its way from the initiator. */
    private CompletionStage<ByteBuffer> receiving;

    /** The transport's buffer while the medium takes it. */
    private ByteBuffer writing;

    private int writingBytes;

    /**
     * @param offset first byte on the medium
     * @param lengthBytes whole blocks, above 0
     * @param durable whether the status may be sent only when the data is on stable storage: a single chunk is written so,
     *     several are flushed once after the last
     */
    WriteTransfer(Execution execution, Geometry geometry, long offset, long lengthBytes, boolean durable) {
        super(execution);
        this.execution = execution;
        this.medium = execution.device().medium();
        this.chunkBytes = Math.min(execution.data().chunkBytes(), geometry.maxTransferBytes());
        this.offset = offset;
        this.leftBytes = lengthBytes;
        boolean single = lengthBytes <= chunkBytes;
        this.flags = durable && single ? DURABLE : PLAIN;
        this.mustFlush = durable && !single;
    }

    @Override
    protected CompletionStage<?> step() {
        if (receiving != null) {
            writing = value(receiving);
            receiving = null;
            writingBytes = writing.remaining();
            return medium(medium.write(offset, writing, flags));
        }
        if (writing != null) {
            release();
            execution.moved(writingBytes);
            offset += writingBytes;
            leftBytes -= writingBytes;
        }
        if (leftBytes > 0) {
            receiving = execution.data().receive((int) Math.min(leftBytes, chunkBytes));
            return transfer(receiving);
        }
        if (mustFlush) {
            mustFlush = false;
            return medium(medium.flush());
        }
        return end();
    }

    @Override
    protected void release() {
        if (receiving != null) {
            execution.discard(receiving);
        }
        if (writing != null) {
            execution.data().discard(writing);
            writing = null;
        }
    }
}
