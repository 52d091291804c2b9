package org.lunaria.scsi.internal.command;

import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.lunaria.scsi.TaskResult;
import org.lunaria.scsi.internal.page.BitField;
import org.lunaria.scsi.internal.page.Limits;

/**
 * What the block device zero ROD token stands for, to ranges of the unit: WRITE SAME (16) without data, which deallocates
 * where the unit can. Confined to the task's executor.
 */
final class ZeroPieces implements CopyFlow.Pieces {
    private static final int CDB_BYTES = 16;
    private static final int WRITE_SAME_16 = 0x93;
    private static final BitField UNMAP = new BitField(1, 3, 1);
    private static final BitField NDOB = new BitField(1, 0, 1);
    private static final BitField LOGICAL_BLOCK_ADDRESS = BitField.bytes(2, 8);
    private static final BitField NUMBER_OF_LOGICAL_BLOCKS = BitField.bytes(10, 4);

    private final Execution execution;
    private final Deque<Blocks> ranges;
    private long begun;

    ZeroPieces(Execution execution, List<Blocks> ranges) {
        this.execution = execution;
        this.ranges = new ArrayDeque<>(ranges);
    }

    @Override
    public boolean isEmpty() {
        return ranges.isEmpty();
    }

    @Override
    public CopyPiece next(ByteBuffer buffer) {
        Blocks range = ranges.peek();
        Blocks part = new Blocks(range.lbaFirst() + begun, Math.min(range.count() - begun, Limits.WRITE_SAME_BLOCKS));
        begun += part.count();
        if (begun == range.count()) {
            ranges.remove();
            begun = 0;
        }
        return new Zeroing(execution, buffer, part);
    }

    private static final class Zeroing implements CopyPiece {
        private final ByteBuffer buffer;
        private final int lengthBytes;
        private final CopyCommand command;

        Zeroing(Execution by, ByteBuffer buffer, Blocks part) {
            byte[] cdb = new byte[CDB_BYTES];
            cdb[0] = (byte) WRITE_SAME_16;
            UNMAP.put(cdb, by.device().geometry().unmaps() ? 1 : 0);
            NDOB.put(cdb, 1);
            LOGICAL_BLOCK_ADDRESS.put(cdb, part.lbaFirst());
            NUMBER_OF_LOGICAL_BLOCKS.put(cdb, part.count());
            this.buffer = buffer;
            this.lengthBytes = (int) part.count() * by.device().geometry().blockBytes();
            this.command = new CopyCommand(by, by.access(), cdb, CopyTransfer.none());
        }

        @Override
        public ByteBuffer buffer() {
            return buffer;
        }

        @Override
        public int lengthBytes() {
            return lengthBytes;
        }

        @Override
        public boolean isWriting() {
            return true;
        }

        @Override
        public void send(Consumer<Optional<TaskResult>> ended) {
            command.start(ended);
        }

        @Override
        public boolean isWhole() {
            return true;
        }

        @Override
        public boolean advance() {
            return false;
        }

        @Override
        public void abort() {
            command.abort();
        }
    }
}
