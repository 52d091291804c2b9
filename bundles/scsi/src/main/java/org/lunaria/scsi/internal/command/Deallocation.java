package org.lunaria.scsi.internal.command;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import org.lunaria.backend.BlockBackend.Flag;
import org.lunaria.scsi.internal.page.Geometry;
import org.lunaria.scsi.internal.slot.Medium;

/**
 * Deallocates ranges so that they read as zeroes, as LBPRZ says: whole units of the store's granularity are unmapped, and
 * what is left before and behind them is zeroed, since a store may keep the bytes there.
 */
final class Deallocation extends Procedure {
    private static final Set<Flag> MAY_UNMAP = Set.of(Flag.MAY_UNMAP);

    private record Piece(long offset, long lengthBytes, boolean aligned) {}

    private final Medium medium;
    private final long granularityBytes;
    private final Deque<Piece> pieces = new ArrayDeque<>();
    private boolean mustFlush;

    Deallocation(Execution execution, Geometry geometry, boolean durable) {
        super(execution);
        this.medium = execution.device().medium();
        this.granularityBytes = (long) geometry.unmapBlocks() * geometry.blockBytes();
        this.mustFlush = durable;
    }

    /** Adds a range that is to be deallocated; before {@link Execution#perform}. */
    void add(long offset, long lengthBytes) {
        long end = offset + lengthBytes;
        long alignedFirst = Math.min(end, roundUp(offset));
        long alignedEnd = Math.max(alignedFirst, end - end % granularityBytes);
        addPiece(offset, alignedFirst, false);
        addPiece(alignedFirst, alignedEnd, true);
        addPiece(alignedEnd, end, false);
    }

    private void addPiece(long first, long end, boolean aligned) {
        if (end > first) {
            pieces.add(new Piece(first, end - first, aligned));
        }
    }

    private long roundUp(long offset) {
        return (offset + granularityBytes - 1) / granularityBytes * granularityBytes;
    }

    @Override
    protected CompletionStage<?> step() {
        Piece piece = pieces.poll();
        if (piece != null) {
            return medium(
                    piece.aligned()
                            ? medium.unmap(piece.offset(), piece.lengthBytes())
                            : medium.writeZeroes(piece.offset(), piece.lengthBytes(), MAY_UNMAP));
        }
        if (mustFlush) {
            mustFlush = false;
            return medium(medium.flush());
        }
        return end();
    }

    @Override
    protected void release() {}
}
