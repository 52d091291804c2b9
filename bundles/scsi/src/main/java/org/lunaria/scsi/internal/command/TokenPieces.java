package org.lunaria.scsi.internal.command;

import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/** The blocks that a token stands for, from an offset on, to ranges of the unit, in pieces. Confined to the task's executor. */
final class TokenPieces implements CopyFlow.Pieces {
    private final Execution execution;
    private final Deque<Blocks> ranges;
    private final RodSource source;
    private final Access reader;
    private final int blockBytes;
    private long offset;

    /** Blocks of the first range that have a piece. */
    private long begun;

    /** @param offset in bytes of the token; together with all ranges within the token, and whole blocks of both units */
    TokenPieces(Execution execution, List<Blocks> ranges, RodSource source, Access reader, long offset) {
        this.execution = execution;
        this.ranges = new ArrayDeque<>(ranges);
        this.source = source;
        this.reader = reader;
        this.offset = offset;
        this.blockBytes = execution.device().geometry().blockBytes();
    }

    @Override
    public boolean isEmpty() {
        return ranges.isEmpty();
    }

    @Override
    public CopyPiece next(ByteBuffer buffer) {
        Blocks range = ranges.peek();
        RodSource.Place from = source.place(offset);
        long left = (range.count() - begun) * blockBytes;
        int bytes = (int) Math.min(Math.min(left, from.lengthBytes()), buffer.capacity());
        BlockPiece piece = new BlockPiece(
                execution,
                buffer,
                bytes,
                new BlockPiece.Place(reader, source.blockBytes(), from.lbaFirst()),
                new BlockPiece.Place(execution.access(), blockBytes, range.lbaFirst() + begun));
        offset += bytes;
        begun += bytes / blockBytes;
        if (begun == range.count()) {
            ranges.remove();
            begun = 0;
        }
        return piece;
    }
}
