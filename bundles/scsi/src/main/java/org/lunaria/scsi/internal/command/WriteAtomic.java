package org.lunaria.scsi.internal.command;

import java.nio.ByteBuffer;
import java.util.Optional;
import org.lunaria.scsi.ScsiStatus;
import org.lunaria.scsi.SenseCode;
import org.lunaria.scsi.internal.page.BitField;
import org.lunaria.scsi.internal.page.Geometry;

/**
 * WRITE ATOMIC (16) (SBC-4): after a loss of power or a crash all of the blocks are the new ones or none is, and no other
 * command sees some of each.
 *
 * <p>An ATOMIC BOUNDARY says that it may be done in several atomic operations of so many blocks: here it is one all the same,
 * which is more than was asked for.
 */
final class WriteAtomic implements Handler {
    private final BitField logicalBlockAddress;
    private final BitField atomicBoundary;
    private final BitField transferLength;
    private final BitField forceUnitAccess;

    WriteAtomic(Cdb cdb) {
        logicalBlockAddress = cdb.place(FieldName.LOGICAL_BLOCK_ADDRESS);
        atomicBoundary = cdb.place(FieldName.ATOMIC_BOUNDARY);
        transferLength = cdb.place(FieldName.TRANSFER_LENGTH);
        forceUnitAccess = cdb.place(FieldName.FUA);
    }

    @Override
    public void handle(Execution execution) {
        byte[] cdb = execution.cdb();
        Device device = execution.device();
        Geometry geometry = device.geometry();
        Blocks blocks = new Blocks(logicalBlockAddress.get(cdb), transferLength.get(cdb));
        if (execution.isOutOfRange(geometry, blocks.lbaFirst(), blocks.count())) {
            return;
        }
        if (atomicBoundary.get(cdb) > geometry.atomicBlocks()) {
            execution.refuseField(atomicBoundary);
            return;
        }
        if (blocks.count() > geometry.atomicBlocks()) {
            execution.refuseField(transferLength);
            return;
        }
        long wanted = blocks.count() * geometry.blockBytes();
        if (execution.expectDataOut(wanted) < wanted) {
            // A part of the blocks is what the command is there to prevent.
            execution.refuse(SenseCode.INVALID_FIELD_IN_COMMAND_INFORMATION_UNIT);
            return;
        }
        if (wanted == 0) {
            execution.good();
            return;
        }
        boolean durable = forceUnitAccess.isSet(cdb) || !device.writeCache();
        if (wanted <= execution.data().chunkBytes()) {
            execution.perform(new AtomicTransfer(execution, geometry, blocks, Optional.empty(), durable));
            return;
        }
        Optional<ByteBuffer> whole = ScratchBuffers.WHOLE.take();
        if (whole.isEmpty()) {
            execution.refuse(ScsiStatus.BUSY);
            return;
        }
        execution.perform(new AtomicTransfer(execution, geometry, blocks, whole, durable));
    }
}
