package org.lunaria.scsi.internal.page;

import org.lunaria.scsi.AccessState;

/**
 * In which state a target port group is for a unit, and why (SPC-4 6.37). Immutable.
 *
 * @param cause of the last change
 */
public record AccessStatus(AccessState state, Cause cause) {
    /** As a target begins. */
    public static final AccessStatus FIRST = new AccessStatus(AccessState.ACTIVE_OPTIMIZED, Cause.NONE);

    /** STATUS CODE, by ordinal. */
    public enum Cause {
        NONE,
        SET_TARGET_PORT_GROUPS,
        IMPLICIT
    }
}
