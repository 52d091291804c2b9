package org.lunaria.scsi.internal.command;

import static org.lunaria.scsi.internal.command.CommandTable.AT_ONCE;
import static org.lunaria.scsi.internal.command.CommandTable.action;
import static org.lunaria.scsi.internal.command.CommandTable.row;
import static org.lunaria.scsi.internal.command.Field.bits;
import static org.lunaria.scsi.internal.command.Field.bytes;
import static org.lunaria.scsi.internal.command.Field.flag;
import static org.lunaria.scsi.internal.command.FieldName.*;
import static org.lunaria.scsi.internal.command.Trait.*;

import java.util.List;
import java.util.Set;

/** The rows of the {@link CommandTable} that every kind of unit has (SPC-4). */
final class PrimaryCommands {
    private PrimaryCommands() {}

    static List<Command> rows() {
        return List.of(
                row(
                        0x00,
                        "TEST UNIT READY",
                        6,
                        AT_ONCE,
                        Set.of(ANY_DEVICE_TYPE, MEDIUM_READ, IGNORES_PERSISTENT_RESERVATION, OF_WELL_KNOWN_UNIT),
                        List.of(),
                        cdb -> new TestUnitReady()),
                row(
                        0x03,
                        "REQUEST SENSE",
                        6,
                        AT_ONCE,
                        Set.of(
                                ANY_DEVICE_TYPE,
                                ALLOWED_DURING_FORMAT,
                                IGNORES_UNIT_ATTENTION,
                                IGNORES_RESERVATION,
                                ANSWERS_WITHOUT_UNIT,
                                OF_WELL_KNOWN_UNIT),
                        List.of(flag(DESC, 1, 0), bytes(ALLOCATION_LENGTH, 4, 1)),
                        RequestSense::new),
                row(
                        0x12,
                        "INQUIRY",
                        6,
                        AT_ONCE,
                        Set.of(
                                ANY_DEVICE_TYPE,
                                ALLOWED_DURING_FORMAT,
                                IGNORES_UNIT_ATTENTION,
                                IGNORES_RESERVATION,
                                ANSWERS_WITHOUT_UNIT,
                                OF_WELL_KNOWN_UNIT),
                        List.of(flag(EVPD, 1, 0), bytes(PAGE_CODE, 2, 1), bytes(ALLOCATION_LENGTH, 3, 2)),
                        Inquiry::new),
                row(
                        0x1A,
                        "MODE SENSE (6)",
                        6,
                        AT_ONCE,
                        Set.of(ANY_DEVICE_TYPE, ALLOWED_DURING_SANITIZE_BY_PAGE, IGNORES_WRITE_EXCLUSIVE),
                        List.of(
                                flag(DBD, 1, 3),
                                bits(PC, 2, 7, 2),
                                bits(PAGE_CODE, 2, 5, 6),
                                bytes(SUBPAGE_CODE, 3, 1),
                                bytes(ALLOCATION_LENGTH, 4, 1)),
                        ModeSense::new),
                row(
                        0x1E,
                        "PREVENT ALLOW MEDIUM REMOVAL",
                        6,
                        AT_ONCE,
                        Set.of(ANY_DEVICE_TYPE, REMOVABLE_MEDIUM),
                        List.of(bits(PREVENT, 4, 1, 2)),
                        PreventAllowMediumRemoval::new),
                row(
                        0x5A,
                        "MODE SENSE (10)",
                        10,
                        AT_ONCE,
                        Set.of(ANY_DEVICE_TYPE, ALLOWED_DURING_SANITIZE_BY_PAGE, IGNORES_WRITE_EXCLUSIVE),
                        List.of(
                                flag(LLBAA, 1, 4),
                                flag(DBD, 1, 3),
                                bits(PC, 2, 7, 2),
                                bits(PAGE_CODE, 2, 5, 6),
                                bytes(SUBPAGE_CODE, 3, 1),
                                bytes(ALLOCATION_LENGTH, 7, 2)),
                        ModeSense::new),
                row(
                        0xA0,
                        "REPORT LUNS",
                        12,
                        AT_ONCE,
                        Set.of(
                                ANY_DEVICE_TYPE,
                                ALLOWED_DURING_FORMAT,
                                IGNORES_UNIT_ATTENTION,
                                IGNORES_RESERVATION,
                                ANSWERS_WITHOUT_UNIT,
                                OF_WELL_KNOWN_UNIT),
                        List.of(bytes(SELECT_REPORT, 2, 1), bytes(ALLOCATION_LENGTH, 6, 4)),
                        ReportLuns::new),
                action(
                        0xA3,
                        0x0C,
                        "REPORT SUPPORTED OPERATION CODES",
                        12,
                        AT_ONCE,
                        Set.of(ANY_DEVICE_TYPE, ALLOWED_DURING_SANITIZE, IGNORES_WRITE_EXCLUSIVE),
                        List.of(
                                bits(SERVICE_ACTION, 1, 4, 5),
                                flag(RCTD, 2, 7),
                                bits(REPORTING_OPTIONS, 2, 2, 3),
                                bytes(REQUESTED_OPERATION_CODE, 3, 1),
                                bytes(REQUESTED_SERVICE_ACTION, 4, 2),
                                bytes(ALLOCATION_LENGTH, 6, 4)),
                        cdb -> new ReportSupportedOperationCodes(cdb, CommandTable::standard)),
                action(
                        0xA3,
                        0x0D,
                        "REPORT SUPPORTED TASK MANAGEMENT FUNCTIONS",
                        12,
                        AT_ONCE,
                        Set.of(ANY_DEVICE_TYPE, ALLOWED_DURING_SANITIZE, IGNORES_WRITE_EXCLUSIVE),
                        List.of(bits(SERVICE_ACTION, 1, 4, 5), flag(REPD, 2, 7), bytes(ALLOCATION_LENGTH, 6, 4)),
                        ReportSupportedTaskManagementFunctions::new));
    }
}
