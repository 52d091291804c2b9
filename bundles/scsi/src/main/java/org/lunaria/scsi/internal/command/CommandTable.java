package org.lunaria.scsi.internal.command;

import static org.lunaria.scsi.internal.command.Field.bits;
import static org.lunaria.scsi.internal.command.Field.bytes;
import static org.lunaria.scsi.internal.command.Field.flag;
import static org.lunaria.scsi.internal.command.Field.unsupported;
import static org.lunaria.scsi.internal.command.FieldName.*;
import static org.lunaria.scsi.internal.command.Trait.*;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * Every command there is, one row each: SPC-4 and SBC-3. What is not in this table is refused, and nothing else is
 * announced. Immutable.
 */
public final class CommandTable {
    private static final int OPCODES = 256;
    private static final int SERVICE_ACTIONS = 32;

    /** Seconds: an answer from memory; a transfer; a flush; work on many blocks. */
    static final int AT_ONCE = 10;

    private static final int TRANSFER = 30;
    static final int LONG = 60;

    /** The one table. */
    public static final CommandTable STANDARD = new CommandTable(List.of(
            row(
                    0x00,
                    "TEST UNIT READY",
                    6,
                    AT_ONCE,
                    Set.of(MEDIUM_READ, IGNORES_PERSISTENT_RESERVATION),
                    List.of(),
                    cdb -> new TestUnitReady()),
            row(
                    0x03,
                    "REQUEST SENSE",
                    6,
                    AT_ONCE,
                    Set.of(IGNORES_UNIT_ATTENTION, IGNORES_RESERVATION, ANSWERS_WITHOUT_UNIT),
                    List.of(flag(DESC, 1, 0), bytes(ALLOCATION_LENGTH, 4, 1)),
                    RequestSense::new),
            row(
                    0x08,
                    "READ (6)",
                    6,
                    TRANSFER,
                    Set.of(MEDIUM_READ, IGNORES_WRITE_EXCLUSIVE),
                    List.of(bits(LOGICAL_BLOCK_ADDRESS, 1, 4, 21), bytes(TRANSFER_LENGTH, 4, 1)),
                    Read::new),
            row(
                    0x0A,
                    "WRITE (6)",
                    6,
                    TRANSFER,
                    Set.of(MEDIUM_WRITE),
                    List.of(bits(LOGICAL_BLOCK_ADDRESS, 1, 4, 21), bytes(TRANSFER_LENGTH, 4, 1)),
                    Write::new),
            row(
                    0x12,
                    "INQUIRY",
                    6,
                    AT_ONCE,
                    Set.of(IGNORES_UNIT_ATTENTION, IGNORES_RESERVATION, ANSWERS_WITHOUT_UNIT),
                    List.of(flag(EVPD, 1, 0), bytes(PAGE_CODE, 2, 1), bytes(ALLOCATION_LENGTH, 3, 2)),
                    Inquiry::new),
            row(
                    0x1A,
                    "MODE SENSE (6)",
                    6,
                    AT_ONCE,
                    Set.of(IGNORES_WRITE_EXCLUSIVE),
                    List.of(
                            flag(DBD, 1, 3),
                            bits(PC, 2, 7, 2),
                            bits(PAGE_CODE, 2, 5, 6),
                            bytes(SUBPAGE_CODE, 3, 1),
                            bytes(ALLOCATION_LENGTH, 4, 1)),
                    ModeSense::new),
            row(
                    0x1B,
                    "START STOP UNIT",
                    6,
                    LONG,
                    Set.of(),
                    List.of(
                            flag(IMMED, 1, 0),
                            unsupported(POWER_CONDITION_MODIFIER, 3, 3, 4),
                            unsupported(POWER_CONDITION, 4, 7, 4),
                            flag(NO_FLUSH, 4, 2),
                            flag(LOEJ, 4, 1),
                            flag(START, 4, 0)),
                    StartStopUnit::new),
            row(
                    0x1E,
                    "PREVENT ALLOW MEDIUM REMOVAL",
                    6,
                    AT_ONCE,
                    Set.of(REMOVABLE_MEDIUM),
                    List.of(bits(PREVENT, 4, 1, 2)),
                    PreventAllowMediumRemoval::new),
            row(
                    0x25,
                    "READ CAPACITY (10)",
                    10,
                    AT_ONCE,
                    Set.of(MEDIUM_READ, IGNORES_RESERVATION),
                    List.of(),
                    cdb -> new ReadCapacity10()),
            row(
                    0x28,
                    "READ (10)",
                    10,
                    TRANSFER,
                    Set.of(MEDIUM_READ, IGNORES_WRITE_EXCLUSIVE),
                    List.of(
                            unsupported(RDPROTECT, 1, 7, 3),
                            flag(DPO, 1, 4),
                            flag(FUA, 1, 3),
                            bytes(LOGICAL_BLOCK_ADDRESS, 2, 4),
                            unsupported(GROUP_NUMBER, 6, 4, 5),
                            bytes(TRANSFER_LENGTH, 7, 2)),
                    Read::new),
            row(
                    0x2A,
                    "WRITE (10)",
                    10,
                    TRANSFER,
                    Set.of(MEDIUM_WRITE),
                    List.of(
                            unsupported(WRPROTECT, 1, 7, 3),
                            flag(DPO, 1, 4),
                            flag(FUA, 1, 3),
                            bytes(LOGICAL_BLOCK_ADDRESS, 2, 4),
                            unsupported(GROUP_NUMBER, 6, 4, 5),
                            bytes(TRANSFER_LENGTH, 7, 2)),
                    Write::new),
            row(
                    0x2E,
                    "WRITE AND VERIFY (10)",
                    10,
                    LONG,
                    Set.of(MEDIUM_WRITE),
                    List.of(
                            unsupported(WRPROTECT, 1, 7, 3),
                            flag(DPO, 1, 4),
                            bits(BYTCHK, 1, 2, 2),
                            bytes(LOGICAL_BLOCK_ADDRESS, 2, 4),
                            unsupported(GROUP_NUMBER, 6, 4, 5),
                            bytes(TRANSFER_LENGTH, 7, 2)),
                    WriteAndVerify::new),
            row(
                    0x2F,
                    "VERIFY (10)",
                    10,
                    TRANSFER,
                    Set.of(MEDIUM_READ, IGNORES_WRITE_EXCLUSIVE),
                    List.of(
                            unsupported(VRPROTECT, 1, 7, 3),
                            flag(DPO, 1, 4),
                            bits(BYTCHK, 1, 2, 2),
                            bytes(LOGICAL_BLOCK_ADDRESS, 2, 4),
                            unsupported(GROUP_NUMBER, 6, 4, 5),
                            bytes(VERIFICATION_LENGTH, 7, 2)),
                    Verify::new),
            row(
                    0x34,
                    "PRE-FETCH (10)",
                    10,
                    LONG,
                    Set.of(MEDIUM_READ, IGNORES_WRITE_EXCLUSIVE),
                    List.of(
                            flag(IMMED, 1, 1),
                            bytes(LOGICAL_BLOCK_ADDRESS, 2, 4),
                            bits(GROUP_NUMBER, 6, 4, 5),
                            bytes(PREFETCH_LENGTH, 7, 2)),
                    Prefetch::new),
            row(
                    0x35,
                    "SYNCHRONIZE CACHE (10)",
                    10,
                    LONG,
                    Set.of(MEDIUM_READ),
                    List.of(
                            flag(SYNC_NV, 1, 2),
                            flag(IMMED, 1, 1),
                            bytes(LOGICAL_BLOCK_ADDRESS, 2, 4),
                            unsupported(GROUP_NUMBER, 6, 4, 5),
                            bytes(NUMBER_OF_LOGICAL_BLOCKS, 7, 2)),
                    SynchronizeCache::new),
            row(
                    0x37,
                    "READ DEFECT DATA (10)",
                    10,
                    AT_ONCE,
                    Set.of(MEDIUM_READ, IGNORES_WRITE_EXCLUSIVE),
                    List.of(
                            flag(REQ_PLIST, 2, 4),
                            flag(REQ_GLIST, 2, 3),
                            bits(DEFECT_LIST_FORMAT, 2, 2, 3),
                            bytes(ALLOCATION_LENGTH, 7, 2)),
                    ReadDefectData::new),
            row(
                    0x41,
                    "WRITE SAME (10)",
                    10,
                    LONG,
                    Set.of(MEDIUM_WRITE),
                    List.of(
                            unsupported(WRPROTECT, 1, 7, 3),
                            unsupported(ANCHOR, 1, 4, 1),
                            flag(UNMAP, 1, 3),
                            bytes(LOGICAL_BLOCK_ADDRESS, 2, 4),
                            unsupported(GROUP_NUMBER, 6, 4, 5),
                            bytes(NUMBER_OF_LOGICAL_BLOCKS, 7, 2)),
                    WriteSame::new),
            row(
                    0x42,
                    "UNMAP",
                    10,
                    LONG,
                    Set.of(MEDIUM_WRITE, PROVISIONING),
                    List.of(
                            unsupported(ANCHOR, 1, 0, 1),
                            unsupported(GROUP_NUMBER, 6, 4, 5),
                            bytes(PARAMETER_LIST_LENGTH, 7, 2)),
                    Unmap::new),
            row(
                    0x5A,
                    "MODE SENSE (10)",
                    10,
                    AT_ONCE,
                    Set.of(IGNORES_WRITE_EXCLUSIVE),
                    List.of(
                            flag(LLBAA, 1, 4),
                            flag(DBD, 1, 3),
                            bits(PC, 2, 7, 2),
                            bits(PAGE_CODE, 2, 5, 6),
                            bytes(SUBPAGE_CODE, 3, 1),
                            bytes(ALLOCATION_LENGTH, 7, 2)),
                    ModeSense::new),
            row(
                    0x88,
                    "READ (16)",
                    16,
                    TRANSFER,
                    Set.of(MEDIUM_READ, IGNORES_WRITE_EXCLUSIVE),
                    List.of(
                            unsupported(RDPROTECT, 1, 7, 3),
                            flag(DPO, 1, 4),
                            flag(FUA, 1, 3),
                            bytes(LOGICAL_BLOCK_ADDRESS, 2, 8),
                            bytes(TRANSFER_LENGTH, 10, 4),
                            unsupported(GROUP_NUMBER, 14, 4, 5)),
                    Read::new),
            row(
                    0x89,
                    "COMPARE AND WRITE",
                    16,
                    TRANSFER,
                    Set.of(MEDIUM_WRITE, CLAIMS_BLOCKS),
                    List.of(
                            unsupported(WRPROTECT, 1, 7, 3),
                            flag(DPO, 1, 4),
                            flag(FUA, 1, 3),
                            bytes(LOGICAL_BLOCK_ADDRESS, 2, 8),
                            bytes(NUMBER_OF_LOGICAL_BLOCKS, 13, 1),
                            unsupported(GROUP_NUMBER, 14, 4, 5)),
                    CompareAndWrite::new),
            row(
                    0x8A,
                    "WRITE (16)",
                    16,
                    TRANSFER,
                    Set.of(MEDIUM_WRITE),
                    List.of(
                            unsupported(WRPROTECT, 1, 7, 3),
                            flag(DPO, 1, 4),
                            flag(FUA, 1, 3),
                            bytes(LOGICAL_BLOCK_ADDRESS, 2, 8),
                            bytes(TRANSFER_LENGTH, 10, 4),
                            unsupported(GROUP_NUMBER, 14, 4, 5)),
                    Write::new),
            row(
                    0x8B,
                    "ORWRITE (16)",
                    16,
                    TRANSFER,
                    Set.of(MEDIUM_WRITE, CLAIMS_BLOCKS),
                    List.of(
                            unsupported(ORPROTECT, 1, 7, 3),
                            flag(DPO, 1, 4),
                            flag(FUA, 1, 3),
                            bytes(LOGICAL_BLOCK_ADDRESS, 2, 8),
                            bytes(TRANSFER_LENGTH, 10, 4),
                            unsupported(GROUP_NUMBER, 14, 4, 5)),
                    OrWrite::new),
            row(
                    0x8E,
                    "WRITE AND VERIFY (16)",
                    16,
                    LONG,
                    Set.of(MEDIUM_WRITE),
                    List.of(
                            unsupported(WRPROTECT, 1, 7, 3),
                            flag(DPO, 1, 4),
                            bits(BYTCHK, 1, 2, 2),
                            bytes(LOGICAL_BLOCK_ADDRESS, 2, 8),
                            bytes(TRANSFER_LENGTH, 10, 4),
                            unsupported(GROUP_NUMBER, 14, 4, 5)),
                    WriteAndVerify::new),
            row(
                    0x8F,
                    "VERIFY (16)",
                    16,
                    TRANSFER,
                    Set.of(MEDIUM_READ, IGNORES_WRITE_EXCLUSIVE),
                    List.of(
                            unsupported(VRPROTECT, 1, 7, 3),
                            flag(DPO, 1, 4),
                            bits(BYTCHK, 1, 2, 2),
                            bytes(LOGICAL_BLOCK_ADDRESS, 2, 8),
                            bytes(VERIFICATION_LENGTH, 10, 4),
                            unsupported(GROUP_NUMBER, 14, 4, 5)),
                    Verify::new),
            row(
                    0x90,
                    "PRE-FETCH (16)",
                    16,
                    LONG,
                    Set.of(MEDIUM_READ, IGNORES_WRITE_EXCLUSIVE),
                    List.of(
                            flag(IMMED, 1, 1),
                            bytes(LOGICAL_BLOCK_ADDRESS, 2, 8),
                            bytes(PREFETCH_LENGTH, 10, 4),
                            bits(GROUP_NUMBER, 14, 4, 5)),
                    Prefetch::new),
            row(
                    0x91,
                    "SYNCHRONIZE CACHE (16)",
                    16,
                    LONG,
                    Set.of(MEDIUM_READ),
                    List.of(
                            flag(SYNC_NV, 1, 2),
                            flag(IMMED, 1, 1),
                            bytes(LOGICAL_BLOCK_ADDRESS, 2, 8),
                            bytes(NUMBER_OF_LOGICAL_BLOCKS, 10, 4),
                            unsupported(GROUP_NUMBER, 14, 4, 5)),
                    SynchronizeCache::new),
            row(
                    0x93,
                    "WRITE SAME (16)",
                    16,
                    LONG,
                    Set.of(MEDIUM_WRITE),
                    List.of(
                            unsupported(WRPROTECT, 1, 7, 3),
                            unsupported(ANCHOR, 1, 4, 1),
                            flag(UNMAP, 1, 3),
                            flag(NDOB, 1, 0),
                            bytes(LOGICAL_BLOCK_ADDRESS, 2, 8),
                            bytes(NUMBER_OF_LOGICAL_BLOCKS, 10, 4),
                            unsupported(GROUP_NUMBER, 14, 4, 5)),
                    WriteSame::new),
            action(
                    0x9E,
                    0x10,
                    "READ CAPACITY (16)",
                    16,
                    AT_ONCE,
                    Set.of(MEDIUM_READ, IGNORES_RESERVATION),
                    List.of(bits(SERVICE_ACTION, 1, 4, 5), bytes(ALLOCATION_LENGTH, 10, 4)),
                    ReadCapacity16::new),
            action(
                    0x9E,
                    0x12,
                    "GET LBA STATUS",
                    16,
                    TRANSFER,
                    Set.of(MEDIUM_READ, IGNORES_WRITE_EXCLUSIVE),
                    List.of(
                            bits(SERVICE_ACTION, 1, 4, 5),
                            bytes(LOGICAL_BLOCK_ADDRESS, 2, 8),
                            bytes(ALLOCATION_LENGTH, 10, 4)),
                    GetLbaStatus::new),
            row(
                    0xA0,
                    "REPORT LUNS",
                    12,
                    AT_ONCE,
                    Set.of(IGNORES_UNIT_ATTENTION, IGNORES_RESERVATION, ANSWERS_WITHOUT_UNIT),
                    List.of(bytes(SELECT_REPORT, 2, 1), bytes(ALLOCATION_LENGTH, 6, 4)),
                    ReportLuns::new),
            action(
                    0xA3,
                    0x0C,
                    "REPORT SUPPORTED OPERATION CODES",
                    12,
                    AT_ONCE,
                    Set.of(IGNORES_WRITE_EXCLUSIVE),
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
                    Set.of(IGNORES_WRITE_EXCLUSIVE),
                    List.of(bits(SERVICE_ACTION, 1, 4, 5), flag(REPD, 2, 7), bytes(ALLOCATION_LENGTH, 6, 4)),
                    ReportSupportedTaskManagementFunctions::new),
            row(
                    0xA8,
                    "READ (12)",
                    12,
                    TRANSFER,
                    Set.of(MEDIUM_READ, IGNORES_WRITE_EXCLUSIVE),
                    List.of(
                            unsupported(RDPROTECT, 1, 7, 3),
                            flag(DPO, 1, 4),
                            flag(FUA, 1, 3),
                            bytes(LOGICAL_BLOCK_ADDRESS, 2, 4),
                            bytes(TRANSFER_LENGTH, 6, 4),
                            unsupported(GROUP_NUMBER, 10, 4, 5)),
                    Read::new),
            row(
                    0xAA,
                    "WRITE (12)",
                    12,
                    TRANSFER,
                    Set.of(MEDIUM_WRITE),
                    List.of(
                            unsupported(WRPROTECT, 1, 7, 3),
                            flag(DPO, 1, 4),
                            flag(FUA, 1, 3),
                            bytes(LOGICAL_BLOCK_ADDRESS, 2, 4),
                            bytes(TRANSFER_LENGTH, 6, 4),
                            unsupported(GROUP_NUMBER, 10, 4, 5)),
                    Write::new),
            row(
                    0xAE,
                    "WRITE AND VERIFY (12)",
                    12,
                    LONG,
                    Set.of(MEDIUM_WRITE),
                    List.of(
                            unsupported(WRPROTECT, 1, 7, 3),
                            flag(DPO, 1, 4),
                            bits(BYTCHK, 1, 2, 2),
                            bytes(LOGICAL_BLOCK_ADDRESS, 2, 4),
                            bytes(TRANSFER_LENGTH, 6, 4),
                            unsupported(GROUP_NUMBER, 10, 4, 5)),
                    WriteAndVerify::new),
            row(
                    0xAF,
                    "VERIFY (12)",
                    12,
                    TRANSFER,
                    Set.of(MEDIUM_READ, IGNORES_WRITE_EXCLUSIVE),
                    List.of(
                            unsupported(VRPROTECT, 1, 7, 3),
                            flag(DPO, 1, 4),
                            bits(BYTCHK, 1, 2, 2),
                            bytes(LOGICAL_BLOCK_ADDRESS, 2, 4),
                            bytes(VERIFICATION_LENGTH, 6, 4),
                            unsupported(GROUP_NUMBER, 10, 4, 5)),
                    Verify::new),
            row(
                    0xB7,
                    "READ DEFECT DATA (12)",
                    12,
                    AT_ONCE,
                    Set.of(MEDIUM_READ, IGNORES_WRITE_EXCLUSIVE),
                    List.of(
                            flag(REQ_PLIST, 1, 4),
                            flag(REQ_GLIST, 1, 3),
                            bits(DEFECT_LIST_FORMAT, 1, 2, 3),
                            bytes(ADDRESS_DESCRIPTOR_INDEX, 2, 4),
                            bytes(ALLOCATION_LENGTH, 6, 4)),
                    ReadDefectData::new)));

