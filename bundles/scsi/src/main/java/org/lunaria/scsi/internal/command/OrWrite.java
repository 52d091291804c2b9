package org.lunaria.scsi.internal.command;

import java.nio.ByteBuffer;
import java.util.Optional;
import org.lunaria.scsi.internal.page.BitField;
import org.lunaria.scsi.internal.page.Geometry;

/**
 * ORWRITE (16) (SBC-4): bits that are set in the data are set in the blocks, and no other command is at work on these
 * meanwhile.
 */
final class OrWrite implements Handler {
    private final BitField logicalBlockAddress;
    private final BitField transferLength;
    private final BitField forceUnitAccess;

    OrWrite(Cdb cdb) {
        logicalBlockAddress = cdb.place(FieldName.LOGICAL_BLOCK_ADDRESS);
        transferLength = cdb.place(FieldName.TRANSFER_LENGTH);
        forceUnitAccess = cdb.place(FieldName.FUA);
    }

    @Override
    public void handle(Execution execution) {
        byte[] cdb = execution.cdb();
        Device device = execution.device();
        Geometry geometry = device.geometry();
        long lbaFirst = logicalBlockAddress.get(cdb);
        long blockCount = transferLength.get(cdb);
        long fits = execution.expectBlocksOut(geometry, lbaFirst, transferLength, blockCount);
        if (fits == 0) {
            return;
        }
        Optional<ByteBuffer> scratch = execution.scratchOrBusy();
        if (scratch.isEmpty()) {
            return;
        }
        boolean durable = forceUnitAccess.isSet(cdb) || !device.writeCache();
        Blocks blocks = new Blocks(lbaFirst, fits / geometry.blockBytes());
        execution.perform(new OrWriteTransfer(execution, geometry, scratch.get(), blocks, durable));
    }
}
