package org.lunaria.scsi.internal.nolies;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import org.lunaria.backend.BlockBackend;

/** A store that counts what is asked of it. Confined to the test's thread. */
final class Witness implements BlockBackend {
    private final BlockBackend inner;
    private int changes;
    private int flushes;
    private int durableWrites;

    Witness(BlockBackend inner) {
        this.inner = inner;
    }

    /** Operations that change what is stored. */
    int changes() {
        return changes;
    }

    int flushes() {
        return flushes;
    }

    /** Whether something was made durable. */
    boolean madeDurable() {
        return flushes + durableWrites > 0;
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
        changes++;
        durableWrites += flags.contains(Flag.DURABLE) ? 1 : 0;
        return inner.write(offset, source, flags);
    }

    @Override
    public CompletionStage<Void> flush() {
        flushes++;
        return inner.flush();
    }

    @Override
    public CompletionStage<Void> scrub() {
        return inner.scrub();
    }

    @Override
    public CompletionStage<Void> unmap(long offset, long length) {
        changes++;
        return inner.unmap(offset, length);
    }

    @Override
    public CompletionStage<Void> writeZeroes(long offset, long length, Set<Flag> flags) {
        changes++;
        return inner.writeZeroes(offset, length, flags);
    }

    @Override
    public CompletionStage<List<Extent>> extents(long offset, long length) {
        return inner.extents(offset, length);
    }

    @Override
    public CompletionStage<Void> resize(long capacityBytes) {
        changes++;
        return inner.resize(capacityBytes);
    }

    @Override
    public CompletionStage<Space> space() {
        return inner.space();
    }

    @Override
    public void close() throws IOException {
        inner.close();
    }
}
