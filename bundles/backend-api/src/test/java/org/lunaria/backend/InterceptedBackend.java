package org.lunaria.backend;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;

/**
 * A backend in front of another one, for tests: whoever extends it sees each operation before the inner backend does.
 */
public abstract class InterceptedBackend implements BlockBackend {

    /** The asynchronous operations of {@link BlockBackend}. */
    public enum Operation {
        READ,
        WRITE,
        FLUSH,
        UNMAP,
        WRITE_ZEROES,
        EXTENTS,
        RESIZE,
        SPACE
    }

    private final BlockBackend inner;

    InterceptedBackend(BlockBackend inner) {
        this.inner = inner;
    }

    /**
     * Answers for one operation.
     *
     * @param call does it on the inner backend; to be called at most once
     */
    abstract <T> CompletionStage<T> intercept(Operation operation, Supplier<CompletionStage<T>> call);

    @Override
    public String trouble() {
        return inner.trouble();
    }

    @Override
    public boolean isVolatile() {
        return inner.isVolatile();
    }

    @Override
    public Profile profile() {
        return inner.profile();
    }

    @Override
    public final CompletionStage<Void> read(long offset, ByteBuffer target) {
        return intercept(Operation.READ, () -> inner.read(offset, target));
    }

    @Override
    public final CompletionStage<Void> write(long offset, ByteBuffer source, Set<Flag> flags) {
        return intercept(Operation.WRITE, () -> inner.write(offset, source, flags));
    }

    @Override
    public final CompletionStage<Void> flush() {
        return intercept(Operation.FLUSH, inner::flush);
    }

    @Override
    public final CompletionStage<Void> scrub() {
        return inner.scrub();
    }

    @Override
    public final CompletionStage<Void> unmap(long offset, long length) {
        return intercept(Operation.UNMAP, () -> inner.unmap(offset, length));
    }

    @Override
    public final CompletionStage<Void> writeZeroes(long offset, long length, Set<Flag> flags) {
        return intercept(Operation.WRITE_ZEROES, () -> inner.writeZeroes(offset, length, flags));
    }

    @Override
    public final CompletionStage<List<Extent>> extents(long offset, long length) {
        return intercept(Operation.EXTENTS, () -> inner.extents(offset, length));
    }

    @Override
    public final CompletionStage<Void> resize(long capacityBytes) {
        return intercept(Operation.RESIZE, () -> inner.resize(capacityBytes));
    }

    @Override
    public final CompletionStage<Space> space() {
        return intercept(Operation.SPACE, inner::space);
    }

    @Override
    public void close() throws IOException {
        inner.close();
    }
}
