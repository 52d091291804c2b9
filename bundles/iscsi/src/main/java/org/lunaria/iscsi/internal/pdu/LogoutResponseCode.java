package org.lunaria.iscsi.internal.pdu;

/** Responses to a logout (RFC 7143 11.15.1). */
public enum LogoutResponseCode {
    CLOSED(0),
    CID_NOT_FOUND(1),
    RECOVERY_NOT_SUPPORTED(2),
    CLEANUP_FAILED(3);

    private final int code;

    LogoutResponseCode(int code) {
        this.code = code;
    }

    public int code() {
        return code;
    }
}
