package org.lunaria.scsi.internal.copy;

import java.util.Arrays;
import java.util.Optional;

/** ROD TYPE: what a ROD token stands for (SPC-4 table 106, SBC-3 4.28.4). */
public enum RodType {
    /** What the blocks were when the token was made, or nothing: whoever changes them ends the token. */
    CHANGE_VULNERABLE(0x0080_0001L),
    /** Zeroes, as many as are wanted. Anybody knows this token. */
    BLOCK_DEVICE_ZERO(0xFFFF_0001L);

    private final long code;

    RodType(long code) {
        this.code = code;
    }

    public long code() {
        return code;
    }

    /** Whether POPULATE TOKEN makes such a token; WRITE USING TOKEN takes all. */
    public boolean isMade() {
        return this == CHANGE_VULNERABLE;
    }

    public static Optional<RodType> of(long code) {
        return Arrays.stream(values()).filter(type -> type.code == code).findFirst();
    }
}
