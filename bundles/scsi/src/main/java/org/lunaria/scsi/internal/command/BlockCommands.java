package org.lunaria.scsi.internal.command;

import static org.lunaria.scsi.internal.command.CommandTable.AT_ONCE;
import static org.lunaria.scsi.internal.command.CommandTable.LONG;
import static org.lunaria.scsi.internal.command.CommandTable.TRANSFER;
import static org.lunaria.scsi.internal.command.CommandTable.action;
import static org.lunaria.scsi.internal.command.CommandTable.row;
import static org.lunaria.scsi.internal.command.Field.bits;
import static org.lunaria.scsi.internal.command.Field.bytes;
import static org.lunaria.scsi.internal.command.Field.flag;
import static org.lunaria.scsi.internal.command.Field.unsupported;
import static org.lunaria.scsi.internal.command.FieldName.*;
import static org.lunaria.scsi.internal.command.Trait.*;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** The rows of the {@link CommandTable} that are for blocks (SBC-3); those that CD/DVD units have as well say so. */
final class BlockCommands {
    private BlockCommands() {}

    static List<Command> rows() {
        return List.of(
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
                        0x1B,
                        "START STOP UNIT",
                        6,
                        LONG,
                        Set.of(ANY_DEVICE_TYPE, ENDS_SELF_TEST),
                        List.of(
                                flag(IMMED, 1, 0),
                                unsupported(POWER_CONDITION_MODIFIER, 3, 3, 4),
                                unsupported(POWER_CONDITION, 4, 7, 4),
                                flag(NO_FLUSH, 4, 2).onlyWith(DIRECT_ACCESS),
                                flag(LOEJ, 4, 1).onlyWith(REMOVABLE_MEDIUM),
                                flag(START, 4, 0)),
                        StartStopUnit::new),
                row(
                        0x25,
                        "READ CAPACITY (10)",
                        10,
                        AT_ONCE,
                        Set.of(ANY_DEVICE_TYPE, MEDIUM_READ, ALLOWED_DURING_SANITIZE, IGNORES_RESERVATION),
                        List.of(),
                        cdb -> new ReadCapacity10()),
                row(
                        0x28,
                        "READ (10)",
                        10,
                        TRANSFER,
                        Set.of(ANY_DEVICE_TYPE, MEDIUM_READ, IGNORES_WRITE_EXCLUSIVE),
                        transfer(10, RDPROTECT),
                        Read::new),
                row(0x2A, "WRITE (10)", 10, TRANSFER, Set.of(MEDIUM_WRITE), transfer(10, WRPROTECT), Write::new),
                row(
                        0x2E,
                        "WRITE AND VERIFY (10)",
                        10,
                        LONG,
                        Set.of(MEDIUM_WRITE),
                        checked(10, WRPROTECT, TRANSFER_LENGTH),
                        WriteAndVerify::new),
                row(
                        0x2F,
                        "VERIFY (10)",
                        10,
                        TRANSFER,
                        Set.of(MEDIUM_READ, IGNORES_WRITE_EXCLUSIVE),
                        checked(10, VRPROTECT, VERIFICATION_LENGTH),
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
                        blocks(10, NUMBER_OF_LOGICAL_BLOCKS, flag(SYNC_NV, 1, 2), flag(IMMED, 1, 1)),
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
                        blocks(
                                10,
                                NUMBER_OF_LOGICAL_BLOCKS,
                                unsupported(WRPROTECT, 1, 7, 3),
                                unsupported(ANCHOR, 1, 4, 1),
                                flag(UNMAP, 1, 3).onlyWith(PROVISIONING)),
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
                        0x88,
                        "READ (16)",
                        16,
                        TRANSFER,
                        Set.of(MEDIUM_READ, IGNORES_WRITE_EXCLUSIVE),
                        transfer(16, RDPROTECT),
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
                row(0x8A, "WRITE (16)", 16, TRANSFER, Set.of(MEDIUM_WRITE), transfer(16, WRPROTECT), Write::new),
                row(
                        0x8B,
                        "ORWRITE (16)",
                        16,
                        TRANSFER,
                        Set.of(MEDIUM_WRITE, CLAIMS_BLOCKS),
                        transfer(16, ORPROTECT),
                        OrWrite::new),
                row(
                        0x8E,
                        "WRITE AND VERIFY (16)",
                        16,
                        LONG,
                        Set.of(MEDIUM_WRITE),
                        checked(16, WRPROTECT, TRANSFER_LENGTH),
                        WriteAndVerify::new),
                row(
                        0x8F,
                        "VERIFY (16)",
                        16,
                        TRANSFER,
                        Set.of(MEDIUM_READ, IGNORES_WRITE_EXCLUSIVE),
                        checked(16, VRPROTECT, VERIFICATION_LENGTH),
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
                        blocks(16, NUMBER_OF_LOGICAL_BLOCKS, flag(SYNC_NV, 1, 2), flag(IMMED, 1, 1)),
                        SynchronizeCache::new),
                row(
                        0x93,
                        "WRITE SAME (16)",
                        16,
                        LONG,
                        Set.of(MEDIUM_WRITE),
                        blocks(
                                16,
                                NUMBER_OF_LOGICAL_BLOCKS,
                                unsupported(WRPROTECT, 1, 7, 3),
                                unsupported(ANCHOR, 1, 4, 1),
                                flag(UNMAP, 1, 3).onlyWith(PROVISIONING),
                                flag(NDOB, 1, 0)),
                        WriteSame::new),
                action(
                        0x9E,
                        0x10,
                        "READ CAPACITY (16)",
                        16,
                        AT_ONCE,
                        Set.of(MEDIUM_READ, ALLOWED_DURING_SANITIZE, IGNORES_RESERVATION),
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
                                bytes(ALLOCATION_LENGTH, 10, 4),
                                bytes(REPORT_TYPE, 14, 1)),
                        GetLbaStatus::new),
                row(
                        0xA8,
                        "READ (12)",
                        12,
                        TRANSFER,
                        Set.of(ANY_DEVICE_TYPE, MEDIUM_READ, IGNORES_WRITE_EXCLUSIVE),
                        transfer(12, RDPROTECT),
                        Read::new),
                row(0xAA, "WRITE (12)", 12, TRANSFER, Set.of(MEDIUM_WRITE), transfer(12, WRPROTECT), Write::new),
                row(
                        0xAE,
                        "WRITE AND VERIFY (12)",
                        12,
                        LONG,
                        Set.of(MEDIUM_WRITE),
                        checked(12, WRPROTECT, TRANSFER_LENGTH),
                        WriteAndVerify::new),
                row(
                        0xAF,
                        "VERIFY (12)",
                        12,
                        TRANSFER,
                        Set.of(MEDIUM_READ, IGNORES_WRITE_EXCLUSIVE),
                        checked(12, VRPROTECT, VERIFICATION_LENGTH),
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
                        ReadDefectData::new));
    }

    /** READ and WRITE: with the bits of the second byte that both have. */
    private static List<Field> transfer(int cdbBytes, FieldName protect) {
        return blocks(cdbBytes, TRANSFER_LENGTH, unsupported(protect, 1, 7, 3), flag(DPO, 1, 4), flag(FUA, 1, 3));
    }

    /** VERIFY and WRITE AND VERIFY. */
    private static List<Field> checked(int cdbBytes, FieldName protect, FieldName length) {
        return blocks(cdbBytes, length, unsupported(protect, 1, 7, 3), flag(DPO, 1, 4), bits(BYTCHK, 1, 2, 2));
    }

    /**
     * What a CDB of a length has at its places that names a range of blocks.
     *
     * @param cdbBytes 10, 12 or 16
     * @param length how the standard calls the number of blocks
     * @param before fields of the second byte
     */
    private static List<Field> blocks(int cdbBytes, FieldName length, Field... before) {
        List<Field> fields = new ArrayList<>(List.of(before));
        switch (cdbBytes) {
            case 10 -> {
                fields.add(bytes(LOGICAL_BLOCK_ADDRESS, 2, 4));
                fields.add(unsupported(GROUP_NUMBER, 6, 4, 5));
                fields.add(bytes(length, 7, 2));
            }
            case 12 -> {
                fields.add(bytes(LOGICAL_BLOCK_ADDRESS, 2, 4));
                fields.add(bytes(length, 6, 4));
                fields.add(unsupported(GROUP_NUMBER, 10, 4, 5));
            }
            case 16 -> {
                fields.add(bytes(LOGICAL_BLOCK_ADDRESS, 2, 8));
                fields.add(bytes(length, 10, 4));
                fields.add(unsupported(GROUP_NUMBER, 14, 4, 5));
            }
            default -> throw new IllegalArgumentException(cdbBytes + " bytes");
        }
        return fields;
    }
}
