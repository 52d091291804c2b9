package org.lunaria.scsi.internal.command;

import java.nio.ByteBuffer;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import org.lunaria.backend.ArrayBackend;
import org.lunaria.backend.BlockBackend;

/** A backend that says well done to a write, and keeps another byte than it was given. Confined to the test's thread. */
final class SpoilingBackend implements BlockBackend {
    private final ArrayBackend inner;
    private final long spoiledAt;

    /**
     * @param spoiledAt offset of the byte that no write sets right
     */
    SpoilingBackend(ArrayBackend inner, long spoiledAt) {
        this.inner = inner;
        this.spoiledAt = spoiledAt;
    }

    @Override
    public Profile profile() {
        return inner.profile();
    }

    @Override
    public CompletionStage<Void> read(long offset, ByteBuffer target) {
        return inner.read(offset, target);
    }

    @Override
    public CompletionStage<Void> write(long offset, ByteBuffer source, Set<Flag> flags) {
        int length = source.remaining();
        CompletionStage<Void> written = inner.write(offset, source, flags);
        if (offset <= spoiledAt && spoiledAt < offset + length) {
            byte[] kept = inner.contents(spoiledAt, 1);
            kept[0] ^= 1;
            inner.contents(spoiledAt, kept);
        }
        return written;
    }

    @Override
    public CompletionStage<Void> flush() {
        return inner.flush();
    }

    @Override
    public void close() {}
}
