package org.lunaria.scsi.internal.command;

import java.util.Arrays;
import java.util.Optional;

/** REPORT TYPE of GET LBA STATUS (SBC-4 table 49). Of blocks that may return an error nobody knows, and 10h is not there. */
enum LbaReportType {
    ALL(0x00, true, true),
    ALL_WITH_STATUS(0x01, true, true),
    MAPPED(0x02, true, false),
    DEALLOCATED(0x03, false, true),
    /** Of which there are none. */
    ANCHORED(0x04, false, false);

    private static final int STATUS_MAPPED_OR_UNKNOWN = 0;
    private static final int STATUS_DEALLOCATED = 1;
    private static final int STATUS_MAPPED = 3;

    private final int code;
    private final boolean mapped;
    private final boolean deallocated;

    LbaReportType(int code, boolean mapped, boolean deallocated) {
        this.code = code;
        this.mapped = mapped;
        this.deallocated = deallocated;
    }

    static Optional<LbaReportType> of(long code) {
        return Arrays.stream(values()).filter(type -> type.code == code).findFirst();
    }

    /** Whether blocks are told of that are deallocated, or are not. */
    boolean reports(boolean hole) {
        return hole ? deallocated : mapped;
    }

    /** PROVISIONING STATUS (table 53). */
    int status(boolean hole) {
        if (hole) {
            return STATUS_DEALLOCATED;
        }
        return this == ALL ? STATUS_MAPPED_OR_UNKNOWN : STATUS_MAPPED;
    }
}
