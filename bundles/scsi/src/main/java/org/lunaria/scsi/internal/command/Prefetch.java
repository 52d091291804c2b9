package org.lunaria.scsi.internal.command;

import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Semaphore;
import org.lunaria.backend.Completions;
import org.lunaria.scsi.ScsiStatus;
import org.lunaria.scsi.internal.page.BitField;
import org.lunaria.scsi.internal.page.Geometry;
import org.lunaria.scsi.internal.slot.Medium;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * PRE-FETCH (10) and (16) (SBC-4): reads blocks, so that they are in the cache of the store. CONDITION MET says that all
 * of them fit there; of more, as many as fit are read, and the status is GOOD. Nothing is collected for a GROUP NUMBER, which
 * is disregarded: it would be a pity to refuse a hint for it.
 */
final class Prefetch implements Handler {
    private static final Logger LOG = LoggerFactory.getLogger(Prefetch.class);

    /** What is taken to fit: the cache is the kernel's, and nobody knows how much of it one command may ask for. */
    static final int CACHE_BYTES = 16 << 20;

    /** Commands whose blocks are read after they were answered (IMMED), of the whole engine; one more is answered BUSY. */
    private static final Semaphore BEHIND = new Semaphore(8);

    private final BitField logicalBlockAddress;
    private final BitField prefetchLength;
    private final BitField immediate;

    Prefetch(Cdb cdb) {
        logicalBlockAddress = cdb.place(FieldName.LOGICAL_BLOCK_ADDRESS);
        prefetchLength = cdb.place(FieldName.PREFETCH_LENGTH);
        immediate = cdb.place(FieldName.IMMED);
    }

    @Override
    public void handle(Execution execution) {
        byte[] cdb = execution.cdb();
        Geometry geometry = execution.device().geometry();
        long lbaFirst = logicalBlockAddress.get(cdb);
        long length = prefetchLength.get(cdb);
        if (execution.isOutOfRange(geometry, lbaFirst, length)) {
            return;
        }
        long blockCount = length == 0 ? geometry.blockCount() - lbaFirst : length;
        boolean fits = blockCount <= CACHE_BYTES / geometry.blockBytes();
        boolean behind = immediate.isSet(cdb);
        if (behind && !BEHIND.tryAcquire()) {
            execution.refuse(ScsiStatus.BUSY);
            return;
        }
        Optional<ByteBuffer> scratch = ScratchBuffers.SHARED.take();
        if (scratch.isEmpty()) {
            if (behind) {
                BEHIND.release();
            }
            execution.refuse(ScsiStatus.BUSY);
            return;
        }
        Range range = new Range(
                execution.device().medium(),
                scratch.get(),
                Math.min(scratch.get().capacity(), geometry.maxTransferBytes()),
                lbaFirst * geometry.blockBytes(),
                Math.min(blockCount * geometry.blockBytes(), CACHE_BYTES));
        if (behind) {
            answer(execution, fits);
            range.readBehind();
        } else {
            execution.perform(new Reading(execution, range, fits));
        }
    }

    private static void answer(Execution execution, boolean fits) {
        if (fits) {
            execution.conditionMet();
        } else {
            execution.good();
        }
    }

    /** What is to be read, piece by piece; the bytes themselves are of no use. Owned by one reader. */
    private static final class Range {
        private final Medium medium;
        private final ByteBuffer scratch;
        private final int pieceBytes;
        private long offset;
        private long leftBytes;

        Range(Medium medium, ByteBuffer scratch, int pieceBytes, long offset, long lengthBytes) {
            this.medium = medium;
            this.scratch = scratch;
            this.pieceBytes = pieceBytes;
            this.offset = offset;
            this.leftBytes = lengthBytes;
        }

        CompletionStage<Void> readPiece() {
            long at = offset;
            int bytes = (int) Math.min(leftBytes, pieceBytes);
            offset += bytes;
            leftBytes -= bytes;
            return medium.read(at, scratch.clear().limit(bytes));
        }

        /** Reads for nobody who waits: at once what is there at once, else on the threads of the completions. */
        void readBehind() {
            while (leftBytes > 0) {
                CompletionStage<Void> read = readPiece();
                if (!Completions.isDone(read)) {
                    read.whenComplete((done, failure) -> {
                        if (failure == null) {
                            readBehind();
                        } else {
                            LOG.debug("a prefetch ended early", failure);
                            leftBytes = 0;
                            readBehind();
                        }
                    });
                    return;
                }
            }
            ScratchBuffers.SHARED.give(scratch);
            BEHIND.release();
        }
    }

    /** Reads, and then answers. */
    private static final class Reading extends Procedure {
        private final Execution execution;
        private final Range range;
        private final boolean fits;

        Reading(Execution execution, Range range, boolean fits) {
            super(execution);
            this.execution = execution;
            this.range = range;
            this.fits = fits;
        }

        @Override
        protected CompletionStage<?> step() {
            return range.leftBytes > 0 ? medium(range.readPiece()) : then(() -> answer(execution, fits));
        }

        @Override
        protected void release() {
            ScratchBuffers.SHARED.give(range.scratch);
        }
    }
}
