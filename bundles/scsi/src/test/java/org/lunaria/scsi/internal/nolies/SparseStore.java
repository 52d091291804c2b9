package org.lunaria.scsi.internal.nolies;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import org.lunaria.backend.BlockBackend;
import org.lunaria.backend.Completions;

/** A large store that keeps nothing, reads as zeroes and does everything at once: for the limits of commands. */
public final class SparseStore implements BlockBackend {
    private final Profile profile;

    public SparseStore(int blockBytes, long blockCount, Set<Capability> capabilities) {
        profile = new Profile(
                blockBytes * blockCount,
                blockBytes,
                4096,
                1 << 16,
                1 << 20,
                capabilities.contains(Capability.UNMAP) ? 4096 : 0,
                capabilities.contains(Capability.ATOMIC_WRITE) ? 1 << 20 : 0,
                capabilities);
    }

    @Override
    public Profile profile() {
        return profile;
    }

    @Override
    public CompletionStage<Void> read(long offset, ByteBuffer target) {
        target.put(new byte[target.remaining()]);
        return Completions.DONE;
    }

    @Override
    public CompletionStage<Void> write(long offset, ByteBuffer source, Set<Flag> flags) {
        return Completions.DONE;
    }

    @Override
    public CompletionStage<Void> flush() {
        return Completions.DONE;
    }

    @Override
    public CompletionStage<Void> unmap(long offset, long length) {
        return Completions.DONE;
    }

    @Override
    public CompletionStage<Void> writeZeroes(long offset, long length, Set<Flag> flags) {
        return Completions.DONE;
    }

    @Override
    public CompletionStage<List<Extent>> extents(long offset, long length) {
        return Completions.of(List.of(new Extent(offset, length, Mapping.HOLE)));
    }

    @Override
    public CompletionStage<Space> space() {
        return Completions.of(new Space(0, profile.capacityBytes(), false));
    }

    @Override
    public void close() {}
}
