package org.lunaria.isns.internal.message;

import java.util.Optional;
import java.util.stream.Stream;

/** Status codes of responses (RFC 4171 5.4), by the words of the RFC. */
public enum StatusCode {
    SUCCESSFUL(0, "Successful"),
    UNKNOWN_ERROR(1, "Unknown Error"),
    MESSAGE_FORMAT_ERROR(2, "Message Format Error"),
    INVALID_REGISTRATION(3, "Invalid Registration"),
    INVALID_QUERY(5, "Invalid Query"),
    SOURCE_UNKNOWN(6, "Source Unknown"),
    SOURCE_ABSENT(7, "Source Absent"),
    SOURCE_UNAUTHORIZED(8, "Source Unauthorized"),
    NO_SUCH_ENTRY(9, "No Such Entry"),
    VERSION_NOT_SUPPORTED(10, "Version Not Supported"),
    INTERNAL_ERROR(11, "Internal Error"),
    BUSY(12, "Busy"),
    OPTION_NOT_UNDERSTOOD(13, "Option Not Understood"),
    INVALID_UPDATE(14, "Invalid Update"),
    MESSAGE_NOT_SUPPORTED(15, "Message (FUNCTION_ID) Not Supported"),
    SCN_EVENT_REJECTED(16, "SCN Event Rejected"),
    SCN_REGISTRATION_REJECTED(17, "SCN Registration Rejected"),
    ATTRIBUTE_NOT_IMPLEMENTED(18, "Attribute Not Implemented"),
    FC_DOMAIN_ID_NOT_AVAILABLE(19, "FC_DOMAIN_ID Not Available"),
    FC_DOMAIN_ID_NOT_ALLOCATED(20, "FC_DOMAIN_ID Not Allocated"),
    ESI_NOT_AVAILABLE(21, "ESI Not Available"),
    INVALID_DEREGISTRATION(22, "Invalid Deregistration"),
    REGISTRATION_FEATURE_NOT_SUPPORTED(23, "Registration Feature Not Supported");

    private final int code;
    private final String words;

    StatusCode(int code, String words) {
        this.code = code;
        this.words = words;
    }

    public int code() {
        return code;
    }

    /** Number and words, also of a code that the RFC reserves. */
    static String words(long code) {
        Optional<StatusCode> known =
                Stream.of(values()).filter(status -> status.code == code).findFirst();
        return known.map(status -> status.words).orElse("a reserved status") + " (" + code + ")";
    }
}
