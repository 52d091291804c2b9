package org.lunaria.scsi.internal.command;

import static org.lunaria.scsi.internal.command.CommandTable.TRANSFER;
import static org.lunaria.scsi.internal.command.CommandTable.row;
import static org.lunaria.scsi.internal.command.Field.bytes;
import static org.lunaria.scsi.internal.command.Field.flag;
import static org.lunaria.scsi.internal.command.Field.unsupported;
import static org.lunaria.scsi.internal.command.FieldName.*;
import static org.lunaria.scsi.internal.command.Trait.*;

import java.util.List;
import java.util.Set;

/** The row of the {@link CommandTable} for atomic writes (SBC-4). */
final class AtomicCommands {
    private AtomicCommands() {}

    static List<Command> rows() {
        return List.of(row(
                0x9C,
                "WRITE ATOMIC (16)",
                16,
                TRANSFER,
                Set.of(MEDIUM_WRITE, CLAIMS_BLOCKS, ATOMIC_WRITE),
                List.of(
                        unsupported(WRPROTECT, 1, 7, 3),
                        flag(DPO, 1, 4),
                        flag(FUA, 1, 3),
                        bytes(LOGICAL_BLOCK_ADDRESS, 2, 8),
                        bytes(ATOMIC_BOUNDARY, 10, 2),
                        bytes(TRANSFER_LENGTH, 12, 2),
                        unsupported(GROUP_NUMBER, 14, 4, 5)),
                WriteAtomic::new));
    }
}
