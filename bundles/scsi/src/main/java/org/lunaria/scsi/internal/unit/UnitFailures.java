package org.lunaria.scsi.internal.unit;

import org.lunaria.scsi.SenseCode;
import org.lunaria.scsi.UnitFailure;
import org.lunaria.scsi.internal.command.FaultSense;
import org.lunaria.scsi.internal.page.Sense;
import org.lunaria.scsi.internal.slot.SlotFailure;

/** Tells failures of a store as initiators see them. Stateless. */
final class UnitFailures {
    private static final String BUSY = "BUSY";

    private UnitFailures() {}

    /** @param blockBytes length of a logical block */
    static UnitFailure of(SlotFailure failure, int blockBytes) {
        return new UnitFailure(
                failure.at(),
                failure.operation(),
                failure.offset() < 0 ? -1 : failure.offset() / blockBytes,
                FaultSense.of(failure.failure(), false, blockBytes)
                        .map(Sense::code)
                        .map(UnitFailures::words)
                        .orElse(BUSY),
                String.valueOf(failure.failure().getMessage()));
    }

    /** As the standards spell them. */
    private static String words(SenseCode code) {
        return (code.key() + ", " + code).replace('_', ' ');
    }
}
