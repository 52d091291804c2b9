package org.lunaria.scsi.internal.command;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.lunaria.scsi.ScsiStatus;
import org.lunaria.scsi.TaskResult;
import org.lunaria.scsi.internal.copy.CopyList;
import org.lunaria.scsi.internal.copy.CopyOperation;
import org.lunaria.scsi.internal.copy.CopyOperation.State;
import org.lunaria.scsi.internal.copy.Segment;
import org.lunaria.scsi.internal.page.Sense;

/**
 * Does the segments of a third-party copy in order (SPC-4 5.17.7.3), each by commands to the units that it names. It ends with
 * the first that fails; what was copied before stays copied. However it ends, it does so when none of its commands is under
 * way any more.
 */
final class CopyProcedure extends Procedure {
    private final Execution execution;
    private final List<Segment> segments;
    private final CopyOperation operation;
    private final CopyUnits units;
    private final List<ByteBuffer> buffers;
    private final CopyTurn turn = new CopyTurn();

    private int next;
    private Optional<SegmentWork> work = Optional.empty();
    private State state = State.TERMINATED;
    private TaskResult result = TaskResult.of(ScsiStatus.TASK_ABORTED, 0);

    /** @param buffers of {@link CopyBuffers}, given back at the end */
    CopyProcedure(Execution execution, CopyList list, CopyOperation operation, List<ByteBuffer> buffers) {
        super(execution);
        this.execution = execution;
        this.segments = list.segments();
        this.operation = operation;
        this.units = new CopyUnits(execution.access(), list.cscds());
        this.buffers = buffers;
        operation.worker(() -> execution.executor().execute(this::interrupt));
    }

    @Override
    protected CompletionStage<?> step() {
        if (operation.isStopped()) {
            return then(() -> execution.refuse(ScsiStatus.TASK_ABORTED));
        }
        if (work.isPresent()) {
            Optional<Sense> failure = work.get().failure();
            if (failure.isPresent()) {
                return fail(failure.get());
            }
            work = Optional.empty();
            operation.segmentDone();
        }
        if (next == segments.size()) {
            state = State.COMPLETED;
            result = TaskResult.GOOD;
            return end();
        }
        SegmentWork begun = begin(segments.get(next), next);
        next++;
        work = Optional.of(begun);
        return medium(begun.start());
    }

    private SegmentWork begin(Segment segment, int number) {
        if (segment instanceof Segment.BlockToBlock copy) {
            return new BlockCopy(execution, operation, turn, units, buffers, copy, number);
        }
        return new CscdVerification(execution, units, (Segment.VerifyCscd) segment, number);
    }

    private CompletionStage<?> fail(Sense sense) {
        state = State.FAILED;
        result = new TaskResult(
                ScsiStatus.CHECK_CONDITION, execution.device().senseFormat().encode(sense), 0);
        return then(() -> execution.refuse(sense));
    }

    @Override
    protected void interrupt() {
        work.ifPresent(SegmentWork::stop);
    }

    @Override
    protected void release() {
        CopyBuffers.SHARED.give(buffers);
        operation.end(state, result);
    }
}
