package org.lunaria.scsi.internal.command;

import static org.lunaria.scsi.internal.command.CommandTable.AT_ONCE;
import static org.lunaria.scsi.internal.command.CommandTable.TRANSFER;
import static org.lunaria.scsi.internal.command.CommandTable.row;
import static org.lunaria.scsi.internal.command.Field.bits;
import static org.lunaria.scsi.internal.command.Field.bytes;
import static org.lunaria.scsi.internal.command.Field.flag;
import static org.lunaria.scsi.internal.command.Field.unsupported;
import static org.lunaria.scsi.internal.command.FieldName.*;
import static org.lunaria.scsi.internal.command.Trait.*;

import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The rows of the {@link CommandTable} that CD/DVD units alone have (MMC-6). How they stand to reservations no standard says:
 * those that read the disc are held like READ, those that ask for the drive are done always.
 */
final class MultimediaCommands {
    private static final Set<Trait> OF_DISC = Set.of(MULTIMEDIA, MEDIUM_READ, IGNORES_WRITE_EXCLUSIVE);

    private MultimediaCommands() {}

    static List<Command> rows() {
        return List.of(
                row(
                        0x43,
                        "READ TOC/PMA/ATIP",
                        10,
                        AT_ONCE,
                        OF_DISC,
                        List.of(
                                flag(TIME, 1, 1),
                                bits(FORMAT, 2, 3, 4),
                                bytes(TRACK_SESSION_NUMBER, 6, 1),
                                bytes(ALLOCATION_LENGTH, 7, 2),
                                bits(EARLIER_FORMAT, 9, 7, 2)),
                        ReadToc::new),
                row(
                        0x46,
                        "GET CONFIGURATION",
                        10,
                        AT_ONCE,
                        Set.of(MULTIMEDIA, IGNORES_UNIT_ATTENTION, IGNORES_RESERVATION),
                        List.of(
                                bits(RT, 1, 1, 2),
                                bytes(STARTING_FEATURE_NUMBER, 2, 2),
                                bytes(ALLOCATION_LENGTH, 7, 2)),
                        GetConfiguration::new),
                row(
                        0x4A,
                        "GET EVENT STATUS NOTIFICATION",
                        10,
                        AT_ONCE,
                        Set.of(MULTIMEDIA, IGNORES_UNIT_ATTENTION, IGNORES_RESERVATION),
                        List.of(
                                flag(POLLED, 1, 0),
                                bytes(NOTIFICATION_CLASS_REQUEST, 4, 1),
                                bytes(ALLOCATION_LENGTH, 7, 2)),
                        GetEventStatusNotification::new),
                row(
                        0x51,
                        "READ DISC INFORMATION",
                        10,
                        AT_ONCE,
                        OF_DISC,
                        List.of(bits(DATA_TYPE, 1, 2, 3), bytes(ALLOCATION_LENGTH, 7, 2)),
                        ReadDiscInformation::new),
                row(
                        0x52,
                        "READ TRACK INFORMATION",
                        10,
                        AT_ONCE,
                        OF_DISC,
                        List.of(
                                unsupported(OPEN, 1, 2, 1),
                                bits(ADDRESS_NUMBER_TYPE, 1, 1, 2),
                                bytes(ADDRESS, 2, 4),
                                bytes(ALLOCATION_LENGTH, 7, 2)),
                        ReadTrackInformation::new),
                row(
                        0xAD,
                        "READ DISC STRUCTURE",
                        12,
                        AT_ONCE,
                        OF_DISC,
                        List.of(
                                bits(MEDIA_TYPE, 1, 3, 4),
                                bytes(LAYER_NUMBER, 6, 1),
                                bytes(FORMAT, 7, 1),
                                bytes(ALLOCATION_LENGTH, 8, 2),
                                unsupported(AGID, 10, 7, 2)),
                        ReadDiscStructure::new),
                row(
                        0xB9,
                        "READ CD MSF",
                        12,
                        TRANSFER,
                        OF_DISC,
                        cd(bytes(STARTING_MSF, 3, 3), bytes(ENDING_MSF, 6, 3)),
                        ReadCd::new),
                row(
                        0xBD,
                        "MECHANISM STATUS",
                        12,
                        AT_ONCE,
                        Set.of(MULTIMEDIA, IGNORES_RESERVATION),
                        List.of(bytes(ALLOCATION_LENGTH, 8, 2)),
                        MechanismStatus::new),
                row(
                        0xBE,
                        "READ CD",
                        12,
                        TRANSFER,
                        OF_DISC,
                        cd(bytes(LOGICAL_BLOCK_ADDRESS, 2, 4), bytes(TRANSFER_LENGTH, 6, 3)),
                        ReadCd::new));
    }

    /** What is read of each block is chosen in bytes 9 and 10. */
    private static List<Field> cd(Field... range) {
        return Stream.of(
                        Stream.of(bits(EXPECTED_SECTOR_TYPE, 1, 4, 3), unsupported(DAP, 1, 1, 1)),
                        Stream.of(range),
                        Stream.of(
                                unsupported(SYNC, 9, 7, 1),
                                unsupported(HEADER_CODES, 9, 6, 2),
                                flag(USER_DATA, 9, 4),
                                unsupported(EDC_ECC, 9, 3, 1),
                                unsupported(C2_ERROR_INFORMATION, 9, 2, 2),
                                unsupported(SUB_CHANNEL_SELECTION, 10, 2, 3)))
                .flatMap(fields -> fields)
                .toList();
    }
}
