package org.lunaria.scsi.internal.command;

import java.util.Optional;
import org.lunaria.backend.BlockBackend.Failure;
import org.lunaria.scsi.SenseCode;
import org.lunaria.scsi.internal.page.Sense;

/** The one table from a store's failure to sense data. */
public final class FaultSense {
    private FaultSense() {}

    /**
     * @param held whether the unit still waits for a backend
     * @param blockBytes to turn an offset into an LBA
     * @return empty for BUSY, which is a status and no sense
     */
    public static Optional<Sense> of(Failure failure, boolean held, int blockBytes) {
        return switch (failure.fault()) {
            case BUSY -> Optional.empty();
            case OFFLINE ->
                Optional.of(Sense.of(
                        held
                                ? SenseCode.LOGICAL_UNIT_IS_IN_PROCESS_OF_BECOMING_READY
                                : SenseCode.LOGICAL_UNIT_NOT_READY_CAUSE_NOT_REPORTABLE));
            case READ_ERROR -> Optional.of(at(SenseCode.UNRECOVERED_READ_ERROR, failure, blockBytes));
            case WRITE_ERROR -> Optional.of(at(SenseCode.WRITE_ERROR, failure, blockBytes));
            case NO_SPACE -> Optional.of(Sense.of(SenseCode.SPACE_ALLOCATION_FAILED_WRITE_PROTECT));
            case READ_ONLY -> Optional.of(Sense.of(SenseCode.WRITE_PROTECTED));
            case UNSUPPORTED, INTERNAL -> Optional.of(Sense.of(SenseCode.INTERNAL_TARGET_FAILURE));
        };
    }

    private static Sense at(SenseCode code, Failure failure, int blockBytes) {
        return failure.offset() < 0 ? Sense.of(code) : Sense.withInformation(code, failure.offset() / blockBytes);
    }
}
