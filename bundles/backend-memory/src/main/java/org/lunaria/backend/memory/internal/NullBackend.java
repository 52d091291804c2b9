package org.lunaria.backend.memory.internal;

import java.nio.ByteBuffer;
import java.util.EnumSet;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import org.lunaria.backend.BlockBackend;
import org.lunaria.backend.Completions;

/**
 * A volume that forgets: what is written is dropped, what is read is zeroes (never what a buffer held before, which
 * may be another initiator's). It costs next to nothing, so that one can measure all the rest. Thread-safe.
 *
 * <p>It is also the smallest backend there can be: profile, read, write, flush, close.
 */
final class NullBackend implements BlockBackend {

    private static final int MAX_TRANSFER_BYTES = 1 << 20;
    private static final byte[] ZEROES = new byte[64 * 1024];

    private final String id;
    private final Profile profile;
    private volatile boolean closed;

    NullBackend(String id, long sizeBytes) {
        this.id = id;
        profile = new Profile(
                sizeBytes, MemorySettings.BLOCK_BYTES, 4096, 0, MAX_TRANSFER_BYTES, 0, EnumSet.of(Capability.WRITE));
    }

    @Override
    public Profile profile() {
        return profile;
    }

    @Override
    public CompletionStage<Void> read(long offset, ByteBuffer target) {
        while (target.hasRemaining()) {
            target.put(ZEROES, 0, Math.min(target.remaining(), ZEROES.length));
        }
        return done();
    }

    @Override
    public CompletionStage<Void> write(long offset, ByteBuffer source, Set<Flag> flags) {
        return done();
    }

    @Override
    public CompletionStage<Void> flush() {
        return done();
    }

    @Override
    public void close() {
        closed = true;
    }

    private CompletionStage<Void> done() {
        return closed
                ? Completions.failed(new Failure(Fault.OFFLINE, -1, "volume " + id + " (null) is closed"))
                : Completions.DONE;
    }
}
