package org.lunaria.scsi.internal.unit;

import java.util.Optional;
import java.util.OptionalLong;
import org.lunaria.scsi.ScsiStatus;
import org.lunaria.scsi.SenseCode;
import org.lunaria.scsi.Task;
import org.lunaria.scsi.TaskAttribute;
import org.lunaria.scsi.TaskResult;
import org.lunaria.scsi.internal.command.Command;
import org.lunaria.scsi.internal.command.CommandTable;
import org.lunaria.scsi.internal.operation.OperationState;
import org.lunaria.scsi.internal.page.BitField;
import org.lunaria.scsi.internal.page.FieldPointer;
import org.lunaria.scsi.internal.page.Sense;
import org.lunaria.scsi.internal.page.SenseFormat;
import org.lunaria.scsi.internal.reservation.ReservationState;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What every task passes before its handler, in SAM's order: the unit, the command, the bits of its CDB, unit attention, the
 * state of access through the port, reservations, an operation on the whole
 * medium, the medium, the order of tasks. Stateless.
 */
final class Pipeline {
    private static final Logger LOG = LoggerFactory.getLogger(Pipeline.class);
    private static final CommandTable TABLE = CommandTable.STANDARD;
    private static final BitField OPERATION_CODE = BitField.bytes(0, 1);
    private static final BitField SERVICE_ACTION = new BitField(1, 4, 5);

    private Pipeline() {}

    static void execute(Task task, LunAccess access) {
        execute(task, access, false);
    }

    /** Executes a command of a third-party copy, as one of the nexus, but that pending unit attentions stay. */
    static void executeForCopy(Task task, LunAccess access) {
        execute(task, access, true);
    }

    private static void execute(Task task, LunAccess access, boolean ofCopy) {
        LogicalUnit unit = access.unit();
        OperationState operation = unit.operation();
        Optional<Command> command = TABLE.find(task.cdb()).filter(row -> row.isSupportedBy(unit));
        Optional<Sense> refusal = command.isEmpty()
                ? Optional.of(unknown(task.cdb(), unit))
                : refusal(task, access, command.get(), operation, ofCopy);
        if (refusal.isPresent()) {
            refuse(task, access, refusal.get(), ofCopy);
            return;
        }
        ReservationState reservations = access.reservations();
        if (reservations.restricts()
                && reservations.conflicts(access.nexusName(), command.get().reservationAccess(task.cdb()))) {
            refuse(task, ScsiStatus.RESERVATION_CONFLICT);
            return;
        }
        Optional<Sense> unusable = unusable(task, access, command.get(), reservations, operation);
        if (unusable.isPresent()) {
            refuse(task, access, unusable.get(), ofCopy);
            return;
        }
        TaskEntry entry = new TaskEntry(task, access, command.get(), ofCopy);
        switch (access.tasks().add(entry, reservations, operation)) {
            case LISTED -> entry.enter();
            case CHANGED -> execute(task, access, ofCopy);
            case CLOSED -> task.data().cancel();
        }
    }

    /** Executes a task for a number that has no unit, or for the well known one. */
    static void executeWithoutUnit(Task task, AbsentAccess access) {
        Optional<Command> command = TABLE.find(task.cdb());
        Optional<Sense> refusal = access.refusal(task, command)
                .or(() -> command.get().violation(task.cdb()).map(Sense::invalidField));
        if (refusal.isPresent()) {
            refuse(task, refusal.get(), SenseFormat.FIXED);
            return;
        }
        UnitlessExecution execution = new UnitlessExecution(task, access, command.get());
        try {
            command.get().handle(execution);
        } catch (RuntimeException bug) {
            execution.fail(bug);
        }
    }

    private static Optional<Sense> refusal(
            Task task, LunAccess access, Command command, OperationState operation, boolean ofCopy) {
        Optional<FieldPointer> violation = command.violation(task.cdb());
        boolean isBarred =
                MediumOperations.refusal(operation, command, task.cdb()).isPresent();
        if (violation.isPresent() && !isBarred) {
            return Optional.of(Sense.invalidField(violation.get()));
        }
        if (task.attribute() == TaskAttribute.ACA) {
            return Optional.of(Sense.of(SenseCode.INVALID_MESSAGE_ERROR));
        }
        if (!command.accessesMedium()) {
            // The others look for themselves, before they are listed.
            access.unit().look();
        }
        if (!ofCopy && !command.ignoresUnitAttention()) {
            access.unit().thresholds().arrived(access.attentions());
            if (!access.attentions().isEmpty()) {
                Optional<Sense> attention = access.takeUnitAttention();
                if (attention.isPresent()) {
                    return attention;
                }
            }
        }
        return access.refusal(command).or(() -> occupied(access.unit(), command));
    }

    /** Why the unit does nothing else now: all but what is done while a unit attention is pending is refused. */
    private static Optional<Sense> occupied(LogicalUnit unit, Command command) {
        return command.ignoresUnitAttention() ? Optional.empty() : unit.occupied();
    }

    /** Why what is behind the unit cannot be used. */
    private static Optional<Sense> unusable(
            Task task, LunAccess access, Command command, ReservationState reservations, OperationState operation) {
        if (reservations.isLost() && !command.ignoresLostReservation(task.cdb())) {
            return Optional.of(Sense.of(SenseCode.PERSISTENT_RESERVATION_INFORMATION_LOST));
        }
        Optional<Sense> underWay = MediumOperations.refusal(operation, command, task.cdb());
        if (underWay.isPresent()) {
            return underWay;
        }
        if (command.accessesMedium()) {
            Optional<Sense> notReady = access.unit().notReady();
            if (notReady.isPresent()) {
                return notReady;
            }
        }
        return Optional.empty();
    }

    private static Sense unknown(byte[] cdb, LogicalUnit unit) {
        return TABLE.knowsServiceActions(cdb, unit)
                ? Sense.invalidField(SERVICE_ACTION)
                : new Sense(
                        SenseCode.INVALID_COMMAND_OPERATION_CODE,
                        OptionalLong.empty(),
                        Optional.of(FieldPointer.cdb(OPERATION_CODE)));
    }

    /** Answers a task that the unit refuses, with what comes of that for others. */
    private static void refuse(Task task, LunAccess access, Sense sense, boolean ofCopy) {
        SenseFormat format = access.unit().senseFormat();
        if (ofCopy) {
            refuse(task, sense, format);
        } else {
            access.unit().queueErrors().complete(access, task.executor(), () -> refuse(task, sense, format));
        }
    }

    /** Answers a task that no handler saw: nothing of its data was moved. */
    private static void refuse(Task task, Sense sense, SenseFormat format) {
        LOG.debug("{} lun {} refused: {}", task.nexus(), Long.toHexString(task.lun()), sense.code());
        task.answer().accept(new TaskResult(ScsiStatus.CHECK_CONDITION, format.encode(sense), residual(task)));
    }

    private static void refuse(Task task, ScsiStatus status) {
        LOG.debug("{} lun {} refused: {}", task.nexus(), Long.toHexString(task.lun()), status);
        task.answer().accept(TaskResult.of(status, residual(task)));
    }

    private static long residual(Task task) {
        return Math.max(task.data().dataInBytes(), task.data().dataOutBytes());
    }
}
