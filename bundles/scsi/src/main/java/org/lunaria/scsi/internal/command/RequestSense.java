package org.lunaria.scsi.internal.command;

import java.util.Optional;
import org.lunaria.scsi.SenseCode;
import org.lunaria.scsi.internal.page.BitField;
import org.lunaria.scsi.internal.page.Sense;
import org.lunaria.scsi.internal.page.SenseFormat;

/**
 * REQUEST SENSE (SPC-4 6.39): one unit attention, which is thereby cleared; else that the unit is not reached through the port; else
 * how an operation on the whole medium is; else how far a self-test is; else why the unit is not ready; else nothing.
 */
final class RequestSense implements Handler {
    private final BitField descriptorFormat;
    private final BitField allocationLength;

    RequestSense(Cdb cdb) {
        descriptorFormat = cdb.place(FieldName.DESC);
        allocationLength = cdb.place(FieldName.ALLOCATION_LENGTH);
    }

    @Override
    public void handle(Execution execution) {
        SenseFormat format = descriptorFormat.isSet(execution.cdb()) ? SenseFormat.DESCRIPTOR : SenseFormat.FIXED;
        execution.good(format.encode(sense(execution.access())), allocationLength.get(execution.cdb()));
    }

    private static Sense sense(Access access) {
        if (access.device().isEmpty() && !access.isWellKnown()) {
            return Sense.of(SenseCode.LOGICAL_UNIT_NOT_SUPPORTED);
        }
        return access.takeUnitAttention()
                .or(() -> access.device().map(device -> inaccessible(access).orElseGet(() -> condition(device))))
                .orElseGet(() -> Sense.of(SenseCode.NO_ADDITIONAL_SENSE_INFORMATION));
    }

    /** The port group may be in a state in which the unit is not reached. */
    private static Optional<Sense> inaccessible(Access access) {
        return access.accessStatus().state().refusal().map(Sense::of);
    }

    /** What is so until it changes: pollable sense data (SPC-4 5.9). */
    private static Sense condition(Device device) {
        return device.operation()
                .sense()
                .or(() -> device.selfTests()
                        .progress()
                        .map(progress ->
                                Sense.inProgress(SenseCode.LOGICAL_UNIT_NOT_READY_SELF_TEST_IN_PROGRESS, progress)))
                .or(device::notReady)
                .orElseGet(() -> Sense.of(SenseCode.NO_ADDITIONAL_SENSE_INFORMATION));
    }
}
