package org.lunaria.scsi.internal.page;

/** The logical unit as pages see it. What is returned is a snapshot; thread-safe. */
public interface DescribedUnit {
    Identity identity();

    Geometry geometry();

    /** Whether a write may be answered before it is durable (WCE). */
    boolean writeCache();

    /** Whether a task that another initiator aborts is answered TASK ABORTED (TAS). */
    boolean taskAbortedStatus();

    /** The format of sense data that goes with a status (D_SENSE). */
    SenseFormat senseFormat();
}
