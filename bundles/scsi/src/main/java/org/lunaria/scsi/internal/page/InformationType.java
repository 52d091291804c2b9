package org.lunaria.scsi.internal.page;

import java.util.Arrays;
import java.util.Optional;

/** The kinds of identifying information that a unit keeps (SPC-4 6.34, table 260). */
public enum InformationType {
    /** Any bytes. */
    LOGICAL_UNIT(0x00, 512),
    /** UTF-8, ended by a null. */
    LOGICAL_UNIT_TEXT(0x02, 256);

    /** INFORMATION TYPE that asks which there are. */
    public static final int SUPPORTED = 0x7F;

    private final int code;
    private final int maxBytes;

    InformationType(int code, int maxBytes) {
        this.code = code;
        this.maxBytes = maxBytes;
    }

    public int code() {
        return code;
    }

    /** MAXIMUM IDENTIFYING INFORMATION LENGTH. */
    public int maxBytes() {
        return maxBytes;
    }

    public static Optional<InformationType> of(long code) {
        return Arrays.stream(values()).filter(type -> type.code == code).findFirst();
    }
}
