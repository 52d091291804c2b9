package org.lunaria.scsi.internal.selftest;

import java.util.Arrays;
import java.util.Optional;

/** The self-tests that there are, by SELF-TEST CODE (SPC-4 table 200). Each tests the same, but for how much it reads. */
public enum SelfTest {
    /** That of the SELFTEST bit; it is not logged. */
    DEFAULT(0b000, true, 8),
    BACKGROUND_SHORT(0b001, false, 64),
    BACKGROUND_EXTENDED(0b010, false, 1024),
    FOREGROUND_SHORT(0b101, true, 64),
    FOREGROUND_EXTENDED(0b110, true, 1024);

    /** SELF-TEST CODE that ends a test in the background. */
    public static final int ABORT_BACKGROUND = 0b100;

    private final int code;
    private final boolean foreground;
    private final int samples;

    SelfTest(int code, boolean foreground, int samples) {
        this.code = code;
        this.foreground = foreground;
        this.samples = samples;
    }

    /** The test with a code, but for the default one. */
    public static Optional<SelfTest> of(long code) {
        return Arrays.stream(values())
                .filter(test -> test != DEFAULT && test.code == code)
                .findFirst();
    }

    public int code() {
        return code;
    }

    /** Whether its command is answered when it is over, and other commands are refused until then. */
    public boolean isForeground() {
        return foreground;
    }

    public boolean isLogged() {
        return this != DEFAULT;
    }

    /** How many places of the medium it reads, at most. */
    public int samples() {
        return samples;
    }
}
