package org.lunaria.iscsi.internal.login;

/** Status-Class and Status-Detail of a Login Response, with the RFC's words (RFC 7143 11.13.5). */
public enum LoginStatus {
    SUCCESS(0x00, 0x00, "Success"),
    TARGET_MOVED_TEMPORARILY(0x01, 0x01, "Target moved temporarily"),
    TARGET_MOVED_PERMANENTLY(0x01, 0x02, "Target moved permanently"),
    INITIATOR_ERROR(0x02, 0x00, "Initiator error"),
    AUTHENTICATION_FAILURE(0x02, 0x01, "Authentication failure"),
    AUTHORIZATION_FAILURE(0x02, 0x02, "Authorization failure"),
    NOT_FOUND(0x02, 0x03, "Not found"),
    TARGET_REMOVED(0x02, 0x04, "Target removed"),
    UNSUPPORTED_VERSION(0x02, 0x05, "Unsupported version"),
    TOO_MANY_CONNECTIONS(0x02, 0x06, "Too many connections"),
    MISSING_PARAMETER(0x02, 0x07, "Missing parameter"),
    CANNOT_INCLUDE_IN_SESSION(0x02, 0x08, "Can't include in session"),
    SESSION_TYPE_NOT_SUPPORTED(0x02, 0x09, "Session type not supported"),
    SESSION_DOES_NOT_EXIST(0x02, 0x0A, "Session does not exist"),
    INVALID_REQUEST_DURING_LOGIN(0x02, 0x0B, "Invalid during login"),
    TARGET_ERROR(0x03, 0x00, "Target error"),
    SERVICE_UNAVAILABLE(0x03, 0x01, "Service unavailable"),
    OUT_OF_RESOURCES(0x03, 0x02, "Out of resources");

    private final int statusClass;
    private final int statusDetail;
    private final String words;

    LoginStatus(int statusClass, int statusDetail, String words) {
        this.statusClass = statusClass;
        this.statusDetail = statusDetail;
        this.words = words;
    }

    public int statusClass() {
        return statusClass;
    }

    public int statusDetail() {
        return statusDetail;
    }

    /** Whether the initiator is to go to another address, which the response says (class 1). */
    boolean isRedirect() {
        return statusClass == TARGET_MOVED_TEMPORARILY.statusClass;
    }

    /** The RFC's name of the status, for the log. */
    @Override
    public String toString() {
        return words;
    }
}
