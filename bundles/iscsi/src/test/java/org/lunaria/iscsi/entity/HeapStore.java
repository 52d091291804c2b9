package org.lunaria.iscsi.entity;

import java.nio.ByteBuffer;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import org.lunaria.backend.BlockBackend;
import org.lunaria.backend.Completions;

/** Bytes of a buffer as a store, which several may be of. Thread-safe for ranges that do not overlap. */
record HeapStore(ByteBuffer bytes, Profile profile) implements BlockBackend {
    HeapStore(ByteBuffer bytes) {
        this(bytes, new Profile(bytes.capacity(), 512, 4096, 0, 1 << 20, 0, Set.of(Capability.WRITE)));
    }

    @Override
    public CompletionStage<Void> read(long offset, ByteBuffer target) {
        target.put(bytes.slice((int) offset, target.remaining()));
        return Completions.DONE;
    }

    @Override
    public CompletionStage<Void> write(long offset, ByteBuffer source, Set<Flag> flags) {
        bytes.slice((int) offset, source.remaining()).put(source);
        return Completions.DONE;
    }

    @Override
    public CompletionStage<Void> flush() {
        return Completions.DONE;
    }

    @Override
    public void close() {
        // Nothing to let go.
    }
}
