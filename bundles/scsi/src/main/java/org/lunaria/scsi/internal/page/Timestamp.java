package org.lunaria.scsi.internal.page;

/**
 * What the device clock shows (SPC-4 5.2). Immutable.
 *
 * @param millis since the beginning of 1970, UTC; 48 bits
 */
public record Timestamp(Origin origin, long millis) {

    /** Where it comes from: TIMESTAMP ORIGIN. */
    public enum Origin {
        SET_TIMESTAMP(0b010),
        /** Methods outside of the standard: the host's clock. */
        OUTSIDE(0b011);

        private final int code;

        Origin(int code) {
            this.code = code;
        }

        public int code() {
            return code;
        }
    }
}
