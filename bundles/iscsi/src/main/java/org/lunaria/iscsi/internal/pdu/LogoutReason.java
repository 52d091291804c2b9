package org.lunaria.iscsi.internal.pdu;

import java.util.Optional;

/** Why an initiator logs out (RFC 7143 11.14.1). */
public enum LogoutReason {
    CLOSE_SESSION(0),
    CLOSE_CONNECTION(1),
    REMOVE_CONNECTION_FOR_RECOVERY(2);

    private final int code;

    LogoutReason(int code) {
        this.code = code;
    }

    public int code() {
        return code;
    }

    public static Optional<LogoutReason> of(int code) {
        for (LogoutReason value : values()) {
            if (value.code == code) {
                return Optional.of(value);
            }
        }
        return Optional.empty();
    }
}
