package org.lunaria.scsi.internal.operation;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.lunaria.backend.BlockBackend.Capability;
import org.lunaria.backend.BlockBackend.Extent;
import org.lunaria.backend.BlockBackend.Failure;
import org.lunaria.backend.BlockBackend.Fault;
import org.lunaria.backend.BlockBackend.Flag;
import org.lunaria.backend.BlockBackend.Mapping;
import org.lunaria.backend.BlockBackend.Profile;
import org.lunaria.backend.Completions;
import org.lunaria.scsi.internal.operation.MediumOperation.Pass;
import org.lunaria.scsi.internal.slot.Medium;

/**
 * Does an operation piece by piece, one piece at a time. Between two of them others get the thread; a store that is away or
 * has no room for more is asked again until it is there. On another store all is done anew. At the end of each pass, and now and then, all is made durable and
 * the position is told, from which it can go on after a loss of power.
 *
 * <p>Confined to the executor that it is given; {@link #stop} and {@link #progress} may be called by any thread.
 */
public final class OperationRun {

    /** Whom it tells how it goes. Called by any thread, one at a time. */
    public interface Listener {
        /** All before a position is durable. The run goes on when the stage is complete, however that is. */
        CompletionStage<?> reached(Position position);

        /** All is done, and durable. */
        void done();

        /** It cannot go on. */
        void failed(Failure why);
    }

    /** Bytes of a write, and of what is written without a pause. */
    static final int PIECE_BYTES = 256 * 1024;

    private static final int TURN_STEPS = 8;
    private static final Set<Flag> MAY_UNMAP = Set.of(Flag.MAY_UNMAP);
    private static final long CLEARED_BYTES = 16L << 20;
    private static final long DEALLOCATED_BYTES = 64L << 20;
    private static final long EXTENT_BYTES = 1L << 30;

    /** How much may have to be done again after a loss of power. */
    static final long CHECKPOINT_BYTES = 4L << 30;

    /** When a store that is away is asked again. */
    static final long RETRY_MILLIS = 1_000;

    /** All of PROGRESS INDICATION. */
    private static final int WHOLE = 0x1_0000;

    private static final byte[] ZERO = {0};

    private final Medium medium;
    private final MediumOperation operation;
    private final List<Pass> passes;
    private final int blockBytes;
    private final ScheduledExecutorService work;
    private final LongSupplier attachments;
    private final Listener listener;

    private int pass;
    private long offset;
    private long checkpoint;
    private Position told;

    /** How many stores there were when the first piece was done; -1 before. */
    private long store = -1;

    /** Where the piece begins that is under way. */
    private long piece;

    private boolean mustFlush = true;
    private ByteBuffer buffer;
    private Pass buffered;
    private long dataEnd;

    private volatile int progress;
    private volatile boolean stopped;
    private final CompletableFuture<Void> idle = new CompletableFuture<>();

    /**
     * @param blockBytes of a logical block, at whose begin the pattern begins
     * @param work one thread; what runs there is short
     * @param attachments how often a store was put in
     */
    public OperationRun(
            Medium medium,
            MediumOperation operation,
            Position from,
            int blockBytes,
            ScheduledExecutorService work,
            LongSupplier attachments,
            Listener listener) {
        this.medium = medium;
        this.operation = operation;
        this.passes = operation.passes();
        this.blockBytes = blockBytes;
        this.work = work;
        this.attachments = attachments;
        this.listener = listener;
        this.told = from;
        this.pass = from.pass();
        this.offset = from.offset();
        this.checkpoint = offset;
    }

    public void start() {
        work.execute(this::turn);
    }

    /**
     * Does no further piece, and tells nothing any more.
     *
     * @return completes on any thread when nothing is under way with the store
     */
    public CompletionStage<Void> stop() {
        stopped = true;
        return idle;
    }

    /** How far it has come, of 65536; never all. */
    public int progress() {
        return progress;
    }

    private void turn() {
        try {
            for (int steps = 0; !stopped; steps++) {
                if (steps == TURN_STEPS) {
                    work.execute(this::turn);
                    return;
                }
                CompletionStage<?> stage = step();
                if (stage == null) {
                    return;
                }
                if (!Completions.isDone(stage)) {
                    stage.whenComplete((value, thrown) -> work.execute(() -> resume(thrown)));
                    return;
                }
            }
            idle.complete(null);
        } catch (RuntimeException bug) {
            end(Completions.failure(bug));
        }
    }

    private void resume(Throwable thrown) {
        if (thrown == null) {
            turn();
        } else {
            end(Completions.failure(thrown));
        }
    }

