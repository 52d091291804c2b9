package org.lunaria.scsi.internal.command;

import java.util.Set;

/** What a command is to the statistics of its unit (SPC-4 table 375). */
public enum CountedAs {
    READ,
    /** It moves no logical blocks between initiator and unit. */
    READ_WITHOUT_BLOCKS,
    WRITE,
    WRITE_WITHOUT_BLOCKS,
    /** It is none of the table's. */
    NEITHER;

    private static final Set<String> READS = Set.of("READ (10)", "READ (12)", "READ (16)");
    private static final Set<String> WRITES = Set.of(
            "WRITE (10)",
            "WRITE (12)",
            "WRITE (16)",
            "WRITE AND VERIFY (10)",
            "WRITE AND VERIFY (12)",
            "WRITE AND VERIFY (16)");

    static CountedAs of(String name) {
        return switch (name) {
            case "POPULATE TOKEN" -> READ_WITHOUT_BLOCKS;
            case "UNMAP", "WRITE USING TOKEN" -> WRITE_WITHOUT_BLOCKS;
            default -> READS.contains(name) ? READ : WRITES.contains(name) ? WRITE : NEITHER;
        };
    }
}
