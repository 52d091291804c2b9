package org.lunaria.scsi.internal.command;

import java.nio.ByteBuffer;
import java.util.Optional;
import org.lunaria.scsi.internal.page.BitField;
import org.lunaria.scsi.internal.page.InformationType;

/** REPORT IDENTIFYING INFORMATION (SPC-4 6.34). */
final class ReportIdentifyingInformation implements Handler {
    private static final int HEADER_BYTES = 4;
    private static final int DESCRIPTOR_BYTES = 4;

    private final BitField allocationLength;
    private final BitField informationType;

    ReportIdentifyingInformation(Cdb cdb) {
        allocationLength = cdb.place(FieldName.ALLOCATION_LENGTH);
        informationType = cdb.place(FieldName.INFORMATION_TYPE);
    }

    @Override
    public void handle(Execution execution) {
        long code = informationType.get(execution.cdb());
        Optional<InformationType> type = InformationType.of(code);
        if (type.isPresent()) {
            byte[] information = execution.device().identifyingInformation(type.get());
            answer(execution, information);
        } else if (code == InformationType.SUPPORTED) {
            answer(execution, supported());
        } else {
            execution.refuseField(informationType);
        }
    }

    private void answer(Execution execution, byte[] body) {
        byte[] data = ByteBuffer.allocate(HEADER_BYTES + body.length)
                .putShort((short) 0)
                .putShort((short) body.length)
                .put(body)
                .array();
        execution.good(data, allocationLength.get(execution.cdb()));
    }

    private static byte[] supported() {
        InformationType[] types = InformationType.values();
        ByteBuffer descriptors = ByteBuffer.allocate(DESCRIPTOR_BYTES * types.length);
        for (InformationType type : types) {
            descriptors.put((byte) (type.code() << 1)).put((byte) 0).putShort((short) type.maxBytes());
        }
        return descriptors.array();
    }
}
