package org.lunaria.scsi.internal.command;

import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.lunaria.scsi.ScsiStatus;
import org.lunaria.scsi.TaskResult;

/**
 * A command that a third-party copy sends to a unit. It is a command of the copy's nexus, so that masks, reservations, write
 * protection, resets and the order of claimed blocks hold for it as for any other. Confined to the task's executor.
 */
final class CopyCommand {
    /** Below 0: those of initiators are not. */
    private static final AtomicLong TAGS = new AtomicLong();

    private final Execution by;
    private final Access to;
    private final byte[] cdb;
    private final CopyTransfer transfer;
    private final long tag = TAGS.decrementAndGet();

    CopyCommand(Execution by, Access to, byte[] cdb, CopyTransfer transfer) {
        this.by = by;
        this.to = to;
        this.cdb = cdb;
        this.transfer = transfer;
    }

    /**
     * @param ended hears once, on the task's executor, what it was answered; nothing when it was aborted, or the unit is not
     *     there for the nexus any more
     */
    void start(Consumer<Optional<TaskResult>> ended) {
        transfer.whenCancelled(() -> ended.accept(Optional.empty()));
        to.executeForCopy(tag, cdb, transfer, by.executor(), result -> ended.accept(Optional.of(result)));
    }

    void abort() {
        to.abortForCopy(tag);
    }

    static boolean isGood(Optional<TaskResult> answer) {
        return answer.isPresent() && answer.get().status() == ScsiStatus.GOOD;
    }

    /** Whether it was not begun for want of room, and may be repeated. */
    static boolean isBusy(Optional<TaskResult> answer) {
        return answer.isPresent()
                && (answer.get().status() == ScsiStatus.BUSY || answer.get().status() == ScsiStatus.TASK_SET_FULL);
    }
}
