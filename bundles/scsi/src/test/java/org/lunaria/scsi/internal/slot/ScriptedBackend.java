package org.lunaria.scsi.internal.slot;

import java.nio.ByteBuffer;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import org.lunaria.backend.BlockBackend;
import org.lunaria.backend.Completions;

/**
 * A backend that writes down what it is asked, and either completes at once or leaves the completion to the test.
 * Thread-safe.
 */
final class ScriptedBackend implements BlockBackend {
    String trouble = "";

    static final long CAPACITY = 1 << 20;

    /** Every call, as "write 0+4096 [DURABLE]". */
    final List<String> calls = new CopyOnWriteArrayList<>();

    /** Stages that the test completes, in the order of the calls, while {@link #slow} is set. */
    final List<CompletableFuture<Void>> pending = new CopyOnWriteArrayList<>();

    volatile boolean slow;

    /** Likewise for flushes. */
    volatile boolean slowFlush;

    boolean isVolatile;

    /** How flushes end. */
    volatile Optional<Failure> flushFailure = Optional.empty();

    private Profile profile;

    ScriptedBackend(Capability... capabilities) {
        this(CAPACITY, capabilities);
    }

    ScriptedBackend(long capacityBytes, Capability... capabilities) {
        EnumSet<Capability> can = EnumSet.noneOf(Capability.class);
        can.addAll(List.of(capabilities));
        profile = new Profile(
                capacityBytes,
                512,
                4096,
                0,
                64 * 1024,
                can.contains(Capability.UNMAP) ? 4096 : 0,
                can.contains(Capability.ATOMIC_WRITE) ? 8192 : 0,
                can);
    }

    @Override
    public boolean isVolatile() {
        return isVolatile;
    }

    void grow(long capacityBytes) {
        profile = new Profile(
                capacityBytes,
                512,
                4096,
                0,
                64 * 1024,
                profile.unmapBytes(),
                profile.atomicBytes(),
                profile.capabilities());
    }

    @Override
    public String trouble() {
        return trouble;
    }

    @Override
    public Profile profile() {
        return profile;
    }

    @Override
    public CompletionStage<Void> read(long offset, ByteBuffer target) {
        calls.add("read " + offset + "+" + target.remaining());
        target.position(target.limit());
        return answer(slow);
    }

    @Override
    public CompletionStage<Void> write(long offset, ByteBuffer source, Set<Flag> flags) {
        calls.add("write " + offset + "+" + source.remaining() + " " + flags);
        source.position(source.limit());
        return answer(slow);
    }

    @Override
    public CompletionStage<Void> flush() {
        calls.add("flush");
        return flushFailure.<CompletionStage<Void>>map(Completions::failed).orElseGet(() -> answer(slowFlush));
    }

    @Override
    public CompletionStage<Void> unmap(long offset, long length) {
        calls.add("unmap " + offset + "+" + length);
        return answer(slow);
    }

    @Override
    public CompletionStage<Void> writeZeroes(long offset, long length, Set<Flag> flags) {
        calls.add("writeZeroes " + offset + "+" + length + " " + flags);
        return answer(slow);
    }

    @Override
    public void close() {}

    private CompletionStage<Void> answer(boolean later) {
        if (!later) {
            return Completions.DONE;
        }
        CompletableFuture<Void> stage = new CompletableFuture<>();
        pending.add(stage);
        return stage;
    }
}
