package org.lunaria.scsi.internal.slot;

/**
 * What a slot does with operations of a backend that goes, and while it has none. Immutable.
 *
 * @param whenGone hold them, or fail them at once
 * @param graceMillis how long they are held at most, counted from the backend's going; with HOLD only
 * @param drainMillis how long a backend that goes is waited for, three times at most: before it is drained, until it is, and for its
 *     last flush
 */
public record Policy(WhenGone whenGone, long graceMillis, long drainMillis) {
    /** How long is waited unless something else is said. */
    public static final long DRAIN_MILLIS = 10_000;

    public enum WhenGone {
        HOLD,
        FAIL
    }

    /** One that waits as long as is usual for a backend that goes. */
    public Policy(WhenGone whenGone, long graceMillis) {
        this(whenGone, graceMillis, DRAIN_MILLIS);
    }

    /** How long to hold: zero for FAIL. */
    long holdMillis() {
        return whenGone == WhenGone.HOLD ? graceMillis : 0;
    }
}
