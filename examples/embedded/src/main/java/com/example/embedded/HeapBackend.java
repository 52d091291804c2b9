package com.example.embedded;

import java.nio.ByteBuffer;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import org.lunaria.backend.BlockBackend;
import org.lunaria.backend.Completions;

/** The smallest store: an array. All is done when a method returns. */
final class HeapBackend implements BlockBackend {
    private final byte[] bytes;
    private final Profile profile;

    HeapBackend(int sizeBytes) {
        bytes = new byte[sizeBytes];
        profile = new Profile(sizeBytes, 512, 4096, 0, 1 << 20, 0, Set.of(Capability.WRITE));
    }

    @Override
    public Profile profile() {
        return profile;
    }

    @Override
    public synchronized CompletionStage<Void> read(long offset, ByteBuffer target) {
        target.put(bytes, (int) offset, target.remaining());
        return Completions.DONE;
    }

    @Override
    public synchronized CompletionStage<Void> write(long offset, ByteBuffer source, Set<Flag> flags) {
        source.get(bytes, (int) offset, source.remaining());
        return Completions.DONE;
    }

    @Override
    public CompletionStage<Void> flush() {
        return Completions.DONE;
    }

    @Override
    public void close() {
        // Nobody calls it any more, and the array goes with it.
    }
}
