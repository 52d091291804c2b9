package org.lunaria.scsi.internal.command;

import static org.lunaria.scsi.internal.command.CommandTable.AT_ONCE;
import static org.lunaria.scsi.internal.command.CommandTable.LONG;
import static org.lunaria.scsi.internal.command.CommandTable.action;
import static org.lunaria.scsi.internal.command.Field.bits;
import static org.lunaria.scsi.internal.command.Field.bytes;
import static org.lunaria.scsi.internal.command.FieldName.ALLOCATION_LENGTH;
import static org.lunaria.scsi.internal.command.FieldName.PARAMETER_DATA_FORMAT;
import static org.lunaria.scsi.internal.command.FieldName.PARAMETER_LIST_LENGTH;
import static org.lunaria.scsi.internal.command.FieldName.SERVICE_ACTION;
import static org.lunaria.scsi.internal.command.Trait.ANY_DEVICE_TYPE;
import static org.lunaria.scsi.internal.command.Trait.CLAIMS_BLOCKS;
import static org.lunaria.scsi.internal.command.Trait.IGNORES_RESERVATION;

import java.util.List;
import java.util.Set;

/** The rows of the {@link CommandTable} for asymmetric logical unit access (SPC-4 5.15). */
final class AsymmetricAccessCommands {
    private static final int MAINTENANCE_IN = 0xA3;
    private static final int MAINTENANCE_OUT = 0xA4;

    private AsymmetricAccessCommands() {}

    static List<Command> rows() {
        return List.of(
                action(
                        MAINTENANCE_IN,
                        0x0A,
                        "REPORT TARGET PORT GROUPS",
                        12,
                        AT_ONCE,
                        Set.of(ANY_DEVICE_TYPE, IGNORES_RESERVATION),
                        List.of(
                                bits(PARAMETER_DATA_FORMAT, 1, 7, 3),
                                bits(SERVICE_ACTION, 1, 4, 5),
                                bytes(ALLOCATION_LENGTH, 6, 4)),
                        ReportTargetPortGroups::new),
                action(
                        MAINTENANCE_OUT,
                        0x0A,
                        "SET TARGET PORT GROUPS",
                        12,
                        LONG,
                        Set.of(ANY_DEVICE_TYPE, CLAIMS_BLOCKS),
                        List.of(bits(SERVICE_ACTION, 1, 4, 5), bytes(PARAMETER_LIST_LENGTH, 6, 4)),
                        SetTargetPortGroups::new));
    }
}
