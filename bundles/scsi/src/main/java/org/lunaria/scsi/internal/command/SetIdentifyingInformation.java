package org.lunaria.scsi.internal.command;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.OptionalInt;
import org.lunaria.scsi.SenseCode;
import org.lunaria.scsi.internal.page.BitField;
import org.lunaria.scsi.internal.page.FieldPointer;
import org.lunaria.scsi.internal.page.InformationType;
import org.lunaria.scsi.internal.page.Sense;

/** SET IDENTIFYING INFORMATION (SPC-4 6.42). Answered when it is saved; nothing clears what was there. */
final class SetIdentifyingInformation implements Handler {
    private final BitField parameterListLength;
    private final BitField informationType;

    SetIdentifyingInformation(Cdb cdb) {
        parameterListLength = cdb.place(FieldName.PARAMETER_LIST_LENGTH);
        informationType = cdb.place(FieldName.INFORMATION_TYPE);
    }

    @Override
    public void handle(Execution execution) {
        Optional<InformationType> type = InformationType.of(informationType.get(execution.cdb()));
        if (type.isEmpty()) {
            execution.refuseField(informationType);
            return;
        }
        long length = parameterListLength.get(execution.cdb());
        if (length > type.get().maxBytes()) {
            execution.refuseField(parameterListLength);
            return;
        }
        if (execution.expectDataOut(length) < length) {
            execution.refuse(SenseCode.PARAMETER_LIST_LENGTH_ERROR);
            return;
        }
        execution.perform(new ParameterList(execution, (int) length, list -> set(execution, type.get(), list)));
    }

    private static void set(Execution execution, InformationType type, byte[] list) {
        OptionalInt wrong = type == InformationType.LOGICAL_UNIT_TEXT ? noText(list) : OptionalInt.empty();
        if (wrong.isPresent()) {
            execution.refuse(Sense.invalidField(FieldPointer.parameter(wrong.getAsInt())));
            return;
        }
        execution.perform(
                new SavedChange(execution, () -> execution.access().changeIdentifyingInformation(type, list)));
    }

    /** Where bytes are no text that is UTF-8, ended by a null and padded with others; nothing is a text. */
    private static OptionalInt noText(byte[] bytes) {
        if (bytes.length == 0) {
            return OptionalInt.empty();
        }
        int end = bytes.length;
        while (end > 0 && bytes[end - 1] == 0) {
            end--;
        }
        if (end == bytes.length) {
            return OptionalInt.of(end - 1);
        }
        for (int at = 0; at < end; at++) {
            if (bytes[at] == 0) {
                return OptionalInt.of(at);
            }
        }
        ByteBuffer text = ByteBuffer.wrap(bytes, 0, end);
        CoderResult result = StandardCharsets.UTF_8.newDecoder().decode(text, CharBuffer.allocate(end), true);
        return result.isError() ? OptionalInt.of(text.position()) : OptionalInt.empty();
    }
}
