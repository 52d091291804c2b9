package org.lunaria.scsi.internal.mirror;

import java.nio.ByteBuffer;
import java.util.EnumSet;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.lunaria.backend.BlockBackend.Capability;
import org.lunaria.backend.BlockBackend.Extent;
import org.lunaria.backend.BlockBackend.Failure;
import org.lunaria.backend.BlockBackend.Fault;
import org.lunaria.backend.BlockBackend.Flag;
import org.lunaria.backend.BlockBackend.Mapping;
import org.lunaria.backend.Completions;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings what the source of a mirror has to its destination, from the first byte to the last, while the mirror serves; or
 * compares the two, where they ought to be equal. One thread, one piece at a time: a piece that is copied waits for the
 * changes in its range, and they for it. Thread-safe.
 */
public final class MirrorCopy implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(MirrorCopy.class);

    /** What is taken from the initiators at a time, for a millisecond or so. */
    static final int PIECE_BYTES = 1 << 20;

    /** A backend that needs longer for a piece has hung. */
    private static final long PIECE_SECONDS = 120;

    /** What is done with the destination. */
    public enum Mode {
        /** It is made equal. */
        COPY,
        /** It must be equal; the first difference ends the mirror. */
        COMPARE
    }

    /** How far it is. */
    public enum State {
        RUNNING,
        /** The destination has everything, and gets every change. */
        IN_SYNC,
        /** The mirror is lost. */
        FAILED
    }

    private final String name;
    private final Mirror mirror;
    private final Mode mode;
    private final Pace pace;
    private final Runnable ended;
    private final Thread thread;
    private final ByteBuffer piece = aligned();
    private final ByteBuffer other;
    private volatile boolean stopped;
    private volatile State state = State.RUNNING;

    /**
     * @param name of the unit, for log and thread
     * @param ended called once on the copying thread, when it is in sync or has failed; not when it was closed
     */
    public MirrorCopy(String name, Mirror mirror, Mode mode, Pace pace, Runnable ended) {
        this.name = name;
        this.mirror = mirror;
        this.mode = mode;
        this.pace = pace;
        this.ended = ended;
        this.other = mode == Mode.COMPARE ? aligned() : piece;
        this.thread = new Thread(this::run, "lunaria-copy-" + name);
        thread.setDaemon(true);
    }

    public void start() {
        thread.start();
    }

    public Mirror mirror() {
        return mirror;
    }

    public Mode mode() {
        return mode;
    }

    /** How far it is. A mirror that is lost after it was in sync has failed. */
    public State state() {
        return mirror.lost().isPresent() ? State.FAILED : state;
    }

    /** Bytes a second that it does now. */
    public long bytesPerSecond() {
        return state() == State.RUNNING ? pace.bytesPerSecond() : 0;
    }

    /** Ends it without a word; what is copied stays where it is. Does not wait. */
    @Override
    public void close() {
        stopped = true;
        if (Thread.currentThread() != thread) {
            thread.interrupt();
        }
    }

    private void run() {
        long began = System.nanoTime();
        try {
            while (!stopped && mirror.copied() < mirror.profile().capacityBytes()) {
                long at = mirror.copied();
                int bytes = (int) Math.min(PIECE_BYTES, mirror.profile().capacityBytes() - at);
                bring(at, bytes);
                pace.done(bytes);
            }
            await(mirror.flush());
            if (mirror.lost().isEmpty()) {
                state = State.IN_SYNC;
                LOG.info(
                        "unit {}: {} bytes are {} after {} ms",
                        name,
                        mirror.copied(),
                        mode == Mode.COPY ? "copied" : "compared",
                        TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - began));
            }
        } catch (InterruptedException e) {
            if (!stopped) {
                mirror.lose("its thread was interrupted");
            }
        } catch (ExecutionException | TimeoutException | Failure | RuntimeException e) {
            Throwable cause = e instanceof ExecutionException ? e.getCause() : e;
            mirror.lose(
                    e instanceof TimeoutException
                            ? "a backend did not end an operation within " + PIECE_SECONDS + " s"
                            : Completions.failure(cause).getMessage());
        }
        if (!stopped) {
            ended.run();
        }
    }

    /** Seizes a piece and makes the destination have it, or sees that it does. */
    private void bring(long at, int bytes) throws InterruptedException, ExecutionException, TimeoutException, Failure {
        RangeGate.Turn turn = mirror.seize(at, bytes);
        try {
            await(turn.ready());
            long next = at;
            while (next < at + bytes) {
                next = bringExtents(next, at + bytes - next);
            }
            mirror.copiedTo(at + bytes);
        } finally {
            turn.leave();
        }
    }

    private long bringExtents(long at, long bytes)
            throws InterruptedException, ExecutionException, TimeoutException, Failure {
        List<Extent> extents = mirror.source().profile().can(Capability.EXTENTS)
                ? await(mirror.from().extents(at, bytes))
                : List.of(new Extent(at, bytes, Mapping.DATA));
        long next = at;
        for (Extent extent : extents) {
            int step = mirror.profile().maxTransferBytes();
            for (; next < extent.offset() + extent.length(); next += step) {
                int part = (int) Math.min(step, extent.offset() + extent.length() - next);
                bringPart(next, part, extent.mapping());
            }
            next = extent.offset() + extent.length();
        }
        return next;
    }

    private void bringPart(long at, int bytes, Mapping mapping)
            throws InterruptedException, ExecutionException, TimeoutException, Failure {
        if (mode == Mode.COPY && mapping != Mapping.DATA) {
            await(mirror.to().writeZeroes(at, bytes, EnumSet.of(Flag.MAY_UNMAP)));
            return;
        }
        await(mirror.from().read(at, part(piece, bytes)));
        if (mode == Mode.COPY) {
            await(mirror.to().write(at, part(piece, bytes), EnumSet.noneOf(Flag.class)));
            return;
        }
        await(mirror.to().read(at, part(other, bytes)));
        int difference = part(piece, bytes).mismatch(part(other, bytes));
        if (difference >= 0) {
            throw new Failure(Fault.INTERNAL, at + difference, "the two differ at byte " + (at + difference));
        }
    }

    private static ByteBuffer part(ByteBuffer buffer, int bytes) {
        return buffer.clear().limit(bytes);
    }

    private static ByteBuffer aligned() {
        return ByteBuffer.allocateDirect(PIECE_BYTES + 4096).alignedSlice(4096).slice(0, PIECE_BYTES);
    }

    private static <T> T await(CompletionStage<T> stage)
            throws InterruptedException, ExecutionException, TimeoutException {
        return stage.toCompletableFuture().get(PIECE_SECONDS, TimeUnit.SECONDS);
    }
}
