package org.lunaria.scsi.internal.command;

import static org.lunaria.scsi.internal.command.CommandTable.AT_ONCE;
import static org.lunaria.scsi.internal.command.CommandTable.LONG;
import static org.lunaria.scsi.internal.command.CommandTable.action;
import static org.lunaria.scsi.internal.command.Field.bits;
import static org.lunaria.scsi.internal.command.Field.bytes;
import static org.lunaria.scsi.internal.command.FieldName.ALLOCATION_LENGTH;
import static org.lunaria.scsi.internal.command.FieldName.INFORMATION_TYPE;
import static org.lunaria.scsi.internal.command.FieldName.PARAMETER_LIST_LENGTH;
import static org.lunaria.scsi.internal.command.FieldName.SERVICE_ACTION;
import static org.lunaria.scsi.internal.command.Trait.ANY_DEVICE_TYPE;
import static org.lunaria.scsi.internal.command.Trait.IGNORES_RESERVATION;

import java.util.List;
import java.util.Set;

/** The rows of the {@link CommandTable} for what initiators note at a unit: identifying information and the time (SPC-4). */
final class InformationCommands {
    private static final int MAINTENANCE_IN = 0xA3;
    private static final int MAINTENANCE_OUT = 0xA4;

    private InformationCommands() {}

    static List<Command> rows() {
        return List.of(
                action(
                        MAINTENANCE_IN,
                        0x05,
                        "REPORT IDENTIFYING INFORMATION",
                        12,
                        AT_ONCE,
                        Set.of(ANY_DEVICE_TYPE, IGNORES_RESERVATION),
                        List.of(
                                bits(SERVICE_ACTION, 1, 4, 5),
                                bytes(ALLOCATION_LENGTH, 6, 4),
                                bits(INFORMATION_TYPE, 10, 7, 7)),
                        ReportIdentifyingInformation::new),
                action(
                        MAINTENANCE_IN,
                        0x0F,
                        "REPORT TIMESTAMP",
                        12,
                        AT_ONCE,
                        Set.of(ANY_DEVICE_TYPE, IGNORES_RESERVATION),
                        List.of(bits(SERVICE_ACTION, 1, 4, 5), bytes(ALLOCATION_LENGTH, 6, 4)),
                        ReportTimestamp::new),
                action(
                        MAINTENANCE_OUT,
                        0x06,
                        "SET IDENTIFYING INFORMATION",
                        12,
                        LONG,
                        Set.of(ANY_DEVICE_TYPE),
                        List.of(
                                bits(SERVICE_ACTION, 1, 4, 5),
                                bytes(PARAMETER_LIST_LENGTH, 6, 4),
                                bits(INFORMATION_TYPE, 10, 7, 7)),
                        SetIdentifyingInformation::new),
                action(
                        MAINTENANCE_OUT,
                        0x0F,
                        "SET TIMESTAMP",
                        12,
                        AT_ONCE,
                        Set.of(ANY_DEVICE_TYPE),
                        List.of(bits(SERVICE_ACTION, 1, 4, 5), bytes(PARAMETER_LIST_LENGTH, 6, 4)),
                        SetTimestamp::new));
    }
}
