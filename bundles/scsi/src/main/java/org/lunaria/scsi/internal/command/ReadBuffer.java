package org.lunaria.scsi.internal.command;

import java.util.Optional;
import org.lunaria.scsi.SenseCode;
import org.lunaria.scsi.internal.buffer.DataBuffer;
import org.lunaria.scsi.internal.buffer.EchoBuffer;
import org.lunaria.scsi.internal.page.BitField;

/** READ BUFFER (10) (SPC-4 6.20): of the data buffer, which has number 0, and of the echo buffer of the nexus. */
final class ReadBuffer implements Handler {
    private static final BitField BUFFER_CAPACITY = BitField.bytes(1, 3);
    private static final BitField ECHO_BUFFER_CAPACITY = new BitField(2, 4, 13);

    /** An echo buffer is its nexus' own, or the nexus is told that it was overwritten. */
    private static final BitField EBOS = new BitField(0, 0, 1);

    private static final int DESCRIPTOR_BYTES = 4;

    private final BitField mode;
    private final BitField bufferId;
    private final BitField bufferOffset;
    private final BitField allocationLength;

    ReadBuffer(Cdb cdb) {
        mode = cdb.place(FieldName.MODE);
        bufferId = cdb.place(FieldName.BUFFER_ID);
        bufferOffset = cdb.place(FieldName.BUFFER_OFFSET);
        allocationLength = cdb.place(FieldName.ALLOCATION_LENGTH);
    }

    @Override
    public void handle(Execution execution) {
        Optional<BufferMode> asked = BufferMode.ofRead(mode.get(execution.cdb()));
        if (asked.isEmpty()) {
            execution.refuseField(mode);
            return;
        }
        switch (asked.get()) {
            case DATA -> data(execution);
            case DESCRIPTOR -> descriptor(execution);
            case ECHO_BUFFER -> echo(execution);
            case ECHO_BUFFER_DESCRIPTOR -> echoDescriptor(execution);
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
        long wanted = Math.min(DataBuffer.CAPACITY_BYTES - offset, allocationLength.get(cdb));
        DataBuffer buffer = execution.device().dataBuffer();
        execution.perform(new DataIn(
                execution,
                (int) execution.expectDataIn(wanted),
                (sentBytes, target) -> buffer.read(offset + sentBytes, target)));
    }

    /** OFFSET BOUNDARY is zero: any byte. */
    private void descriptor(Execution execution) {
        if (bufferOffset.isSet(execution.cdb())) {
            execution.refuseField(bufferOffset);
            return;
        }
        byte[] descriptor = new byte[DESCRIPTOR_BYTES];
        if (!bufferId.isSet(execution.cdb())) {
            BUFFER_CAPACITY.put(descriptor, DataBuffer.CAPACITY_BYTES);
        }
        execution.good(descriptor, allocationLength.get(execution.cdb()));
    }

    private void echo(Execution execution) {
        EchoBuffer.Contents contents = execution.access().echoBuffer().read();
        switch (contents.state()) {
            case EMPTY -> execution.refuse(SenseCode.COMMAND_SEQUENCE_ERROR);
            case OVERWRITTEN -> execution.refuse(SenseCode.ECHO_BUFFER_OVERWRITTEN);
            case WRITTEN -> execution.good(contents.bytes(), allocationLength.get(execution.cdb()));
        }
    }

    private void echoDescriptor(Execution execution) {
        for (BitField reserved : new BitField[] {bufferId, bufferOffset}) {
            if (reserved.isSet(execution.cdb())) {
                execution.refuseField(reserved);
                return;
            }
        }
        byte[] descriptor = new byte[DESCRIPTOR_BYTES];
        EBOS.put(descriptor, 1);
        ECHO_BUFFER_CAPACITY.put(descriptor, EchoBuffer.CAPACITY_BYTES);
        execution.good(descriptor, allocationLength.get(execution.cdb()));
    }
}
