package org.lunaria.scsi.internal.command;

import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.lunaria.scsi.internal.page.Sense;

/** The work of one segment of a third-party copy. Confined to the task's executor. */
interface SegmentWork {

    /** Completes on the task's executor when nothing of the segment is under way any more, whatever came of it. */
    CompletionStage<Void> start();

    /** Ends it early. */
    void stop();

    /** Why it is not done, once it has ended; for one that was stopped as well. */
    Optional<Sense> failure();
}
