package org.lunaria.scsi;

import java.util.Optional;
import java.util.stream.Stream;

/** Target port asymmetric access states (SPC-4 5.15.2.4), in the standard's own words. */
public enum AccessState {
    ACTIVE_OPTIMIZED(0x0, "active/optimized", Optional.empty()),
    ACTIVE_NON_OPTIMIZED(0x1, "active/non-optimized", Optional.empty()),
    STANDBY(0x2, "standby", Optional.of(SenseCode.TARGET_PORT_IN_STANDBY_STATE)),
    UNAVAILABLE(0x3, "unavailable", Optional.of(SenseCode.TARGET_PORT_IN_UNAVAILABLE_STATE)),
    /** From one to another; nobody sets it. */
    TRANSITIONING(0xF, "transitioning", Optional.of(SenseCode.ASYMMETRIC_ACCESS_STATE_TRANSITION));

    private final int code;
    private final String text;
    private final Optional<SenseCode> refusal;

    AccessState(int code, String text, Optional<SenseCode> refusal) {
        this.code = code;
        this.text = text;
        this.refusal = refusal;
    }

    /** One that can be set, by its code. */
    public static Optional<AccessState> settable(int code) {
        return Stream.of(values())
                .filter(state -> state.code == code && state != TRANSITIONING)
                .findFirst();
    }

    /** One that can be set, by its text. */
    public static Optional<AccessState> settable(String text) {
        return Stream.of(values())
                .filter(state -> state.text.equalsIgnoreCase(text) && state != TRANSITIONING)
                .findFirst();
    }

    /** ASYMMETRIC ACCESS STATE. */
    public int code() {
        return code;
    }

    /** Whether every command is done. */
    public boolean isActive() {
        return refusal.isEmpty();
    }

    /** What a command is told that is not done in this state; empty when it is active. */
    public Optional<SenseCode> refusal() {
        return refusal;
    }

    /** As the standard writes it, "active/optimized". */
    public String text() {
        return text;
    }
}
