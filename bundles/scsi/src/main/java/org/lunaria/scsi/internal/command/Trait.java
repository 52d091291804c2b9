package org.lunaria.scsi.internal.command;

/** What the pipeline must know of a command before its handler runs. */
public enum Trait {
    /** Reads the medium, or tells of it: needs one that is there and started. */
    MEDIUM_READ,
    /** Changes the medium: needs one that is there, started and not write protected. */
    MEDIUM_WRITE,
    /** Is one step to all commands that touch its blocks: its handler claims them. */
    CLAIMS_BLOCKS,
    /** Moves blocks by commands of its own, which touch them; itself it touches none. */
    SENDS_COMMANDS,
    /** Is done while a unit attention is pending, and leaves it pending (SAM-5 5.14). */
    IGNORES_UNIT_ATTENTION,
    /**
     * Is done whoever holds a reservation, or looks at reservations itself. Without one of these three traits a command is
     * done only for who is admitted by the reservation (SPC-4 table 65, SBC-4 table 13).
     */
    IGNORES_RESERVATION,
    /** Is done whoever holds a persistent reservation, but not while another nexus holds one of RESERVE. */
    IGNORES_PERSISTENT_RESERVATION,
    /** Is done whoever holds a reservation of a Write Exclusive type. */
    IGNORES_WRITE_EXCLUSIVE,
    /** Is done while it is not known who holds a reservation (SPC-4 5.13.5.3.2). */
    REPLACES_LOST_RESERVATION,
    /** Has an answer of its own for a LUN without a unit (SPC-4 6.4, 6.33, 6.39). */
    ANSWERS_WITHOUT_UNIT,
    /** Is a command of the REPORT LUNS well known logical unit too, which has no others (SPC-4 8.3). */
    OF_WELL_KNOWN_UNIT,
    /** Is there for units with a removable medium only. */
    REMOVABLE_MEDIUM,
    /** Is there for units that can deallocate blocks only. */
    PROVISIONING,
    /** Is there for units that write atomically only. */
    ATOMIC_WRITE,
    /** Is there for units of every device type. A command without it is for disks, unless it is {@link #MULTIMEDIA}. */
    ANY_DEVICE_TYPE,
    /** Is there for CD/DVD units only. */
    MULTIMEDIA,
    /** Ends a self-test of the unit that is under way (SPC-4 table 105). */
    ENDS_SELF_TEST,
    /** Of a field: is there for disks only. */
    DIRECT_ACCESS,
    /** Is done while the medium is formatted or sanitized (SBC-4 4.33.2, 4.11.2). */
    ALLOWED_DURING_FORMAT,
    /** Is done while the medium is sanitized, and after that has failed (SBC-4 4.11.2). */
    ALLOWED_DURING_SANITIZE,
    /** Likewise, for the mode pages that the clause names. */
    ALLOWED_DURING_SANITIZE_BY_PAGE,
    /**
     * Begins at once, as one of HEAD OF QUEUE does, and whoever has claimed blocks: it ends all others itself before it works
     * on the medium (SBC-4 5.30.1).
     */
    WAITS_FOR_NOBODY,
    /** Is done after a sanitize operation has failed, and may end that. */
    ENDS_FAILED_SANITIZE,
    /** Is done while the medium is format corrupt, and may end that (SBC-4 4.33.3.1). */
    ENDS_FORMAT_CORRUPT
}
