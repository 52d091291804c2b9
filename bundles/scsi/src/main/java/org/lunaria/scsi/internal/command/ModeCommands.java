package org.lunaria.scsi.internal.command;

import static org.lunaria.scsi.internal.command.CommandTable.LONG;
import static org.lunaria.scsi.internal.command.CommandTable.row;
import static org.lunaria.scsi.internal.command.Field.bytes;
import static org.lunaria.scsi.internal.command.Field.flag;
import static org.lunaria.scsi.internal.command.FieldName.PARAMETER_LIST_LENGTH;
import static org.lunaria.scsi.internal.command.FieldName.PF;
import static org.lunaria.scsi.internal.command.FieldName.SP;
import static org.lunaria.scsi.internal.command.Trait.ANY_DEVICE_TYPE;
import static org.lunaria.scsi.internal.command.Trait.CLAIMS_BLOCKS;

import java.util.List;
import java.util.Set;

/** The rows of the {@link CommandTable} that change what a unit keeps of itself (SPC-4 6.9, 6.10). */
final class ModeCommands {
    private ModeCommands() {}

    static List<Command> rows() {
        return List.of(
                row(
                        0x15,
                        "MODE SELECT (6)",
                        6,
                        LONG,
                        Set.of(ANY_DEVICE_TYPE, CLAIMS_BLOCKS),
                        List.of(flag(PF, 1, 4), flag(SP, 1, 0), bytes(PARAMETER_LIST_LENGTH, 4, 1)),
                        ModeSelect::new),
                row(
                        0x55,
                        "MODE SELECT (10)",
                        10,
                        LONG,
                        Set.of(ANY_DEVICE_TYPE, CLAIMS_BLOCKS),
                        List.of(flag(PF, 1, 4), flag(SP, 1, 0), bytes(PARAMETER_LIST_LENGTH, 7, 2)),
                        ModeSelect::new));
    }
}
