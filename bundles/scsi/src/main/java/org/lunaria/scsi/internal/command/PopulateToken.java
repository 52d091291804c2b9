package org.lunaria.scsi.internal.command;

import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.lunaria.scsi.ScsiStatus;
import org.lunaria.scsi.SenseCode;
import org.lunaria.scsi.TaskResult;
import org.lunaria.scsi.internal.copy.CopyOperation;
import org.lunaria.scsi.internal.copy.CopyOperation.State;
import org.lunaria.scsi.internal.copy.RodLimits;
import org.lunaria.scsi.internal.copy.RodType;
import org.lunaria.scsi.internal.page.BitField;
import org.lunaria.scsi.internal.page.FieldPointer;
import org.lunaria.scsi.internal.page.Sense;

/**
 * POPULATE TOKEN (SBC-3 5.22): makes a token for ranges of blocks, which RECEIVE ROD TOKEN INFORMATION brings. No data is moved,
 * so that IMMED makes no difference; no blocks give no token, which is no error.
 */
final class PopulateToken implements Handler {
    private static final int HEADER_BYTES = 16;
    private static final BitField RTV = new BitField(2, 1, 1);
    private static final BitField INACTIVITY_TIMEOUT = BitField.bytes(4, 4);
    private static final BitField ROD_TYPE = BitField.bytes(8, 4);

    private final TokenCommandFields fields;

    PopulateToken(Cdb cdb) {
        fields = new TokenCommandFields(cdb, HEADER_BYTES);
    }

    @Override
    public void handle(Execution execution) {
        fields.receive(execution, list -> populate(execution, list));
    }

    private void populate(Execution execution, byte[] list) {
        RangeDescriptors ranges =
                RangeDescriptors.of(list, HEADER_BYTES, execution.device().geometry());
        Optional<Sense> wrong = ranges.wrong().or(() -> wrong(list));
        if (wrong.isPresent()) {
            execution.refuse(wrong.get());
            return;
        }
        Optional<CopyOperation> operation = fields.begin(execution, TokenCommands.POPULATE_TOKEN);
        if (operation.isEmpty()) {
            execution.refuse(SenseCode.OPERATION_IN_PROGRESS);
            return;
        }
        long asked = INACTIVITY_TIMEOUT.get(list);
        execution.perform(new Population(
                execution, operation.get(), ranges, asked == 0 ? RodLimits.DEFAULT_TIMEOUT_SECONDS : asked));
    }

    private static Optional<Sense> wrong(byte[] list) {
        if (INACTIVITY_TIMEOUT.get(list) > RodLimits.MAXIMUM_TIMEOUT_SECONDS) {
            return Optional.of(Sense.invalidField(FieldPointer.parameter(INACTIVITY_TIMEOUT.byteIndex())));
        }
        return RTV.isSet(list) && ROD_TYPE.get(list) != RodType.CHANGE_VULNERABLE.code()
                ? Optional.of(Sense.invalidField(FieldPointer.parameter(ROD_TYPE.byteIndex())))
                : Optional.empty();
    }

    /**
     * Claims the blocks for the moment: what was at work on them is over when the token is made, and what comes later finds
     * it.
     */
    private static final class Population extends Procedure {
        private final Execution execution;
        private final CopyOperation operation;
        private final RangeDescriptors ranges;
        private final long timeoutSeconds;
        private boolean claimed;
        private State state = State.TERMINATED;
        private TaskResult result = TaskResult.of(ScsiStatus.TASK_ABORTED, 0);

        Population(Execution execution, CopyOperation operation, RangeDescriptors ranges, long timeoutSeconds) {
            super(execution);
            this.execution = execution;
            this.operation = operation;
            this.ranges = ranges;
            this.timeoutSeconds = timeoutSeconds;
        }

        @Override
        protected CompletionStage<?> step() {
            if (!claimed) {
                claimed = true;
                return medium(execution.claim(ranges.hull()));
            }
            if (ranges.blockCount() > 0) {
                RodSource source = RodSource.of(execution, ranges.blocks());
                Optional<RodToken> token = execution.device().tokens().create(source, timeoutSeconds);
                if (token.isEmpty()) {
                    return fail(Sense.of(SenseCode.INSUFFICIENT_RESOURCES_TO_CREATE_ROD_TOKEN));
                }
                operation.token(token.get().bytes());
                operation.wrote(source.lengthBytes());
            }
            state = State.COMPLETED;
            result = TaskResult.GOOD;
            return end();
        }

        private CompletionStage<?> fail(Sense sense) {
            state = State.FAILED;
            byte[] encoded = execution.device().senseFormat().encode(sense);
            result = new TaskResult(ScsiStatus.CHECK_CONDITION, encoded, 0);
            return then(() -> execution.refuse(sense));
        }

        @Override
        protected void release() {
            operation.end(state, result);
        }
    }
}
