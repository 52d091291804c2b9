package org.lunaria.scsi.internal.slot;

/**
 * What a slot does with operations while it has no backend. Immutable.
 *
 * @param whenGone hold them, or fail them at once
 * @param graceMillis how long they are held at most, counted from the backend's going; with HOLD only
 */
public record Policy(WhenGone whenGone, long graceMillis) {
    public enum WhenGone {
        HOLD,
        FAIL
    }

    /** How long to hold: zero for FAIL. */
    long holdMillis() {
        return whenGone == WhenGone.HOLD ? graceMillis : 0;
    }
}
