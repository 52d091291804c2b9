package org.lunaria.scsi.internal.command;

import static org.lunaria.scsi.internal.command.CommandTable.AT_ONCE;
import static org.lunaria.scsi.internal.command.CommandTable.LONG;
import static org.lunaria.scsi.internal.command.CommandTable.row;
import static org.lunaria.scsi.internal.command.Field.bits;
import static org.lunaria.scsi.internal.command.Field.bytes;
import static org.lunaria.scsi.internal.command.Field.flag;
import static org.lunaria.scsi.internal.command.FieldName.*;
import static org.lunaria.scsi.internal.command.Trait.IGNORES_WRITE_EXCLUSIVE;
import static org.lunaria.scsi.internal.command.Trait.MEDIUM_READ;

import java.util.List;
import java.util.Set;

/** The rows of the {@link CommandTable} for diagnostics (SPC-4). */
final class DiagnosticCommands {
    private DiagnosticCommands() {}

    static List<Command> rows() {
        return List.of(
                row(
                        0x1C,
                        "RECEIVE DIAGNOSTIC RESULTS",
                        6,
                        AT_ONCE,
                        Set.of(IGNORES_WRITE_EXCLUSIVE),
                        List.of(flag(PCV, 1, 0), bytes(PAGE_CODE, 2, 1), bytes(ALLOCATION_LENGTH, 3, 2)),
                        ReceiveDiagnosticResults::new),
                row(
                        0x1D,
                        "SEND DIAGNOSTIC",
                        6,
                        LONG,
                        Set.of(MEDIUM_READ),
                        List.of(
                                bits(SELF_TEST_CODE, 1, 7, 3),
                                flag(PF, 1, 4),
                                flag(SELFTEST, 1, 2),
                                flag(DEVOFFL, 1, 1),
                                flag(UNITOFFL, 1, 0),
                                bytes(PARAMETER_LIST_LENGTH, 3, 2)),
                        SendDiagnostic::new));
    }
}
