package org.lunaria.scsi.internal.command;

import static org.lunaria.scsi.internal.command.CommandTable.AT_ONCE;
import static org.lunaria.scsi.internal.command.CommandTable.row;
import static org.lunaria.scsi.internal.command.Field.bits;
import static org.lunaria.scsi.internal.command.Field.bytes;
import static org.lunaria.scsi.internal.command.FieldName.ALLOCATION_LENGTH;
import static org.lunaria.scsi.internal.command.FieldName.BUFFER_ID;
import static org.lunaria.scsi.internal.command.FieldName.BUFFER_OFFSET;
import static org.lunaria.scsi.internal.command.FieldName.MODE;
import static org.lunaria.scsi.internal.command.FieldName.PARAMETER_LIST_LENGTH;
import static org.lunaria.scsi.internal.command.Trait.ANY_DEVICE_TYPE;
import static org.lunaria.scsi.internal.command.Trait.IGNORES_WRITE_EXCLUSIVE;

import java.util.List;
import java.util.Set;

/** The rows of the {@link CommandTable} for the buffers of a unit (SPC-4). */
final class BufferCommands {
    private BufferCommands() {}

    static List<Command> rows() {
        return List.of(
                row(
                        0x3B,
                        "WRITE BUFFER",
                        10,
                        AT_ONCE,
                        Set.of(ANY_DEVICE_TYPE),
                        List.of(
                                bits(MODE, 1, 4, 5),
                                bytes(BUFFER_ID, 2, 1),
                                bytes(BUFFER_OFFSET, 3, 3),
                                bytes(PARAMETER_LIST_LENGTH, 6, 3)),
                        WriteBuffer::new),
                row(
                        0x3C,
                        "READ BUFFER (10)",
                        10,
                        AT_ONCE,
                        Set.of(ANY_DEVICE_TYPE, IGNORES_WRITE_EXCLUSIVE),
                        List.of(
                                bits(MODE, 1, 4, 5),
                                bytes(BUFFER_ID, 2, 1),
                                bytes(BUFFER_OFFSET, 3, 3),
                                bytes(ALLOCATION_LENGTH, 6, 3)),
                        ReadBuffer::new));
    }
}
