package org.lunaria.scsi.internal.slot;

import java.time.Instant;
import org.lunaria.backend.BlockBackend.Failure;

/**
 * An operation that failed for good. Immutable.
 *
 * @param operation what was asked for: READ, WRITE and so on
 * @param offset of the first byte that is known to be concerned, or -1
 */
public record SlotFailure(Instant at, String operation, long offset, Failure failure) {

    static SlotFailure of(Instant at, Operation<?> operation, Failure failure) {
        long offset = failure.offset() >= 0 ? failure.offset() : operation.offset();
        return new SlotFailure(at, operation.kind().name(), offset, failure);
    }
}