    /** A piece failed: it is done again from the last position, or the operation has failed. */
    private void end(Failure failure) {
        if (stopped) {
            idle.complete(null);
            return;
        }
        if (failure.fault() == Fault.BUSY) {
            offset = piece;
            work.schedule(this::turn, RETRY_MILLIS, TimeUnit.MILLISECONDS);
            return;
        }
        if (failure.fault() == Fault.OFFLINE) {
            // What was not durable yet may have gone with the store.
            offset = checkpoint;
            dataEnd = 0;
            mustFlush = true;
            work.schedule(this::turn, RETRY_MILLIS, TimeUnit.MILLISECONDS);
            return;
        }
        stopped = true;
        idle.complete(null);
        listener.failed(failure);
    }

    /** Starts the next piece; null when there is none. */
    private CompletionStage<?> step() {
        piece = offset;
        if (mustFlush) {
            // Also at the start: the stage completes when there is a store.
            mustFlush = false;
            CompletionStage<Void> flushed = medium.flush();
            return (pass < passes.size() ? flushed : flushed.thenCompose(done -> medium.scrub()))
                    .thenCompose(done -> kept());
        }
        if (isOnAnotherStore()) {
            pass = 0;
            startPass();
            return Completions.DONE;
        }
        Profile profile = medium.profile().orElseThrow();
        long capacity = profile.capacityBytes();
        progress = progress(capacity);
        if (pass == passes.size()) {
            stopped = true;
            idle.complete(null);
            listener.done();
            return null;
        }
        if (offset >= capacity) {
            pass++;
            startPass();
            return Completions.DONE;
        }
        if (offset - checkpoint >= CHECKPOINT_BYTES) {
            mustFlush = true;
            checkpoint = offset;
            return Completions.DONE;
        }
        return switch (passes.get(pass)) {
            case PATTERN, INVERSE -> write(profile, capacity);
            case ZEROES, CLEAR -> zero(profile, capacity);
            case DEALLOCATE -> deallocate(profile, capacity);
        };
    }

    private void startPass() {
        offset = 0;
        checkpoint = 0;
        dataEnd = 0;
        mustFlush = true;
    }

    /** What was done to the former store need not have been done to this one, whatever it was copied from. */
    private boolean isOnAnotherStore() {
        long before = store;
        store = attachments.getAsLong();
        return before >= 0 && before != store;
    }

    private CompletionStage<?> kept() {
        Position position = new Position(pass, checkpoint);
        if (position.equals(told)) {
            return Completions.DONE;
        }
        told = position;
        return listener.reached(position);
    }

    private int progress(long capacity) {
        double part = (pass + (double) Math.min(offset, capacity) / capacity) / passes.size();
        return (int) Math.min(WHOLE - 1, part * WHOLE);
    }

    private CompletionStage<?> write(Profile profile, long end) {
        fill(passes.get(pass));
        long at = offset;
        int most = Math.min(buffer.capacity(), profile.maxTransferBytes());
        int bytes = (int) Math.min(end - at, most - most % blockBytes);
        offset += bytes;
        return medium.write(at, buffer.duplicate().clear().limit(bytes), Set.of());
    }

    /** Zeroes over the next extent that takes space. */
    private CompletionStage<?> zero(Profile profile, long end) {
        if (offset < dataEnd) {
            return passes.get(pass) == Pass.CLEAR ? clear() : write(profile, dataEnd);
        }
        return medium.extents(offset, Math.min(EXTENT_BYTES, end - offset)).thenAccept(this::take);
    }

    private CompletionStage<?> clear() {
        long at = offset;
        long bytes = Math.min(CLEARED_BYTES, dataEnd - at);
        offset += bytes;
        return medium.writeZeroes(at, bytes, MAY_UNMAP);
    }

    private void take(List<Extent> extents) {
        Extent first = extents.get(0);
        if (first.mapping() == Mapping.HOLE) {
            offset += first.length();
        } else {
            dataEnd = offset + first.length();
        }
    }

    private CompletionStage<?> deallocate(Profile profile, long end) {
        if (!profile.can(Capability.UNMAP)) {
            offset = end;
            return Completions.DONE;
        }
        long at = offset;
        long bytes = Math.min(DEALLOCATED_BYTES, end - at);
        offset += bytes;
        return medium.unmap(at, bytes);
    }

    /** As many copies of a block as fit: position and limit of the buffer mean nothing. */
    private void fill(Pass what) {
        if (buffered == what) {
            return;
        }
        if (buffer == null) {
            buffer = ByteBuffer.allocateDirect(PIECE_BYTES);
        }
        byte[] pattern = what == Pass.ZEROES ? ZERO : operation.pattern();
        int invert = what == Pass.INVERSE ? 0xFF : 0;
        for (int i = 0; i < PIECE_BYTES; i++) {
            buffer.put(i, (byte) (pattern[i % blockBytes % pattern.length] ^ invert));
        }
        buffered = what;
    }
}
