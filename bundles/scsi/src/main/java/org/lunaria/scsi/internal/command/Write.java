package org.lunaria.scsi.internal.command;

import org.lunaria.scsi.internal.page.BitField;
import org.lunaria.scsi.internal.page.Geometry;

/**
 * WRITE (6), (10), (12) and (16) (SBC-3 5.31 to 5.34). Of data that is shorter than the CDB says, whole blocks are written;
 * a part of a block is refused.
 */
final class Write implements Handler {
    private final BitField logicalBlockAddress;
    private final BitField transferLength;
    private final BitField forceUnitAccess;
    private final int blocksForZero;

    Write(Cdb cdb) {
        logicalBlockAddress = cdb.place(FieldName.LOGICAL_BLOCK_ADDRESS);
        transferLength = cdb.place(FieldName.TRANSFER_LENGTH);
        forceUnitAccess = cdb.optionalPlace(FieldName.FUA);
        blocksForZero = Read.blocksForZero(cdb);
    }

    @Override
    public void handle(Execution execution) {
        byte[] cdb = execution.cdb();
        Device device = execution.device();
        Geometry geometry = device.geometry();
        long lbaFirst = logicalBlockAddress.get(cdb);
        long length = transferLength.get(cdb);
        long blockCount = length == 0 ? blocksForZero : length;
        long fits = execution.expectBlocksOut(geometry, lbaFirst, transferLength, blockCount);
        if (fits == 0) {
            return;
        }
        boolean durable = forceUnitAccess.isSet(cdb) || !device.writeCache();
        execution.perform(new WriteTransfer(execution, geometry, lbaFirst * geometry.blockBytes(), fits, durable));
    }
}
