package org.lunaria.scsi.internal.command;

import java.util.Optional;
import org.lunaria.scsi.AccessState;
import org.lunaria.scsi.SenseCode;
import org.lunaria.scsi.internal.page.BitField;
import org.lunaria.scsi.internal.page.FieldPointer;
import org.lunaria.scsi.internal.page.Sense;

/**
 * SET TARGET PORT GROUPS (SPC-4 6.45): sets the state of the one group there is, for the unit. Initiators may that may write to
 * the unit by their mapping.
 */
final class SetTargetPortGroups implements Handler {
    private static final int HEADER_BYTES = 4;
    private static final int DESCRIPTOR_BYTES = 4;

    /** A list with more descriptors than groups is none; this is enough to say where. */
    private static final int MAX_LIST_BYTES = HEADER_BYTES + 64 * DESCRIPTOR_BYTES;

    /** ASYMMETRIC ACCESS STATE: its first bit, in the first byte of a descriptor. */
    private static final int STATE_BIT = 3;

    private final BitField parameterListLength;

    SetTargetPortGroups(Cdb cdb) {
        parameterListLength = cdb.place(FieldName.PARAMETER_LIST_LENGTH);
    }

    @Override
    public void handle(Execution execution) {
        long length = parameterListLength.get(execution.cdb());
        long fits = execution.expectDataOut(length);
        if (!execution.access().mayConfigure()) {
            execution.refuse(SenseCode.NO_ACCESS_RIGHTS);
        } else if (length == 0) {
            execution.good();
        } else if (length < HEADER_BYTES
                || length > MAX_LIST_BYTES
                || (length - HEADER_BYTES) % DESCRIPTOR_BYTES != 0
                || fits < length) {
            execution.refuse(SenseCode.PARAMETER_LIST_LENGTH_ERROR);
        } else {
            execution.perform(new ParameterList(execution, (int) length, list -> set(execution, list)));
        }
    }

    private static void set(Execution execution, byte[] list) {
        Optional<FieldPointer> wrong =
                wrong(list, execution.access().port().group().identifier());
        if (wrong.isPresent()) {
            execution.refuse(Sense.invalidField(wrong.get()));
        } else if (list.length == HEADER_BYTES) {
            execution.good();
        } else {
            AccessState state = AccessState.settable(list[HEADER_BYTES]).orElseThrow();
            execution
                    .access()
                    .beginTransition()
                    .ifPresentOrElse(
                            transition -> execution.perform(new AccessStateChange(execution, transition, state)),
                            () -> execution.refuse(SenseCode.ASYMMETRIC_ACCESS_STATE_TRANSITION));
        }
    }

    /** What a list must not have: anything reserved, a state that cannot be set, another group, a group twice. */
    private static Optional<FieldPointer> wrong(byte[] list, int group) {
        for (int at = 0; at < HEADER_BYTES; at++) {
            if (list[at] != 0) {
                return Optional.of(FieldPointer.parameter(at));
            }
        }
        for (int at = HEADER_BYTES; at < list.length; at += DESCRIPTOR_BYTES) {
            if ((list[at] & 0xF0) != 0) {
                return Optional.of(FieldPointer.parameter(at));
            }
            if (AccessState.settable(list[at]).isEmpty()) {
                return Optional.of(new FieldPointer(false, at, STATE_BIT));
            }
            if (list[at + 1] != 0) {
                return Optional.of(FieldPointer.parameter(at + 1));
            }
            boolean isFirst = at == HEADER_BYTES;
            int named = (list[at + 2] & 0xFF) << 8 | list[at + 3] & 0xFF;
            if (named != group || !isFirst) {
                return Optional.of(FieldPointer.parameter(at + 2));
            }
        }
        return Optional.empty();
    }
}
