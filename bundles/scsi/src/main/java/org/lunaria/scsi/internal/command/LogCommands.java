package org.lunaria.scsi.internal.command;

import static org.lunaria.scsi.internal.command.CommandTable.AT_ONCE;
import static org.lunaria.scsi.internal.command.CommandTable.row;
import static org.lunaria.scsi.internal.command.Field.bits;
import static org.lunaria.scsi.internal.command.Field.bytes;
import static org.lunaria.scsi.internal.command.Field.unsupported;
import static org.lunaria.scsi.internal.command.FieldName.ALLOCATION_LENGTH;
import static org.lunaria.scsi.internal.command.FieldName.PAGE_CODE;
import static org.lunaria.scsi.internal.command.FieldName.PARAMETER_LIST_LENGTH;
import static org.lunaria.scsi.internal.command.FieldName.PARAMETER_POINTER;
import static org.lunaria.scsi.internal.command.FieldName.PC;
import static org.lunaria.scsi.internal.command.FieldName.PCR;
import static org.lunaria.scsi.internal.command.FieldName.SP;
import static org.lunaria.scsi.internal.command.FieldName.SUBPAGE_CODE;
import static org.lunaria.scsi.internal.command.Trait.IGNORES_RESERVATION;

import java.util.List;
import java.util.Set;

/** The rows of the {@link CommandTable} for logs (SPC-4). */
final class LogCommands {
    private LogCommands() {}

    static List<Command> rows() {
        return List.of(
                row(
                        0x4C,
                        "LOG SELECT",
                        10,
                        AT_ONCE,
                        Set.of(),
                        List.of(
                                bits(PCR, 1, 1, 1),
                                unsupported(SP, 1, 0, 1),
                                bits(PC, 2, 7, 2),
                                bits(PAGE_CODE, 2, 5, 6),
                                bytes(SUBPAGE_CODE, 3, 1),
                                bytes(PARAMETER_LIST_LENGTH, 7, 2)),
                        LogSelect::new),
                row(
                        0x4D,
                        "LOG SENSE",
                        10,
                        AT_ONCE,
                        Set.of(IGNORES_RESERVATION),
                        List.of(
                                unsupported(SP, 1, 0, 1),
                                bits(PC, 2, 7, 2),
                                bits(PAGE_CODE, 2, 5, 6),
                                bytes(SUBPAGE_CODE, 3, 1),
                                bytes(PARAMETER_POINTER, 5, 2),
                                bytes(ALLOCATION_LENGTH, 7, 2)),
                        LogSense::new));
    }
}
