package org.lunaria.scsi.internal.command;

import java.util.Optional;
import org.lunaria.scsi.SenseCode;
import org.lunaria.scsi.internal.buffer.DataBuffer;
import org.lunaria.scsi.internal.buffer.EchoBuffer;
import org.lunaria.scsi.internal.page.BitField;

/** WRITE BUFFER (SPC-4 6.49): of the data buffer, which has number 0, and of the echo buffer of the nexus. */
final class WriteBuffer implements Handler {
    private final BitField mode;
    private final BitField bufferId;
    private final BitField bufferOffset;
    private final BitField parameterListLength;

    WriteBuffer(Cdb cdb) {
        mode = cdb.place(FieldName.MODE);
        bufferId = cdb.place(FieldName.BUFFER_ID);
        bufferOffset = cdb.place(FieldName.BUFFER_OFFSET);
        parameterListLength = cdb.place(FieldName.PARAMETER_LIST_LENGTH);
    }

    @Override
    public void handle(Execution execution) {
        Optional<BufferMode> asked = BufferMode.ofWrite(mode.get(execution.cdb()));
        if (asked.isEmpty()) {
            execution.refuseField(mode);
        } else if (asked.get() == BufferMode.ECHO_BUFFER) {
            echo(execution);
        } else {
            data(execution);
        }
    }

    private void data(Execution execution) {
        byte[] cdb = execution.cdb();
        if (bufferId.isSet(cdb)) {
            execution.refuseField(bufferId);
            return;
        }
        int offset = (int) bufferOffset.get(cdb);
        if (offset >= DataBuffer.CAPACITY_BYTES) {
            execution.refuseField(bufferOffset);
            return;
        }
        if (!expects(execution, DataBuffer.CAPACITY_BYTES - offset)) {
            return;
        }
        DataBuffer buffer = execution.device().dataBuffer();
        int[] at = {offset};
        execution.perform(new DataOut(
                execution,
                (int) parameterListLength.get(cdb),
                piece -> {
                    int bytes = piece.remaining();
                    buffer.write(at[0], piece);
                    at[0] += bytes;
                },
                execution::good));
    }

    /** The number and the offset mean nothing here. */
    private void echo(Execution execution) {
        if (!expects(execution, EchoBuffer.CAPACITY_BYTES)) {
            return;
        }
        int length = (int) parameterListLength.get(execution.cdb());
        execution.perform(new ParameterList(execution, length, bytes -> {
            execution.access().echoBuffer().write(bytes);
            execution.good();
        }));
    }

    /** Whether the list fits and comes whole; else the command is answered. */
    private boolean expects(Execution execution, int roomBytes) {
        long length = parameterListLength.get(execution.cdb());
        if (length > roomBytes) {
            execution.refuseField(parameterListLength);
            return false;
        }
        if (execution.expectDataOut(length) < length) {
            execution.refuse(SenseCode.PARAMETER_LIST_LENGTH_ERROR);
            return false;
        }
        return true;
    }
}
