package org.lunaria.scsi.internal.command;

import static org.lunaria.scsi.internal.command.CommandTable.AT_ONCE;
import static org.lunaria.scsi.internal.command.CommandTable.WHOLE_MEDIUM;
import static org.lunaria.scsi.internal.command.CommandTable.action;
import static org.lunaria.scsi.internal.command.Field.bits;
import static org.lunaria.scsi.internal.command.Field.bytes;
import static org.lunaria.scsi.internal.command.Field.flag;
import static org.lunaria.scsi.internal.command.FieldName.*;
import static org.lunaria.scsi.internal.command.Trait.*;

import java.util.List;
import java.util.Set;

/** The rows of the {@link CommandTable} for SANITIZE (SBC-3 5.23). ZNR is there for zoned disks only. */
final class SanitizeCommands {
    private static final int SANITIZE = 0x48;
    private static final Set<Trait> TRAITS =
            Set.of(MEDIUM_WRITE, WAITS_FOR_NOBODY, ENDS_FAILED_SANITIZE, ENDS_FORMAT_CORRUPT);
    private static final List<Field> FIELDS = List.of(
            flag(IMMED, 1, 7), flag(AUSE, 1, 5), bits(SERVICE_ACTION, 1, 4, 5), bytes(PARAMETER_LIST_LENGTH, 7, 2));

    private SanitizeCommands() {}

    static List<Command> rows() {
        return List.of(
                action(SANITIZE, 0x01, "SANITIZE OVERWRITE", 10, WHOLE_MEDIUM, TRAITS, FIELDS, SanitizeOverwrite::new),
                action(
                        SANITIZE,
                        0x02,
                        "SANITIZE BLOCK ERASE",
                        10,
                        WHOLE_MEDIUM,
                        TRAITS,
                        FIELDS,
                        SanitizeBlockErase::new),
                action(
                        SANITIZE,
                        0x1F,
                        "SANITIZE EXIT FAILURE MODE",
                        10,
                        AT_ONCE,
                        TRAITS,
                        FIELDS,
                        SanitizeExitFailureMode::new));
    }
}
