package org.lunaria.scsi.internal.command;

import java.nio.ByteBuffer;
import java.util.Optional;
import org.lunaria.scsi.internal.page.BitField;
import org.lunaria.scsi.internal.page.Geometry;

/**
 * WRITE AND VERIFY (10), (12) and (16) (SBC-4): a WRITE whose blocks are on the medium and were read back from
 * there when it is answered.
 */
final class WriteAndVerify implements Handler {

    /** BYTCHK: that the medium can be read, or that it has what was sent. Its other values are reserved here. */
    private static final int READ_BACK = 0;

    private static final int COMPARE = 1;

    private final BitField logicalBlockAddress;
    private final BitField transferLength;
    private final BitField byteCheck;

    WriteAndVerify(Cdb cdb) {
        logicalBlockAddress = cdb.place(FieldName.LOGICAL_BLOCK_ADDRESS);
        transferLength = cdb.place(FieldName.TRANSFER_LENGTH);
        byteCheck = cdb.place(FieldName.BYTCHK);
    }

    @Override
    public void handle(Execution execution) {
        byte[] cdb = execution.cdb();
        Geometry geometry = execution.device().geometry();
        long check = byteCheck.get(cdb);
        if (check != READ_BACK && check != COMPARE) {
            execution.refuseField(byteCheck);
            return;
        }
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
        execution.perform(new VerifiedWriteTransfer(
                execution, geometry, scratch.get(), lbaFirst * geometry.blockBytes(), fits, check == COMPARE));
    }
}
