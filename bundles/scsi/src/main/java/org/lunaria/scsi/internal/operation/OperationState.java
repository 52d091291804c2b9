package org.lunaria.scsi.internal.operation;

import java.util.Optional;
import java.util.function.IntSupplier;
import org.lunaria.scsi.internal.page.Progress;
import org.lunaria.scsi.internal.page.Sense;

/**
 * Whether an operation on the whole medium is under way or has failed. Immutable; two states are the same one only if they are
 * the same object.
 */
public final class OperationState {
    /** Nothing is under way, and nothing has failed. */
    public static final OperationState NONE = new OperationState(Optional.empty(), false, () -> 0);

    private final Optional<MediumOperation> operation;
    private final boolean failed;
    private final IntSupplier progress;

    private OperationState(Optional<MediumOperation> operation, boolean failed, IntSupplier progress) {
        this.operation = operation;
        this.failed = failed;
        this.progress = progress;
    }

    /** @param progress how far it has come, of 65536 */
    public static OperationState running(MediumOperation operation, IntSupplier progress) {
        return new OperationState(Optional.of(operation), false, progress);
    }

    public static OperationState failed(MediumOperation operation) {
        return new OperationState(Optional.of(operation), true, () -> 0);
    }

    public boolean isNone() {
        return operation.isEmpty();
    }

    public boolean isRunning() {
        return operation.isPresent() && !failed;
    }

    public boolean isFailed() {
        return failed;
    }

    /** Whether it counts as failed because nobody knows what it was. */
    public boolean isUnknown() {
        return operation
                .filter(what -> what.kind() == MediumOperation.Kind.UNKNOWN)
                .isPresent();
    }

    /** Which one is under way or has failed. */
    public Optional<MediumOperation> operation() {
        return operation;
    }

    /** What commands are refused with, and what REQUEST SENSE tells (SPC-4 6.39); empty when there is nothing. */
    public Optional<Sense> sense() {
        return operation.map(what -> failed
                ? Sense.of(what.kind().failed())
                : Sense.inProgress(what.kind().inProgress(), new Progress(progress.getAsInt())));
    }

    /** For people: "sanitize by overwriting, 37 %", or nothing. */
    public String text() {
        return operation
                .map(what -> what.kind().text()
                        + (isUnknown()
                                ? " counts as failed"
                                : failed ? " has failed" : ", " + progress.getAsInt() * 100 / 0x10000 + " %"))
                .orElse("");
    }
}