    private final List<Command> rows;

    /** By operation code, and under it by service action where there are some; else a single one. */
    private final Command[][] index = new Command[OPCODES][];

    private CommandTable(List<Command> others) {
        rows = Stream.concat(others.stream(), ReservationCommands.rows().stream())
                .sorted(Comparator.comparing(Command::opcode)
                        .thenComparing(command -> command.serviceAction().orElse(0)))
                .toList();
        for (Command command : rows) {
            int opcode = command.opcode();
            if (command.serviceAction().isEmpty()) {
                index[opcode] = new Command[] {command};
            } else {
                if (index[opcode] == null) {
                    index[opcode] = new Command[SERVICE_ACTIONS];
                }
                index[opcode][command.serviceAction().getAsInt()] = command;
            }
        }
    }

    /** In ascending order of operation code and service action. */
    public List<Command> rows() {
        return rows;
    }

    /** Whether there are commands with this operation code that differ by service action. */
    public boolean knowsServiceActions(byte[] cdb) {
        Command[] commands = index[cdb[0] & 0xFF];
        return commands != null && commands.length > 1;
    }

    /** The command that a CDB asks for. */
    public Optional<Command> find(byte[] cdb) {
        Command[] commands = index[cdb[0] & 0xFF];
        if (commands == null) {
            return Optional.empty();
        }
        return Optional.ofNullable(commands.length == 1 ? commands[0] : commands[cdb[1] & (SERVICE_ACTIONS - 1)]);
    }

    private static CommandTable standard() {
        return STANDARD;
    }

    static Command row(
            int opcode,
            String name,
            int lengthBytes,
            int timeoutSeconds,
            Set<Trait> traits,
            List<Field> fields,
            Function<Cdb, Handler> handler) {
        return new Command(opcode, OptionalInt.empty(), name, lengthBytes, timeoutSeconds, traits, fields, handler);
    }

    static Command action(
            int opcode,
            int serviceAction,
            String name,
            int lengthBytes,
            int timeoutSeconds,
            Set<Trait> traits,
            List<Field> fields,
            Function<Cdb, Handler> handler) {
        return new Command(
                opcode, OptionalInt.of(serviceAction), name, lengthBytes, timeoutSeconds, traits, fields, handler);
    }
}
