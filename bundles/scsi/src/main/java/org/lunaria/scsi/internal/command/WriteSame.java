package org.lunaria.scsi.internal.command;

import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.Set;
import org.lunaria.backend.BlockBackend.Flag;
import org.lunaria.scsi.SenseCode;
import org.lunaria.scsi.internal.page.BitField;
import org.lunaria.scsi.internal.page.Geometry;
import org.lunaria.scsi.internal.page.Limits;

/**
 * WRITE SAME (10) and (16) (SBC-3 5.42, 5.43). A block of zeroes is left to the store, which may deallocate for UNMAP; any
 * other block is written again and again, with UNMAP too, as the standard has it for LBPRZ.
 */
final class WriteSame implements Handler {
    private final BitField logicalBlockAddress;
    private final BitField blockCount;
    private final BitField unmap;
    private final BitField noDataOut;

    WriteSame(Cdb cdb) {
        logicalBlockAddress = cdb.place(FieldName.LOGICAL_BLOCK_ADDRESS);
        blockCount = cdb.place(FieldName.NUMBER_OF_LOGICAL_BLOCKS);
        unmap = cdb.place(FieldName.UNMAP);
        noDataOut = cdb.optionalPlace(FieldName.NDOB);
    }

    @Override
    public void handle(Execution execution) {
        byte[] cdb = execution.cdb();
        Geometry geometry = execution.device().geometry();
        long count = blockCount.get(cdb);
        if (execution.isOutOfRange(geometry, logicalBlockAddress.get(cdb), count)) {
            return;
        }
        // WSNZ: zero does not mean "to the end".
        if (count == 0 || count > Limits.WRITE_SAME_BLOCKS) {
            execution.refuseField(blockCount);
            return;
        }
        if (unmap.isSet(cdb) && !geometry.unmaps()) {
            execution.refuseField(unmap);
            return;
        }
        if (noDataOut.isSet(cdb)) {
            execution.expectDataOut(0);
            writeZeroes(execution, geometry);
            return;
        }
        int blockBytes = geometry.blockBytes();
        execution.expectDataOut(blockBytes);
        if (execution.data().dataOutBytes() != blockBytes) {
            execution.refuse(SenseCode.INVALID_FIELD_IN_COMMAND_INFORMATION_UNIT);
            return;
        }
        execution.perform(new ParameterList(execution, blockBytes, block -> write(execution, geometry, block)));
    }

    private void write(Execution execution, Geometry geometry, byte[] block) {
        if (isZero(block)) {
            writeZeroes(execution, geometry);
            return;
        }
        Optional<ByteBuffer> scratch = execution.scratchOrBusy();
        if (scratch.isEmpty()) {
            return;
        }
        execution.perform(new PatternWrite(
                execution, geometry, scratch.get(), block, offset(execution, geometry), length(execution, geometry)));
    }

    private void writeZeroes(Execution execution, Geometry geometry) {
        boolean durable = !execution.device().writeCache();
        boolean mayUnmap = unmap.isSet(execution.cdb());
        Set<Flag> flags = mayUnmap
                ? durable ? Set.of(Flag.DURABLE, Flag.MAY_UNMAP) : Set.of(Flag.MAY_UNMAP)
                : durable ? WriteTransfer.DURABLE : WriteTransfer.PLAIN;
        execution.perform(new ZeroWrite(execution, offset(execution, geometry), length(execution, geometry), flags));
    }

    private long offset(Execution execution, Geometry geometry) {
        return logicalBlockAddress.get(execution.cdb()) * geometry.blockBytes();
    }

    private long length(Execution execution, Geometry geometry) {
        return blockCount.get(execution.cdb()) * geometry.blockBytes();
    }

    private static boolean isZero(byte[] block) {
        for (byte value : block) {
            if (value != 0) {
                return false;
            }
        }
        return true;
    }
}
