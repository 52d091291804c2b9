package org.lunaria.scsi;

/**
 * What a logical unit takes where its bytes are, and what is left there. Immutable; an estimate, some seconds old.
 *
 * @param usedBytes what the unit takes
 * @param availableBytes what it may take besides
 * @param shared whether others may take of what is available
 * @param low whether nothing is left, or no more than the unit's threshold
 */
public record UnitSpace(long usedBytes, long availableBytes, boolean shared, boolean low) {
    /** Its backend does not tell, or is not there, or was not asked yet. */
    public static final UnitSpace UNKNOWN = new UnitSpace(-1, -1, false, false);

    public boolean isKnown() {
        return usedBytes >= 0;
    }
}
