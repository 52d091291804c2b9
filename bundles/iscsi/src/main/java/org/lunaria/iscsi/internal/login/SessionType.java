package org.lunaria.iscsi.internal.login;

import java.util.Arrays;
import java.util.Optional;

/** What a session is for (RFC 7143 4.3, 13.21). */
public enum SessionType {
    /** Only to ask which targets there are: SendTargets and Logout, no SCSI. */
    DISCOVERY("Discovery"),
    /** SCSI commands to one target. */
    NORMAL("Normal");

    private final String text;

    SessionType(String text) {
        this.text = text;
    }

    /** The type that a value of the key SessionType names, if it names one. */
    static Optional<SessionType> of(String value) {
        return Arrays.stream(values()).filter(type -> type.text.equals(value)).findFirst();
    }
}
