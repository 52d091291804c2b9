package org.lunaria.scsi;

/**
 * What became of a change of a unit's size. Immutable.
 *
 * @param reason one sentence on why it is not done; empty if it is
 */
public record SizeChange(Outcome outcome, String reason) {

    /** What can become of one. */
    public enum Outcome {
        /** The unit has the new size, durably. */
        DONE,
        /** It has the size that it had, and keeps it. */
        REFUSED,
        /** It has one of the two, and may have the other later: when its store answers at last, or after a loss of power. */
        OPEN
    }

    public static final SizeChange DONE = new SizeChange(Outcome.DONE, "");

    public static SizeChange refused(String reason) {
        return new SizeChange(Outcome.REFUSED, reason);
    }

    public static SizeChange open(String reason) {
        return new SizeChange(Outcome.OPEN, reason);
    }
}
