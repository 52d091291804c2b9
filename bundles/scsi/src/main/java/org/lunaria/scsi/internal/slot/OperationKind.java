package org.lunaria.scsi.internal.slot;

/** What a slot counts and times apart. */
enum OperationKind {
    READ(8),
    WRITE(8),
    FLUSH(1),
    UNMAP(1),
    WRITE_ZEROES(1),
    /** Looks at extents and space, and scrubs. */
    OTHER(1);

    private final int timed;

    OperationKind(int timed) {
        this.timed = timed;
    }

    /**
     * Of those that are done at once, one in so many is timed: two looks at the clock are one hundredth of all the work for a
     * small read. A power of two.
     */
    int timedOneIn() {
        return timed;
    }
}
