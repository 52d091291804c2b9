package org.lunaria.scsi.internal.command;

import java.nio.ByteBuffer;
import org.lunaria.scsi.internal.page.BitField;
import org.lunaria.scsi.internal.page.Geometry;

/** READ CAPACITY (16) (SBC-3 5.16). No protection information; the lowest aligned LBA is 0. */
final class ReadCapacity16 implements Handler {
    private static final int LENGTH_BYTES = 32;
    private static final int LBPME_AND_LBPRZ = 0xC0;

    private final BitField allocationLength;

    ReadCapacity16(Cdb cdb) {
        allocationLength = cdb.place(FieldName.ALLOCATION_LENGTH);
    }

    @Override
    public void handle(Execution execution) {
        Geometry geometry = execution.device().geometry();
        byte[] data = ByteBuffer.allocate(LENGTH_BYTES)
                .putLong(geometry.blockCount() - 1)
                .putInt(geometry.blockBytes())
                .put((byte) 0)
                .put((byte) geometry.physicalExponent())
                .put((byte) (geometry.unmaps() ? LBPME_AND_LBPRZ : 0))
                .array();
        execution.good(data, allocationLength.get(execution.cdb()));
    }
}
