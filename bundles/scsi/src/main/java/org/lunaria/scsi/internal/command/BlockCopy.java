package org.lunaria.scsi.internal.command;

import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
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
final class BlockCopy implements SegmentWork {
    private final Execution execution;
    private final CopyOperation operation;
    private final CopyTurn turn;
    private final CopyUnits units;
    private final BlockToBlock segment;
    private final CopyFailures failures;
    private final Deque<ByteBuffer> free;
    private final CompletableFuture<Void> done = new CompletableFuture<>();

    private final Deque<CopyPiece> ready = new ArrayDeque<>();
    private final Set<CopyPiece> underWay = new LinkedHashSet<>();

    /** What a store had no room for: it comes again when another piece has got on. */
    private final Deque<CopyPiece> putOff = new ArrayDeque<>();

    private CopyRange range;
    private Optional<Sense> failure = Optional.empty();
    private boolean stopped;
    private boolean pumping;
    private boolean yielding;

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
        this.free = new ArrayDeque<>(buffers);
    }

    @Override
    public CompletionStage<Void> start() {
        Optional<Access> source = units.find(segment.source(), access -> true);
        Optional<Access> destination = units.find(segment.destination(), access -> !access.writeProtected());
        failure = source.isEmpty()
                ? Optional.of(failures.notReachable(Segment.SOURCE))
                : destination.isEmpty()
                        ? Optional.of(failures.notReachable(Segment.DESTINATION))
                        : check(source.get(), destination.get());
        if (failure.isPresent()) {
            return Completions.DONE;
        }
        range = new CopyRange(segment, source.get(), destination.get());
        while (range.overlaps() && free.size() > 1) {
            free.pop();
        }
        pump();
        return done;
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

    /** Starts what can be started. What ends at once does so within. */
    private void pump() {
        if (pumping) {
            return;
        }
        pumping = true;
        while (!yielding && !isEnding()) {
            CopyPiece piece = next();
            if (piece == null) {
                break;
            }
            if (turn.isOver()) {
                ready.add(piece);
                yielding = true;
                execution.access().later(() -> execution.executor().execute(this::goOn));
                continue;
            }
            underWay.add(piece);
            piece.send(answer -> answered(piece, answer));
        }
        pumping = false;
        boolean over = isEnding() || range.isEmpty() && ready.isEmpty() && putOff.isEmpty();
        if (over && underWay.isEmpty() && !yielding) {
            done.complete(null);
        }
    }

    private void goOn() {
        yielding = false;
        turn.restart();
        pump();
    }

    private boolean isEnding() {
        return stopped || failure.isPresent();
    }

    /** What was read, or could not be begun; else a new piece; null if there is neither. */
    private CopyPiece next() {
        if (!ready.isEmpty() || range.isEmpty() || free.isEmpty()) {
            return ready.poll();
        }
        return range.next(execution, free.pop());
    }

    private void answered(CopyPiece piece, Optional<TaskResult> answer) {
        underWay.remove(piece);
        if (!pumping) {
            turn.restart();
        }
        if (CopyCommand.isGood(answer) && piece.isWhole()) {
            ready.addAll(putOff);
            putOff.clear();
            if (piece.advance()) {
                ready.add(piece);
            } else {
                operation.wrote(piece.lengthBytes());
                turn.moved(piece.lengthBytes());
                free.push(piece.buffer());
            }
        } else if (CopyCommand.isBusy(answer) && !underWay.isEmpty()) {
            putOff.add(piece);
        } else if (failure.isEmpty()) {
            int id = piece.isWriting() ? segment.destination() : segment.source();
            failure = Optional.of(failures.ofCommand(id, piece.isWriting(), answer));
        }
        pump();
    }

    @Override
    public void stop() {
        stopped = true;
        List.copyOf(underWay).forEach(CopyPiece::abort);
    }

    @Override
    public Optional<Sense> failure() {
        return failure;
    }
}
