package org.lunaria.scsi.internal.page;

import java.util.List;

/** The logical unit as pages see it. What is returned is a snapshot; thread-safe. */
public interface DescribedUnit {
    Identity identity();

    Geometry geometry();

    /** The mode parameters that initiators can change; not for the mask of those. */
    ModeValues modes(ModePage.PageControl control);

    /** The descriptors of the Third-Party Copy page (SPC-4 7.8.17), one behind the other. */
    byte[] thirdPartyCopyDescriptors();

    /** Whether a write may be answered before it is durable (WCE). */
    boolean writeCache();

    /** Whether a task that another initiator aborts is answered TASK ABORTED (TAS). */
    boolean taskAbortedStatus();

    /** Whether a nexus forbids the removal of the medium (SBC-3 5.14, MMC-6 6.13). */
    boolean removalPrevented();

    /** Those of the last self-tests, the last one first. */
    List<SelfTestResult> selfTestResults();

    /** The commands since the unit is there, or its statistics were reset. */
    CommandStatistics statistics();

    /** The format of sense data that goes with a status (D_SENSE). */
    SenseFormat senseFormat();
}
