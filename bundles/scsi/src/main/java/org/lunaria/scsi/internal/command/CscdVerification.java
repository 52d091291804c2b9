package org.lunaria.scsi.internal.command;

import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.lunaria.backend.Completions;
import org.lunaria.scsi.TaskResult;
import org.lunaria.scsi.internal.copy.Segment;
import org.lunaria.scsi.internal.page.Sense;

/** Verify CSCD operation (SPC-4 6.4.6.10): the unit is there, and answers TEST UNIT READY where it is to. */
final class CscdVerification implements SegmentWork {
    private static final int CDB_BYTES = 16;

    private final Execution execution;
    private final CopyUnits units;
    private final Segment.VerifyCscd segment;
    private final CopyFailures failures;
    private final CompletableFuture<Void> done = new CompletableFuture<>();

    private Optional<CopyCommand> command = Optional.empty();
    private Optional<Sense> failure = Optional.empty();

    CscdVerification(Execution execution, CopyUnits units, Segment.VerifyCscd segment, int number) {
        this.execution = execution;
        this.units = units;
        this.segment = segment;
        this.failures = new CopyFailures(units, segment, number);
    }

    @Override
    public CompletionStage<Void> start() {
        Optional<Access> unit = units.find(segment.cscd(), access -> true);
        if (unit.isEmpty()) {
            failure = Optional.of(failures.notReachable(Segment.SOURCE));
            return Completions.DONE;
        }
        if (!units.isDescribed(segment.cscd(), unit.get())) {
            failure = Optional.of(failures.wrongDevice(segment.cscd()));
            return Completions.DONE;
        }
        if (!segment.tests()) {
            return Completions.DONE;
        }
        CopyCommand test = new CopyCommand(execution, unit.get(), new byte[CDB_BYTES], CopyTransfer.none());
        command = Optional.of(test);
        test.start(this::answered);
        return done;
    }

    private void answered(Optional<TaskResult> answer) {
        if (!CopyCommand.isGood(answer)) {
            failure = Optional.of(failures.ofCommand(segment.cscd(), false, answer));
        }
        done.complete(null);
    }

    @Override
    public void stop() {
        command.ifPresent(CopyCommand::abort);
    }

    @Override
    public Optional<Sense> failure() {
        return failure;
    }
}
