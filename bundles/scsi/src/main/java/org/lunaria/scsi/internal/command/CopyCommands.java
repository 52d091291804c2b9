package org.lunaria.scsi.internal.command;

import static org.lunaria.scsi.internal.command.CommandTable.AT_ONCE;
import static org.lunaria.scsi.internal.command.CommandTable.LONG;
import static org.lunaria.scsi.internal.command.CommandTable.action;
import static org.lunaria.scsi.internal.command.Field.bits;
import static org.lunaria.scsi.internal.command.Field.bytes;
import static org.lunaria.scsi.internal.command.FieldName.ALLOCATION_LENGTH;
import static org.lunaria.scsi.internal.command.FieldName.LIST_IDENTIFIER;
import static org.lunaria.scsi.internal.command.FieldName.PARAMETER_LIST_LENGTH;
import static org.lunaria.scsi.internal.command.FieldName.SERVICE_ACTION;

import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.lunaria.scsi.internal.copy.CopyListFormat;

/**
 * The rows of the {@link CommandTable} that are for third-party copies (SPC-4 5.17). A copy is a change to who holds a
 * reservation of the unit that it is sent to; those of its source and its destination are looked at as it goes on.
 */
final class CopyCommands {
    static final int THIRD_PARTY_COPY_OUT = 0x83;
    static final int THIRD_PARTY_COPY_IN = 0x84;

    static final int EXTENDED_COPY_LID1 = 0x00;
    static final int EXTENDED_COPY_LID4 = 0x01;

    /** Seconds, for as much as a list can name, on a store of usual speed. */
    private static final int COPY = 600;

    private CopyCommands() {}

    static List<Command> rows() {
        return List.of(
                out(
                        EXTENDED_COPY_LID1,
                        "EXTENDED COPY(LID1)",
                        cdb -> new ExtendedCopy(cdb, CopyListFormat.LID1, EXTENDED_COPY_LID1)),
                out(
                        EXTENDED_COPY_LID4,
                        "EXTENDED COPY(LID4)",
                        cdb -> new ExtendedCopy(cdb, CopyListFormat.LID4, EXTENDED_COPY_LID4)),
                action(
                        THIRD_PARTY_COPY_OUT,
                        0x1C,
                        "COPY OPERATION ABORT",
                        16,
                        LONG,
                        Set.of(),
                        List.of(bits(SERVICE_ACTION, 1, 4, 5), bytes(LIST_IDENTIFIER, 2, 4)),
                        CopyOperationAbort::new),
                in(0x00, "RECEIVE COPY STATUS(LID1)", 1, ReceiveCopyStatus::ofLid1),
                in(0x01, "RECEIVE COPY DATA(LID1)", 1, ReceiveCopyData::new),
                in(0x03, "RECEIVE COPY OPERATING PARAMETERS", 0, ReceiveCopyOperatingParameters::new),
                in(0x04, "RECEIVE COPY FAILURE DETAILS(LID1)", 1, ReceiveCopyFailureDetails::new),
                in(0x05, "RECEIVE COPY STATUS(LID4)", 4, ReceiveCopyStatus::ofLid4));
    }

    private static Command out(int serviceAction, String name, Function<Cdb, Handler> handler) {
        return action(
                THIRD_PARTY_COPY_OUT,
                serviceAction,
                name,
                16,
                COPY,
                Set.of(),
                List.of(bits(SERVICE_ACTION, 1, 4, 5), bytes(PARAMETER_LIST_LENGTH, 10, 4)),
                handler);
    }

    /** @param identifierBytes length of its LIST IDENTIFIER; 0 for none */
    private static Command in(int serviceAction, String name, int identifierBytes, Function<Cdb, Handler> handler) {
        Field action = bits(SERVICE_ACTION, 1, 4, 5);
        Field length = bytes(ALLOCATION_LENGTH, 10, 4);
        return action(
                THIRD_PARTY_COPY_IN,
                serviceAction,
                name,
                16,
                AT_ONCE,
                Set.of(),
                identifierBytes == 0
                        ? List.of(action, length)
                        : List.of(action, bytes(LIST_IDENTIFIER, 2, identifierBytes), length),
                handler);
    }
}
