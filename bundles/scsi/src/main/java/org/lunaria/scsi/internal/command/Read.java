package org.lunaria.scsi.internal.command;

import org.lunaria.scsi.internal.page.BitField;
import org.lunaria.scsi.internal.page.Geometry;

/** READ (6), (10), (12) and (16) (SBC-3 5.9 to 5.12). */
final class Read implements Handler {
    private final BitField logicalBlockAddress;
    private final BitField transferLength;
    private final BitField forceUnitAccess;
    private final int blocksForZero;

    Read(Cdb cdb) {
        logicalBlockAddress = cdb.place(FieldName.LOGICAL_BLOCK_ADDRESS);
        transferLength = cdb.place(FieldName.TRANSFER_LENGTH);
        forceUnitAccess = cdb.optionalPlace(FieldName.FUA);
        blocksForZero = blocksForZero(cdb);
    }

    /** A TRANSFER LENGTH of zero is 256 blocks for READ (6) and WRITE (6), and none for the others. */
    static int blocksForZero(Cdb cdb) {
        return cdb.lengthBytes() == 6 ? 256 : 0;
    }

    @Override
    public void handle(Execution execution) {
        byte[] cdb = execution.cdb();
        Geometry geometry = execution.device().geometry();
        long lbaFirst = logicalBlockAddress.get(cdb);
        long length = transferLength.get(cdb);
        long blockCount = length == 0 ? blocksForZero : length;
        if (execution.isOutOfRange(geometry, lbaFirst, blockCount)
                || execution.isTooLong(geometry, transferLength, blockCount)) {
            return;
        }
        long fits = execution.expectDataIn(blockCount * geometry.blockBytes());
        if (fits == 0) {
            execution.good();
            return;
        }
        execution.perform(new ReadTransfer(
                execution, geometry, lbaFirst * geometry.blockBytes(), fits, forceUnitAccess.isSet(cdb)));
    }
}
