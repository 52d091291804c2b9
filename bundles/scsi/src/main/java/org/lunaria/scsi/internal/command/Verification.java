package org.lunaria.scsi.internal.command;

import java.nio.ByteBuffer;
import java.util.concurrent.CompletionStage;
import org.lunaria.scsi.SenseCode;
import org.lunaria.scsi.internal.page.Geometry;
import org.lunaria.scsi.internal.page.Sense;
import org.lunaria.scsi.internal.slot.Medium;

/**
 * Reads a range and compares it with what is expected. What is in a volatile cache reaches the medium first, because it is
 * the medium that is verified. The order is read, receive, compare, so that an abort while data is awaited finds no
 * operation under way.
 */
final class Verification extends Procedure {

    private enum Phase {
        FLUSH,
        READ,
        EXPECT,
        COMPARE
    }

    private final Execution execution;
    private final Medium medium;
    private final ByteBuffer found;
    private final int chunkBytes;
    private final Expected expected;

    private Phase phase;
    private long offset;
    private long leftBytes;
    private long verifiedBytes;

    /**
     * @param found a scratch buffer, given back at the end
     */
    Verification(
            Execution execution, Geometry geometry, ByteBuffer found, long offset, long length, Expected expected) {
        super(execution);
        this.execution = execution;
        this.medium = execution.device().medium();
        this.found = found;
        this.chunkBytes =
                Math.min(found.capacity(), Math.min(execution.data().chunkBytes(), geometry.maxTransferBytes()));
        this.expected = expected;
        this.phase = geometry.writable() ? Phase.FLUSH : Phase.READ;
        this.offset = offset;
        this.leftBytes = length;
    }

    @Override
    protected CompletionStage<?> step() {
        switch (phase) {
            case FLUSH -> {
                phase = Phase.READ;
                return medium(medium.flush());
            }
            case READ -> {
                if (leftBytes == 0) {
                    return end();
                }
                phase = Phase.EXPECT;
                return medium(medium.read(offset, found.clear().limit(pieceBytes())));
            }
            case EXPECT -> {
                phase = Phase.COMPARE;
                return transfer(expected.next(pieceBytes()));
            }
            case COMPARE -> {
                return compare();
            }
        }
        throw new IllegalStateException(phase.toString());
    }

    private CompletionStage<?> compare() {
        int bytes = pieceBytes();
        int wrong = expected.mismatch(found.clear().limit(bytes));
        if (wrong >= 0) {
            long at = verifiedBytes + wrong;
            return then(
                    () -> execution.refuse(Sense.withInformation(SenseCode.MISCOMPARE_DURING_VERIFY_OPERATION, at)));
        }
        offset += bytes;
        leftBytes -= bytes;
        verifiedBytes += bytes;
        phase = Phase.READ;
        return step();
    }

    private int pieceBytes() {
        return (int) Math.min(leftBytes, chunkBytes);
    }

    @Override
    protected void release() {
        expected.release();
        ScratchBuffers.SHARED.give(found);
    }
}
