package org.lunaria.scsi.internal.command;

import org.lunaria.scsi.internal.page.BitField;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** SYNCHRONIZE CACHE (10) and (16) (SBC-3 5.24, 5.25). The whole cache is made durable, whatever the range. */
final class SynchronizeCache implements Handler {
    private static final Logger LOG = LoggerFactory.getLogger(SynchronizeCache.class);

    private final BitField logicalBlockAddress;
    private final BitField blockCount;
    private final BitField immediate;

    SynchronizeCache(Cdb cdb) {
        logicalBlockAddress = cdb.place(FieldName.LOGICAL_BLOCK_ADDRESS);
        blockCount = cdb.place(FieldName.NUMBER_OF_LOGICAL_BLOCKS);
        immediate = cdb.place(FieldName.IMMED);
    }

    @Override
    public void handle(Execution execution) {
        byte[] cdb = execution.cdb();
        Device device = execution.device();
        if (execution.isOutOfRange(device.geometry(), logicalBlockAddress.get(cdb), blockCount.get(cdb))) {
            return;
        }
        if (immediate.isSet(cdb)) {
            flushBehind(device);
            execution.good();
        } else {
            execution.perform(new Flush(execution, execution::good));
        }
    }

    /** Starts a flush that nobody waits for. */
    static void flushBehind(Device device) {
        device.medium().flush().whenComplete((done, failure) -> {
            if (failure != null) {
                LOG.warn("a flush failed after its command was answered (IMMED)", failure);
            }
        });
    }
}
