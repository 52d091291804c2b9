package org.lunaria.scsi.internal.command;

import java.nio.ByteBuffer;
import org.lunaria.scsi.internal.copy.Segment.BlockToBlock;
import org.lunaria.scsi.internal.page.Geometry;

/** What is left of a segment, in pieces. Confined to the task's executor. */
final class CopyRange implements CopyFlow.Pieces {
    private final Execution by;
    private final Access source;
    private final Access destination;
    private final int sourceBlockBytes;
    private final int destinationBlockBytes;
    private final long sourceLba;
    private final long destinationLba;
    private final boolean overlaps;

    /** Bytes within the segment that no piece has yet: from the beginning, or up to the end. */
    private long first;

    private long end;

    /** @param segment that is whole blocks of both units */
    CopyRange(Execution by, BlockToBlock segment, Access source, Access destination) {
        Geometry from = source.device().orElseThrow().geometry();
        Geometry to = destination.device().orElseThrow().geometry();
        this.by = by;
        this.source = source;
        this.destination = destination;
        this.sourceBlockBytes = from.blockBytes();
        this.destinationBlockBytes = to.blockBytes();
        this.sourceLba = segment.sourceLba();
        this.destinationLba = segment.destinationLba();
        this.end = bytes(segment, from, to);
        this.overlaps = source.device().equals(destination.device())
                && Math.abs(sourceLba - destinationLba) < end / sourceBlockBytes;
    }

    /** How much a segment is. */
    static long bytes(BlockToBlock segment, Geometry from, Geometry to) {
        return (long) segment.blockCount() * (segment.countsDestination() ? to : from).blockBytes();
    }

    /** Whether it is within one unit, and what is written is read as well. */
    boolean overlaps() {
        return overlaps;
    }

    @Override
    public boolean isEmpty() {
        return first == end;
    }

    @Override
    public CopyPiece next(ByteBuffer buffer) {
        int bytes = (int) Math.min(end - first, buffer.capacity());
        long at;
        if (overlaps && destinationLba > sourceLba) {
            end -= bytes;
            at = end;
        } else {
            at = first;
            first += bytes;
        }
        return new BlockPiece(
                by,
                buffer,
                bytes,
                new BlockPiece.Place(source, sourceBlockBytes, sourceLba + at / sourceBlockBytes),
                new BlockPiece.Place(destination, destinationBlockBytes, destinationLba + at / destinationBlockBytes));
    }
}
