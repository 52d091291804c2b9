package org.lunaria.scsi.internal.command;

import static org.lunaria.scsi.internal.command.CommandTable.WHOLE_MEDIUM;
import static org.lunaria.scsi.internal.command.CommandTable.row;
import static org.lunaria.scsi.internal.command.Field.bits;
import static org.lunaria.scsi.internal.command.Field.flag;
import static org.lunaria.scsi.internal.command.Field.unsupported;
import static org.lunaria.scsi.internal.command.FieldName.*;
import static org.lunaria.scsi.internal.command.Trait.*;

import java.util.List;
import java.util.Set;

/** The row of the {@link CommandTable} for FORMAT UNIT (SBC-3 5.3). */
final class FormatCommands {
    private FormatCommands() {}

    static List<Command> rows() {
        return List.of(row(
                0x04,
                "FORMAT UNIT",
                6,
                WHOLE_MEDIUM,
                Set.of(MEDIUM_WRITE, WAITS_FOR_NOBODY, ENDS_FORMAT_CORRUPT),
                List.of(
                        unsupported(FMTPINFO, 1, 7, 2),
                        flag(LONGLIST, 1, 5),
                        flag(FMTDATA, 1, 4),
                        flag(CMPLST, 1, 3),
                        bits(DEFECT_LIST_FORMAT, 1, 2, 3)),
                FormatUnit::new));
    }
}
