package org.lunaria.scsi.internal.command;

import java.util.Arrays;
import java.util.Optional;

/**
 * What READ BUFFER and WRITE BUFFER are about: their MODE (SPC-4 tables 256 and 332). The other modes are not there: there is no
 * microcode to download, and no error history.
 */
enum BufferMode {
    DATA(0x02, true),
    DESCRIPTOR(0x03, false),
    ECHO_BUFFER(0x0A, true),
    ECHO_BUFFER_DESCRIPTOR(0x0B, false);

    private final int code;
    private final boolean writes;

    BufferMode(int code, boolean writes) {
        this.code = code;
        this.writes = writes;
    }

    static Optional<BufferMode> ofRead(long code) {
        return Arrays.stream(values()).filter(mode -> mode.code == code).findFirst();
    }

    static Optional<BufferMode> ofWrite(long code) {
        return ofRead(code).filter(mode -> mode.writes);
    }
}
