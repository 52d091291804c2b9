package org.lunaria.scsi.internal.command;

import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.lunaria.scsi.internal.buffer.DataBuffer;
import org.lunaria.scsi.internal.operation.OperationState;
import org.lunaria.scsi.internal.page.DescribedUnit;
import org.lunaria.scsi.internal.page.InformationType;
import org.lunaria.scsi.internal.page.Sense;
import org.lunaria.scsi.internal.page.Timestamp;
import org.lunaria.scsi.internal.selftest.SelfTests;
import org.lunaria.scsi.internal.slot.Medium;

/** The logical unit as command handlers see it. Thread-safe; no method blocks. */
public interface Device extends DescribedUnit {

    Medium medium();

    /** What REPORT IDENTIFYING INFORMATION tells; no bytes where nothing was set. */
    byte[] identifyingInformation(InformationType type);

    /** What all initiators may use by READ BUFFER and WRITE BUFFER. */
    DataBuffer dataBuffer();

    /** The ROD tokens for its blocks. */
    UnitTokens tokens();

    SelfTests selfTests();

    /** Reads anew what the unit has saved. Completes on any thread, with whether it can be read. */
    CompletionStage<Boolean> checkSaved();

    /** Whether an operation on the whole medium is under way or has failed. */
    OperationState operation();

    /** What the device clock shows. */
    Timestamp timestamp();

    /** What START STOP UNIT did to the unit last; the same for all initiators. */
    enum MediumState {
        STARTED,
        /** There, but to be started before it is used. */
        STOPPED,
        /** Removed; of a removable medium only. */
        EJECTED
    }

    MediumState mediumState();

    /** Why commands that need the medium cannot be done now, or empty. */
    Optional<Sense> notReady();

    /** Changes the state. When a medium comes, other nexuses than the given one get a unit attention. */
    void changeMediumState(MediumState state, Execution by);
}
