package org.lunaria.scsi.internal.command;

import java.nio.ByteBuffer;
import org.lunaria.scsi.SenseCode;
import org.lunaria.scsi.internal.page.BitField;
import org.lunaria.scsi.internal.page.FieldPointer;
import org.lunaria.scsi.internal.page.Geometry;
import org.lunaria.scsi.internal.page.Limits;
import org.lunaria.scsi.internal.page.Sense;

/** UNMAP (SBC-3 5.28). The list is checked whole before anything is deallocated. */
final class Unmap implements Handler {
    private static final int HEADER_BYTES = 8;
    private static final int DESCRIPTOR_BYTES = 16;
    private static final int DESCRIPTOR_DATA_LENGTH_AT = 2;
    private static final int BLOCK_COUNT_AT = 8;

    private final BitField parameterListLength;

    Unmap(Cdb cdb) {
        parameterListLength = cdb.place(FieldName.PARAMETER_LIST_LENGTH);
    }

    @Override
    public void handle(Execution execution) {
        int length = (int) parameterListLength.get(execution.cdb());
        int fits = (int) execution.expectDataOut(length);
        if (length == 0) {
            execution.good();
        } else if (fits < HEADER_BYTES) {
            execution.refuse(SenseCode.PARAMETER_LIST_LENGTH_ERROR);
        } else {
            execution.perform(new ParameterList(execution, fits, list -> unmap(execution, ByteBuffer.wrap(list))));
        }
    }

    private static void unmap(Execution execution, ByteBuffer list) {
        Device device = execution.device();
        Geometry geometry = device.geometry();
        int dataBytes = Short.toUnsignedInt(list.getShort(DESCRIPTOR_DATA_LENGTH_AT));
        if (dataBytes > list.limit() - HEADER_BYTES) {
            execution.refuse(SenseCode.PARAMETER_LIST_LENGTH_ERROR);
            return;
        }
        int descriptors = dataBytes / DESCRIPTOR_BYTES;
        if (descriptors > Limits.UNMAP_DESCRIPTORS) {
            execution.refuse(Sense.invalidField(FieldPointer.parameter(DESCRIPTOR_DATA_LENGTH_AT)));
            return;
        }
        Deallocation work = new Deallocation(execution, geometry, !device.writeCache());
        long blocks = 0;
        for (int i = 0; i < descriptors; i++) {
            int at = HEADER_BYTES + DESCRIPTOR_BYTES * i;
            long lbaFirst = list.getLong(at);
            long count = Integer.toUnsignedLong(list.getInt(at + BLOCK_COUNT_AT));
            blocks += count;
            if (blocks > Limits.UNMAP_BLOCKS) {
                execution.refuse(Sense.invalidField(FieldPointer.parameter(at + BLOCK_COUNT_AT)));
                return;
            }
            if (execution.isOutOfRange(geometry, lbaFirst, count)) {
                return;
            }
            work.add(lbaFirst * geometry.blockBytes(), count * geometry.blockBytes());
        }
        execution.perform(work);
    }
}
