package org.lunaria.scsi.internal.unit;

import java.util.Optional;
import java.util.OptionalLong;
import org.lunaria.scsi.SenseCode;
import org.lunaria.scsi.Task;
import org.lunaria.scsi.TaskAttribute;
import org.lunaria.scsi.internal.command.Command;
import org.lunaria.scsi.internal.command.Trait;
import org.lunaria.scsi.internal.page.BitField;
import org.lunaria.scsi.internal.page.FieldPointer;
import org.lunaria.scsi.internal.page.Sense;

/** Access to the REPORT LUNS well known logical unit (SPC-4 8.3): every nexus has it, whatever it sees. Immutable. */
final class WellKnownAccess extends AbsentAccess {
    private static final BitField OPERATION_CODE = BitField.bytes(0, 1);

    private final UnitAttentions attentions;

    WellKnownAccess(NexusPaths paths) {
        super(paths);
        attentions = paths.wellKnownAttentions();
    }

    @Override
    public boolean isWellKnown() {
        return true;
    }

    @Override
    public Optional<Sense> takeUnitAttention() {
        return attentions.take().map(condition -> Sense.of(condition.code()));
    }

    @Override
    Optional<Sense> refusal(Task task, Optional<Command> command) {
        if (command.isEmpty() || !command.get().traits().contains(Trait.OF_WELL_KNOWN_UNIT)) {
            return Optional.of(new Sense(
                    SenseCode.INVALID_COMMAND_OPERATION_CODE,
                    OptionalLong.empty(),
                    Optional.of(FieldPointer.cdb(OPERATION_CODE))));
        }
        Optional<Sense> invalid = command.get().violation(task.cdb()).map(Sense::invalidField);
        if (invalid.isPresent()) {
            return invalid;
        }
        if (task.attribute() == TaskAttribute.ACA) {
            return Optional.of(Sense.of(SenseCode.INVALID_MESSAGE_ERROR));
        }
        return command.get().ignoresUnitAttention() ? Optional.empty() : takeUnitAttention();
    }
}
