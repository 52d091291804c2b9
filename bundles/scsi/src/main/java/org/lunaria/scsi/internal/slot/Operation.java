package org.lunaria.scsi.internal.slot;

import java.nio.ByteBuffer;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicReference;
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

    /** A read into a buffer, whose range is kept apart: a backend that gave up may have moved position and limit. */
    record Read(long offset, ByteBuffer target, int position, int limit) implements Operation<Void> {
        Read(long offset, ByteBuffer target) {
            this(offset, target, target.position(), target.limit());
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
