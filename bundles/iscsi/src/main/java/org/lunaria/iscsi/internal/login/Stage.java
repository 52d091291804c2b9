package org.lunaria.iscsi.internal.login;

import java.util.Optional;

/** The stages of a login (RFC 7143 6.3, 11.12.3) and the ways between them. */
enum Stage {
    SECURITY_NEGOTIATION(0),
    LOGIN_OPERATIONAL_NEGOTIATION(1),
    FULL_FEATURE_PHASE(3);

    private final int code;

    Stage(int code) {
        this.code = code;
    }

    /** As in CSG and NSG. */
    int code() {
        return code;
    }

    /** The stage of a code; empty for 2, which is reserved. */
    static Optional<Stage> of(int code) {
        for (Stage stage : values()) {
            if (stage.code == code) {
                return Optional.of(stage);
            }
        }
        return Optional.empty();
    }

    /** Whether a login may begin here. */
    boolean begins() {
        return this != FULL_FEATURE_PHASE;
    }

    /** Whether a login may go from here to {@code next}: forwards, and operational negotiation may be left out. */
    boolean leadsTo(Stage next) {
        return next.code > code;
    }
}
