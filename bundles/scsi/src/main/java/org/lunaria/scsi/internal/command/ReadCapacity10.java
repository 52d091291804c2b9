package org.lunaria.scsi.internal.command;

import java.nio.ByteBuffer;
import org.lunaria.scsi.internal.page.Geometry;

/** READ CAPACITY (10) (SBC-3 5.15). */
final class ReadCapacity10 implements Handler {
    private static final int LENGTH_BYTES = 8;
    private static final long ASK_READ_CAPACITY_16 = 0xFFFF_FFFFL;

    @Override
    public void handle(Execution execution) {
        Geometry geometry = execution.device().geometry();
        byte[] data = ByteBuffer.allocate(LENGTH_BYTES)
                .putInt((int) Math.min(geometry.blockCount() - 1, ASK_READ_CAPACITY_16))
                .putInt(geometry.blockBytes())
                .array();
        execution.good(data, LENGTH_BYTES);
    }
}
