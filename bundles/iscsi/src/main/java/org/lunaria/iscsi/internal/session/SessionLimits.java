package org.lunaria.iscsi.internal.session;

/**
 * How many sessions there may be. Immutable.
 *
 * @param all at a time, at most 65535
 * @param ofInitiator of one name at a time
 * @param ofTarget with one target at a time
 * @param loginsPerSecond of one address
 */
public record SessionLimits(int all, int ofInitiator, int ofTarget, int loginsPerSecond) {

    /** One bound for all, and no others. */
    public static SessionLimits of(int all) {
        return new SessionLimits(all, all, all, Integer.MAX_VALUE);
    }
}
