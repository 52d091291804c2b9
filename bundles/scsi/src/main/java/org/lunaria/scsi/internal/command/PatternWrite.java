package org.lunaria.scsi.internal.command;

import java.nio.ByteBuffer;
import java.util.concurrent.CompletionStage;
import org.lunaria.scsi.internal.page.Geometry;
import org.lunaria.scsi.internal.slot.Medium;

/** Writes one block over and over, as many copies at a time as the pattern buffer holds. */
final class PatternWrite extends Procedure {
    private final Medium medium;
    private final ByteBuffer pattern;
    private final int patternBytes;
    private long offset;
    private long leftBytes;
    private boolean mustFlush;

    /**
     * @param pattern a scratch buffer, given back at the end
     */
    PatternWrite(
            Execution execution, Geometry geometry, ByteBuffer pattern, byte[] block, long offset, long lengthBytes) {
        super(execution);
        Device device = execution.device();
        this.medium = device.medium();
        this.pattern = pattern;
        this.offset = offset;
        this.leftBytes = lengthBytes;
        this.mustFlush = !device.writeCache();
        int room = Math.min(pattern.capacity(), geometry.maxTransferBytes());
        this.patternBytes = (int) Math.min(lengthBytes, room - room % block.length);
        while (pattern.position() < patternBytes) {
            pattern.put(block);
        }
    }

    @Override
    protected CompletionStage<?> step() {
        if (leftBytes > 0) {
            long at = offset;
            int bytes = (int) Math.min(leftBytes, patternBytes);
            offset += bytes;
            leftBytes -= bytes;
            return medium(medium.write(at, pattern.clear().limit(bytes), WriteTransfer.PLAIN));
        }
        if (mustFlush) {
            mustFlush = false;
            return medium(medium.flush());
        }
        return end();
    }

    @Override
    protected void release() {
        ScratchBuffers.SHARED.give(pattern);
    }
}
