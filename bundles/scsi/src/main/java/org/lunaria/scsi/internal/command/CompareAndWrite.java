package org.lunaria.scsi.internal.command;

import org.lunaria.scsi.SenseCode;
import org.lunaria.scsi.internal.page.BitField;
import org.lunaria.scsi.internal.page.Geometry;
import org.lunaria.scsi.internal.page.Limits;

/**
 * COMPARE AND WRITE (SBC-4): if the blocks are as the first half of the data says, they become as the second half says, and
 * no other command is at work on them meanwhile. Clusters take their locks with it.
 */
final class CompareAndWrite implements Handler {
    private final BitField logicalBlockAddress;
    private final BitField blockCount;
    private final BitField forceUnitAccess;

    CompareAndWrite(Cdb cdb) {
        logicalBlockAddress = cdb.place(FieldName.LOGICAL_BLOCK_ADDRESS);
        blockCount = cdb.place(FieldName.NUMBER_OF_LOGICAL_BLOCKS);
        forceUnitAccess = cdb.place(FieldName.FUA);
    }

    @Override
    public void handle(Execution execution) {
        byte[] cdb = execution.cdb();
        Device device = execution.device();
        Geometry geometry = device.geometry();
        Blocks blocks = new Blocks(logicalBlockAddress.get(cdb), blockCount.get(cdb));
        if (execution.isOutOfRange(geometry, blocks.lbaFirst(), blocks.count())) {
            return;
        }
        if (blocks.count() > Limits.compareAndWriteBlocks(geometry.blockBytes())) {
            execution.refuseField(blockCount);
            return;
        }
        long wanted = 2 * blocks.count() * geometry.blockBytes();
        execution.expectDataOut(wanted);
        if (wanted == 0) {
            compareNothing(execution);
            return;
        }
        if (execution.data().dataOutBytes() != wanted) {
            execution.refuse(SenseCode.INVALID_FIELD_IN_COMMAND_INFORMATION_UNIT);
            return;
        }
        boolean durable = forceUnitAccess.isSet(cdb) || !device.writeCache();
        execution.perform(new CompareAndWriteTransfer(execution, geometry, blocks, durable));
    }

    /** No block is no error. But who sends data with it meant 256, which the field cannot say, and must not think them done. */
    private void compareNothing(Execution execution) {
        if (execution.data().dataOutBytes() == 0) {
            execution.good();
        } else {
            execution.refuseField(blockCount);
        }
    }
}
