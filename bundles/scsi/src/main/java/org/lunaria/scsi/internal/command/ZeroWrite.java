package org.lunaria.scsi.internal.command;

import java.util.Set;
import java.util.concurrent.CompletionStage;
import org.lunaria.backend.BlockBackend.Flag;
import org.lunaria.scsi.internal.slot.Medium;

/** Makes a range read as zeroes, in pieces between which an abort is heard. */
final class ZeroWrite extends Procedure {
    private static final long PIECE_BYTES = 16L << 20;

    private final Medium medium;
    private final Set<Flag> flags;
    private long offset;
    private long leftBytes;

    ZeroWrite(Execution execution, long offset, long lengthBytes, Set<Flag> flags) {
        super(execution);
        this.medium = execution.device().medium();
        this.flags = flags;
        this.offset = offset;
        this.leftBytes = lengthBytes;
    }

    @Override
    protected CompletionStage<?> step() {
        if (leftBytes == 0) {
            return end();
        }
        long at = offset;
        long bytes = Math.min(leftBytes, PIECE_BYTES);
        offset += bytes;
        leftBytes -= bytes;
        return medium(medium.writeZeroes(at, bytes, flags));
    }

    @Override
    protected void release() {}
}
