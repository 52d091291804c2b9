package org.lunaria.scsi.internal.page;

/** The mode parameters that initiators can change, in the standards' own words (SPC-4 7.5, SBC-3 6.5). */
public enum ModeParameter {
    /** Write cache enable: a write may be answered before it is durable. */
    WCE,
    /** Descriptor format sense data. */
    D_SENSE,
    /** Software write protect. */
    SWP,
    /** Task aborted status: what another initiator aborts is answered TASK ABORTED. */
    TAS,
    /** Logical block provisioning error reporting enabled: initiators are told of thresholds. */
    LBPERE,
    /** Single initiator threshold unit attention: one nexus is told of a threshold, and not all. */
    SITUA,
    /** ENABLED of the threshold of what is available. */
    AVAILABLE_THRESHOLD_ENABLED,
    /** Its THRESHOLD COUNT, in threshold sets. */
    AVAILABLE_THRESHOLD_COUNT,
    /** ENABLED of the threshold of what is used. */
    USED_THRESHOLD_ENABLED,
    /** Its THRESHOLD COUNT. */
    USED_THRESHOLD_COUNT,
    /** Queue error management: 00b, 01b or 11b, which of the other commands a CHECK CONDITION aborts. */
    QERR {
        @Override
        public boolean accepts(long value) {
            return value != RESERVED_QERR;
        }
    };

    private static final int RESERVED_QERR = 0b10;

    /** Whether a value that fits its field is one that it may have. */
    public boolean accepts(long value) {
        return true;
    }
}
