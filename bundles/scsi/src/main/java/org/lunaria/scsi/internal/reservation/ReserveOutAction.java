package org.lunaria.scsi.internal.reservation;

/** The service actions of PERSISTENT RESERVE OUT (SPC-4 6.16.2); the ordinal is the code. */
public enum ReserveOutAction {
    REGISTER,
    RESERVE,
    RELEASE,
    CLEAR,
    PREEMPT,
    PREEMPT_AND_ABORT,
    REGISTER_AND_IGNORE_EXISTING_KEY,
    REGISTER_AND_MOVE,
    REPLACE_LOST_RESERVATION;

    public int code() {
        return ordinal();
    }
}
