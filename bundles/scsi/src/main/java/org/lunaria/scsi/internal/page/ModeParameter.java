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
    TAS
}
