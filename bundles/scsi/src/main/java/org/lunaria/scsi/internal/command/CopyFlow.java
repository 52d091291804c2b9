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
import org.lunaria.scsi.TaskResult;
import org.lunaria.scsi.internal.copy.CopyOperation;
import org.lunaria.scsi.internal.page.Sense;

/**
 * Moves the pieces of a copy, as many at a time as there are buffers. What it tells the {@link CopyOperation} to be written is
 * so from the first piece on without a gap. Confined to the task's executor.
 */
final class CopyFlow {

    /** What is left to be moved. */
    interface Pieces {
        boolean isEmpty();

        CopyPiece next(ByteBuffer buffer);
    }

    /** What its owner has to say. */
    interface Owner {
        /** Why what was read must not be written, or empty. */
        default Optional<Sense> afterRead() {
            return Optional.empty();
        }

        /** Why the copy ends with a command that was not done. */
        Sense failure(boolean writing, Optional<TaskResult> answer);
    }

    private final Execution execution;
    private final CopyOperation operation;
    private final CopyTurn turn;
    private final Pieces pieces;
    private final Owner owner;
    private final Deque<ByteBuffer> free;
    private final CompletableFuture<Void> done = new CompletableFuture<>();

    private final Deque<CopyPiece> ready = new ArrayDeque<>();
    private final Set<CopyPiece> underWay = new LinkedHashSet<>();

    /** What a store had no room for: it comes again when another piece has got on. */
    private final Deque<CopyPiece> putOff = new ArrayDeque<>();

    /** Those that are not counted as written, in their order; and of them those that are. */
    private final Deque<CopyPiece> uncounted = new ArrayDeque<>();

    private final Set<CopyPiece> written = new LinkedHashSet<>();

    private Optional<Sense> failure = Optional.empty();
    private boolean stopped;
    private boolean pumping;
    private boolean yielding;

    /** @param buffers one for each piece at a time */
    CopyFlow(
            Execution execution,
            CopyOperation operation,
            CopyTurn turn,
            Pieces pieces,
            Collection<ByteBuffer> buffers,
            Owner owner) {
        this.execution = execution;
        this.operation = operation;
        this.turn = turn;
        this.pieces = pieces;
        this.owner = owner;
        this.free = new ArrayDeque<>(buffers);
    }

    /** Completes on the task's executor when nothing is under way any more, whatever came of it. */
    CompletionStage<Void> start() {
        pump();
        return done;
    }

    /** Ends it early. */
    void stop() {
        stopped = true;
        List.copyOf(underWay).forEach(CopyPiece::abort);
    }

    boolean isStopped() {
        return stopped;
    }

    /** Why it has ended before all was moved; nothing if it was stopped. */
    Optional<Sense> failure() {
        return failure;
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
        boolean over = isEnding() || pieces.isEmpty() && ready.isEmpty() && putOff.isEmpty();
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
        if (!ready.isEmpty() || pieces.isEmpty() || free.isEmpty()) {
            return ready.poll();
        }
        CopyPiece piece = pieces.next(free.pop());
        uncounted.add(piece);
        return piece;
    }

    private void answered(CopyPiece piece, Optional<TaskResult> answer) {
        underWay.remove(piece);
        if (!pumping) {
            turn.restart();
        }
        if (CopyCommand.isGood(answer) && piece.isWhole()) {
            ready.addAll(putOff);
            putOff.clear();
            moved(piece);
        } else if (CopyCommand.isBusy(answer) && !underWay.isEmpty()) {
            putOff.add(piece);
        } else if (failure.isEmpty()) {
            failure = Optional.of(owner.failure(piece.isWriting(), answer));
        }
        pump();
    }

    private void moved(CopyPiece piece) {
        if (!piece.advance()) {
            turn.moved(piece.lengthBytes());
            free.push(piece.buffer());
            written.add(piece);
            while (written.remove(uncounted.peek())) {
                operation.wrote(uncounted.remove().lengthBytes());
            }
            return;
        }
        ready.add(piece);
        if (failure.isEmpty()) {
            failure = owner.afterRead();
        }
    }
}
