package org.lunaria.scsi.internal.reservation;

import java.util.Arrays;
import java.util.Optional;

/** The types of a persistent reservation (SPC-4 6.15.3.4). */
public enum ReservationType {
    WRITE_EXCLUSIVE(0x1, false, Admitted.HOLDER),
    EXCLUSIVE_ACCESS(0x3, true, Admitted.HOLDER),
    WRITE_EXCLUSIVE_REGISTRANTS_ONLY(0x5, false, Admitted.REGISTRANTS),
    EXCLUSIVE_ACCESS_REGISTRANTS_ONLY(0x6, true, Admitted.REGISTRANTS),
    WRITE_EXCLUSIVE_ALL_REGISTRANTS(0x7, false, Admitted.HOLDERS),
    EXCLUSIVE_ACCESS_ALL_REGISTRANTS(0x8, true, Admitted.HOLDERS);

    /** Who may do what others may not. */
    private enum Admitted {
        HOLDER,
        REGISTRANTS,
        /** The registrants, each of which is a holder. */
        HOLDERS
    }

    private final int code;
    private final boolean exclusiveAccess;
    private final Admitted admitted;

    ReservationType(int code, boolean exclusiveAccess, Admitted admitted) {
        this.code = code;
        this.exclusiveAccess = exclusiveAccess;
        this.admitted = admitted;
    }

    static Optional<ReservationType> of(int code) {
        return Arrays.stream(values()).filter(type -> type.code == code).findFirst();
    }

    /** The value of the TYPE field. */
    public int code() {
        return code;
    }

    /** Whether reading is restricted too. */
    public boolean isExclusiveAccess() {
        return exclusiveAccess;
    }

    /** Whether every registrant may do what the holder may. */
    public boolean admitsRegistrants() {
        return admitted != Admitted.HOLDER;
    }

    /** Whether every registrant holds the reservation. */
    public boolean isHeldByAllRegistrants() {
        return admitted == Admitted.HOLDERS;
    }
}
