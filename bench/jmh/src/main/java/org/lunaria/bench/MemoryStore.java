package org.lunaria.bench;

import java.nio.ByteBuffer;
import java.util.EnumSet;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import org.lunaria.backend.BlockBackend;
import org.lunaria.backend.Completions;

/** A store in one direct buffer that makes no garbage, so that what is measured is what lies before it. Confined. */
public final class MemoryStore implements BlockBackend {
    public static final int BYTES = 16 << 20;

    private final ByteBuffer bytes = ByteBuffer.allocateDirect(BYTES);
    private final Profile profile = new Profile(BYTES, 512, 4096, 0, 1 << 20, 0, EnumSet.of(Capability.WRITE));

    @Override
    public Profile profile() {
        return profile;
    }

    @Override
    public CompletionStage<Void> read(long offset, ByteBuffer target) {
        int length = target.remaining();
        target.put(target.position(), bytes, (int) offset, length).position(target.position() + length);
        return Completions.DONE;
    }

    @Override
    public CompletionStage<Void> write(long offset, ByteBuffer source, Set<Flag> flags) {
        int length = source.remaining();
        bytes.put((int) offset, source, source.position(), length);
        source.position(source.position() + length);
        return Completions.DONE;
    }

    @Override
    public CompletionStage<Void> flush() {
        return Completions.DONE;
    }

    @Override
    public void close() {}
}
