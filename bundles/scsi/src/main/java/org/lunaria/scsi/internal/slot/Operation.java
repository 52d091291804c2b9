package org.lunaria.scsi.internal.slot;

import java.nio.ByteBuffer;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import org.lunaria.backend.BlockBackend.Failure;
import org.lunaria.backend.BlockBackend.Flag;
import org.lunaria.backend.Completions;

/**
 * What a slot does for a caller, on whichever backend is there when its turn comes.
 *
 * @param <T> what it gives
 */
interface Operation<T> {
    CompletionStage<T> on(Guard guard);

    /** As what it is counted. */
    OperationKind kind();

    /** Whether it changes the medium, in a way that may be done twice. */
    default boolean changes() {
        return false;
    }

    /** Of the first byte that it is for, or -1 where that is not told. */
    default long offset() {
        return -1;
    }

    /** Bytes of the caller's buffer that it pins while it waits. */
    default int pinnedBytes() {
        return 0;
    }

    /**
     * Whether it may be done again on another backend when the first went away in the middle of it: so for everything
     * but a flush, which speaks of writes that the first backend has acknowledged.
     */
    default boolean repeatable() {
        return true;
    }

    /** What pins no buffer and changes nothing. */
    record Look<T>(Function<Guard, CompletionStage<T>> look) implements Operation<T> {
        @Override
        public CompletionStage<T> on(Guard guard) {
            return look.apply(guard);
        }

        @Override
        public OperationKind kind() {
            return OperationKind.OTHER;
        }
    }

    /** A change that brings no data. */
    record Change(OperationKind kind, Function<Guard, CompletionStage<Void>> change) implements Operation<Void> {
        @Override
        public CompletionStage<Void> on(Guard guard) {
            return change.apply(guard);
        }

        @Override
        public boolean changes() {
            return true;
        }
    }

    /** A read into a buffer, whose range is kept apart: a backend that gave up may have moved position and limit. */
    record Read(long offset, ByteBuffer target, int position, int limit) implements Operation<Void> {
        Read(long offset, ByteBuffer target) {
            this(offset, target, target.position(), target.limit());
        }

        @Override
        public OperationKind kind() {
            return OperationKind.READ;
        }

        @Override
        public CompletionStage<Void> on(Guard guard) {
            return guard.read(offset, target.limit(limit).position(position));
        }

        @Override
        public int pinnedBytes() {
            return limit - position;
        }
    }

    /** A write from a buffer; its range is kept apart as for a read. */
    record Write(long offset, ByteBuffer source, int position, int limit, Set<Flag> flags) implements Operation<Void> {
        Write(long offset, ByteBuffer source, Set<Flag> flags) {
            this(offset, source, source.position(), source.limit(), flags);
        }

        @Override
        public OperationKind kind() {
            return OperationKind.WRITE;
        }

        @Override
        public boolean changes() {
            return true;
        }

        @Override
        public CompletionStage<Void> on(Guard guard) {
            return guard.write(offset, source.limit(limit).position(position), flags);
        }

        @Override
        public int pinnedBytes() {
            return limit - position;
        }
    }

    /**
     * A flush of everything that was acknowledged so far.
     *
     * @param unkept what an earlier backend could not make durable before it went; told once, by the next flush
     */
    record Flush(AtomicReference<Failure> unkept) implements Operation<Void> {
        @Override
        public OperationKind kind() {
            return OperationKind.FLUSH;
        }

        @Override
        public CompletionStage<Void> on(Guard guard) {
            Failure lost = unkept.getAndSet(null);
            return lost == null ? guard.flush() : Completions.failed(lost);
        }

        @Override
        public boolean repeatable() {
            return false;
        }
    }
}
