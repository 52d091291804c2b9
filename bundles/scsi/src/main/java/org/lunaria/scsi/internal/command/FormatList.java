package org.lunaria.scsi.internal.command;

import java.util.Arrays;
import java.util.function.Consumer;
import org.lunaria.scsi.SenseCode;
import org.lunaria.scsi.internal.page.BitField;
import org.lunaria.scsi.internal.page.FieldPointer;
import org.lunaria.scsi.internal.page.Sense;

/**
 * The parameter list of FORMAT UNIT (SBC-3 5.3.2): a header, and an initialization pattern descriptor with IP. There is no
 * certification but that every write is done; DPRY, DCRT and STPF speak of lists that are not there, and may be anything
 * with FOV.
 *
 * @param pattern of each block; no bytes for the default, which is zeroes
 */
record FormatList(byte[] pattern, boolean immediate) {
    private static final int SHORT_HEADER_BYTES = 4;
    private static final int LONG_HEADER_BYTES = 8;
    private static final int DESCRIPTOR_BYTES = 4;

    private static final BitField FOV = new BitField(1, 7, 1);
    private static final BitField OPTIONS = new BitField(1, 6, 4);
    private static final BitField IP = new BitField(1, 3, 1);
    private static final BitField IMMED = new BitField(1, 1, 1);
    private static final BitField PATTERN_TYPE = BitField.bytes(1, 1);
    private static final BitField PATTERN_LENGTH = BitField.bytes(2, 2);

    /** In both headers: reserved, PROTECTION FIELD USAGE; DSP, which is obsolete; vendor specific. */
    private static final BitField[] ZERO_IN_HEADER = {
        new BitField(0, 7, 5), new BitField(0, 2, 3), new BitField(1, 2, 1), new BitField(1, 0, 1)
    };

    /** DEFECT LIST LENGTH. */
    private static final BitField[] ZERO_IN_SHORT_HEADER = {BitField.bytes(2, 2)};

    /** Reserved, P_I_INFORMATION, PROTECTION INTERVAL EXPONENT, DEFECT LIST LENGTH. */
    private static final BitField[] ZERO_IN_LONG_HEADER = {
        BitField.bytes(2, 1), new BitField(3, 7, 4), new BitField(3, 3, 4), BitField.bytes(4, 4)
    };

    /** IP MODIFIER, which is obsolete; SI; reserved. */
    private static final BitField[] ZERO_IN_DESCRIPTOR = {
        new BitField(0, 7, 2), new BitField(0, 5, 1), new BitField(0, 4, 5)
    };

    /** Receives it, and goes on with the command, or refuses that. */
    static void receive(Execution execution, boolean isLong, Consumer<FormatList> next) {
        int headerBytes = isLong ? LONG_HEADER_BYTES : SHORT_HEADER_BYTES;
        int most =
                headerBytes + DESCRIPTOR_BYTES + execution.device().geometry().blockBytes();
        int comes = (int) execution.expectDataOut(most);
        if (comes < headerBytes) {
            execution.refuse(SenseCode.PARAMETER_LIST_LENGTH_ERROR);
        } else {
            execution.perform(
                    new ParameterList(execution, comes, list -> parse(execution, list, headerBytes, isLong, next)));
        }
    }

    private static void parse(
            Execution execution, byte[] list, int headerBytes, boolean isLong, Consumer<FormatList> next) {
        if (isRefused(execution, list, 0, ZERO_IN_HEADER)
                || !FOV.isSet(list) && isRefused(execution, list, 0, OPTIONS)
                || isRefused(execution, list, 0, isLong ? ZERO_IN_LONG_HEADER : ZERO_IN_SHORT_HEADER)) {
            return;
        }
        boolean immediate = IMMED.isSet(list);
        if (!IP.isSet(list)) {
            execution.expectDataOut(headerBytes);
            next.accept(new FormatList(new byte[0], immediate));
            return;
        }
        byte[] descriptor = Arrays.copyOfRange(list, headerBytes, list.length);
        if (descriptor.length < DESCRIPTOR_BYTES) {
            execution.refuse(SenseCode.PARAMETER_LIST_LENGTH_ERROR);
            return;
        }
        int patternBytes = (int) PATTERN_LENGTH.get(descriptor);
        int blockBytes = execution.device().geometry().blockBytes();
        boolean isDefault = PATTERN_TYPE.get(descriptor) == 0;
        if (isRefused(execution, descriptor, headerBytes, ZERO_IN_DESCRIPTOR)) {
            return;
        }
        if (PATTERN_TYPE.get(descriptor) > 1) {
            refuse(execution, headerBytes, PATTERN_TYPE);
        } else if (isDefault ? patternBytes != 0 : patternBytes == 0 || patternBytes > blockBytes) {
            refuse(execution, headerBytes, PATTERN_LENGTH);
        } else if (patternBytes > descriptor.length - DESCRIPTOR_BYTES) {
            execution.refuse(SenseCode.PARAMETER_LIST_LENGTH_ERROR);
        } else {
            execution.expectDataOut(headerBytes + DESCRIPTOR_BYTES + patternBytes);
            next.accept(new FormatList(
                    Arrays.copyOfRange(descriptor, DESCRIPTOR_BYTES, DESCRIPTOR_BYTES + patternBytes), immediate));
        }
    }

    /** Refuses a list in which one of these fields is set. */
    private static boolean isRefused(Execution execution, byte[] part, int at, BitField... zero) {
        for (BitField field : zero) {
            if (field.isSet(part)) {
                refuse(execution, at, field);
                return true;
            }
        }
        return false;
    }

    private static void refuse(Execution execution, int at, BitField field) {
        execution.refuse(Sense.invalidField(new FieldPointer(false, at + field.byteIndex(), field.bit())));
    }
}
