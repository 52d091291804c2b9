package org.lunaria.scsi.internal.command;

import java.nio.ByteBuffer;
import java.util.Collection;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.lunaria.backend.Completions;
import org.lunaria.scsi.SenseCode;
import org.lunaria.scsi.TaskResult;
import org.lunaria.scsi.internal.copy.CopyOperation;
import org.lunaria.scsi.internal.copy.Segment;
import org.lunaria.scsi.internal.copy.Segment.BlockToBlock;
import org.lunaria.scsi.internal.page.Geometry;
import org.lunaria.scsi.internal.page.Sense;

/**
 * Block device to block device (SPC-4 6.4.6.5): pieces are read from the one and written to the other, several at a time.
 * Where a unit is copied onto itself and the ranges overlap, it is one piece at a time, from the end that the destination
 * does not cover yet, so that what is copied is what was there.
 */
final class BlockCopy implements SegmentWork, CopyFlow.Owner {
    private final Execution execution;
    private final CopyOperation operation;
    private final CopyTurn turn;
    private final CopyUnits units;
    private final BlockToBlock segment;
    private final CopyFailures failures;
    private final Collection<ByteBuffer> buffers;

    /** Why nothing of the segment is done. */
    private Optional<Sense> refusal = Optional.empty();

    private Optional<CopyFlow> flow = Optional.empty();

    BlockCopy(
            Execution execution,
            CopyOperation operation,
            CopyTurn turn,
            CopyUnits units,
            Collection<ByteBuffer> buffers,
            BlockToBlock segment,
            int number) {
        this.execution = execution;
        this.operation = operation;
        this.turn = turn;
        this.units = units;
        this.segment = segment;
        this.failures = new CopyFailures(units, segment, number);
        this.buffers = buffers;
    }

    @Override
    public CompletionStage<Void> start() {
        Optional<Access> source = units.find(segment.source(), access -> true);
        Optional<Access> destination = units.find(segment.destination(), access -> !access.writeProtected());
        refusal = source.isEmpty()
                ? Optional.of(failures.notReachable(Segment.SOURCE))
                : destination.isEmpty()
                        ? Optional.of(failures.notReachable(Segment.DESTINATION))
                        : check(source.get(), destination.get());
        if (refusal.isPresent()) {
            return Completions.DONE;
        }
        CopyRange range = new CopyRange(execution, segment, source.get(), destination.get());
        int pieces = range.overlaps() ? 1 : buffers.size();
        CopyFlow begun = new CopyFlow(
                execution,
                operation,
                turn,
                range,
                buffers.stream().limit(pieces).toList(),
                this);
        flow = Optional.of(begun);
        return begun.start();
    }

    /** Why the segment cannot be: nothing of it is done then. */
    private Optional<Sense> check(Access source, Access destination) {
        if (!units.isDescribed(segment.source(), source)) {
            return Optional.of(failures.wrongDevice(segment.source()));
        }
        if (!units.isDescribed(segment.destination(), destination)) {
            return Optional.of(failures.wrongDevice(segment.destination()));
        }
        Geometry from = source.device().orElseThrow().geometry();
        Geometry to = destination.device().orElseThrow().geometry();
        long bytes = CopyRange.bytes(segment, from, to);
        if (bytes % from.blockBytes() != 0 || bytes % to.blockBytes() != 0) {
            return Optional.of(failures.inSegment(SenseCode.UNEXPECTED_INEXACT_SEGMENT, BlockToBlock.BLOCK_COUNT_AT));
        }
        if (from.isKnown() && !from.contains(segment.sourceLba(), bytes / from.blockBytes())) {
            return Optional.of(failures.inSegment(SenseCode.COPY_ABORTED, BlockToBlock.SOURCE_LBA_AT));
        }
        return to.isKnown() && !to.contains(segment.destinationLba(), bytes / to.blockBytes())
                ? Optional.of(failures.inSegment(SenseCode.COPY_ABORTED, BlockToBlock.DESTINATION_LBA_AT))
                : Optional.empty();
    }

    @Override
    public Sense failure(boolean writing, Optional<TaskResult> answer) {
        return failures.ofCommand(writing ? segment.destination() : segment.source(), writing, answer);
    }

    @Override
    public void stop() {
        flow.ifPresent(CopyFlow::stop);
    }

    @Override
    public Optional<Sense> failure() {
        return flow.map(CopyFlow::failure).orElse(refusal);
    }
}
