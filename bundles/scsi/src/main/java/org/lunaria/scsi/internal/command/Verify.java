package org.lunaria.scsi.internal.command;

import java.nio.ByteBuffer;
import java.util.Optional;
import org.lunaria.scsi.ScsiStatus;
import org.lunaria.scsi.SenseCode;
import org.lunaria.scsi.internal.page.BitField;
import org.lunaria.scsi.internal.page.Geometry;

/** VERIFY (10), (12) and (16) (SBC-3 5.29 to 5.31). */
final class Verify implements Handler {

    /** BYTCHK: what the medium is compared with. */
    enum ByteCheck {
        /** With nothing: that the medium can be read is what counts. */
        NONE,
        /** With as many blocks from the initiator. */
        EACH_BLOCK,
        RESERVED,
        /** With one block from the initiator, again and again. */
        ONE_BLOCK
    }

    private final BitField logicalBlockAddress;
    private final BitField verificationLength;
    private final BitField byteCheck;

    Verify(Cdb cdb) {
        logicalBlockAddress = cdb.place(FieldName.LOGICAL_BLOCK_ADDRESS);
        verificationLength = cdb.place(FieldName.VERIFICATION_LENGTH);
        byteCheck = cdb.place(FieldName.BYTCHK);
    }

    @Override
    public void handle(Execution execution) {
        byte[] cdb = execution.cdb();
        Geometry geometry = execution.device().geometry();
        long lbaFirst = logicalBlockAddress.get(cdb);
        long count = verificationLength.get(cdb);
        if (execution.isOutOfRange(geometry, lbaFirst, count)) {
            return;
        }
        long offset = lbaFirst * geometry.blockBytes();
        long length = count * geometry.blockBytes();
        switch (ByteCheck.values()[(int) byteCheck.get(cdb)]) {
            case NONE -> verify(execution, geometry, offset, length, Expected.nothing());
            case EACH_BLOCK -> {
                if (execution.isTooLong(geometry, verificationLength, count)) {
                    return;
                }
                long fits = execution.expectDataOut(length);
                if (fits % geometry.blockBytes() != 0) {
                    execution.refuse(SenseCode.INVALID_FIELD_IN_COMMAND_INFORMATION_UNIT);
                } else {
                    verify(execution, geometry, offset, fits, new Expected.EachBlock(execution));
                }
            }
            case RESERVED -> execution.refuseField(byteCheck);
            case ONE_BLOCK -> {
                int wanted = count == 0 ? 0 : geometry.blockBytes();
                if (execution.expectDataOut(wanted) < wanted) {
                    execution.refuse(SenseCode.INVALID_FIELD_IN_COMMAND_INFORMATION_UNIT);
                } else {
                    execution.perform(new ParameterList(
                            execution,
                            wanted,
                            block -> verify(execution, geometry, offset, length, new Expected.OneBlock(block))));
                }
            }
        }
    }

    private static void verify(Execution execution, Geometry geometry, long offset, long length, Expected expected) {
        if (length == 0) {
            execution.good();
            return;
        }
        Optional<ByteBuffer> scratch = ScratchBuffers.SHARED.take();
        if (scratch.isEmpty()) {
            execution.refuse(ScsiStatus.BUSY);
            return;
        }
        execution.perform(new Verification(execution, geometry, scratch.get(), offset, length, expected));
    }
}
