package org.lunaria.scsi.internal.command;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import org.lunaria.scsi.ScsiStatus;
import org.lunaria.scsi.SenseCode;
import org.lunaria.scsi.internal.copy.CopyLimits;
import org.lunaria.scsi.internal.copy.CopyList;
import org.lunaria.scsi.internal.copy.CopyListFormat;
import org.lunaria.scsi.internal.copy.CopyOperation;
import org.lunaria.scsi.internal.copy.InvalidCopyList;
import org.lunaria.scsi.internal.page.BitField;

/** EXTENDED COPY(LID1) and (LID4) (SPC-4 6.4, 6.5). The list is checked whole before anything is done. */
final class ExtendedCopy implements Handler {
    private final BitField parameterListLength;
    private final CopyListFormat format;
    private final int serviceAction;

    ExtendedCopy(Cdb cdb, CopyListFormat format, int serviceAction) {
        parameterListLength = cdb.place(FieldName.PARAMETER_LIST_LENGTH);
        this.format = format;
        this.serviceAction = serviceAction;
    }

    @Override
    public void handle(Execution execution) {
        long length = parameterListLength.get(execution.cdb());
        long fits = execution.expectDataOut(length);
        if (length == 0) {
            execution.good();
        } else if (length < format.headerBytes()
                || length > format.headerBytes() + CopyLimits.DESCRIPTOR_LIST_BYTES
                || fits < length) {
            execution.refuse(SenseCode.PARAMETER_LIST_LENGTH_ERROR);
        } else {
            execution.perform(new ParameterList(execution, (int) length, list -> copy(execution, list)));
        }
    }

    private void copy(Execution execution, byte[] bytes) {
        CopyList list;
        try {
            list = CopyList.of(format, bytes);
        } catch (InvalidCopyList e) {
            execution.refuse(e.sense());
            return;
        }
        Optional<CopyOperation> operation = begin(execution, list);
        if (operation.isEmpty()) {
            execution.refuse(SenseCode.OPERATION_IN_PROGRESS);
            return;
        }
        Optional<List<ByteBuffer>> buffers = CopyBuffers.SHARED.take();
        if (buffers.isEmpty()) {
            execution.access().copies().withdraw(operation.get());
            execution.refuse(ScsiStatus.BUSY);
            return;
        }
        execution.perform(new CopyProcedure(execution, list, operation.get(), buffers.get()));
    }

    /** Empty when a copy of the same list identifier is in progress. */
    private Optional<CopyOperation> begin(Execution execution, CopyList list) {
        return list.listIdentifier().isPresent()
                ? execution.access().copies().begin(list.listIdentifier().getAsLong(), serviceAction)
                : Optional.of(new CopyOperation(serviceAction));
    }
}
