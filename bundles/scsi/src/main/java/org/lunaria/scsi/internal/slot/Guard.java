package org.lunaria.scsi.internal.slot;

import java.nio.ByteBuffer;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicLong;
import org.lunaria.backend.BlockBackend;
import org.lunaria.backend.BlockBackend.Capability;
import org.lunaria.backend.BlockBackend.Extent;
import org.lunaria.backend.BlockBackend.Failure;
import org.lunaria.backend.BlockBackend.Fault;
import org.lunaria.backend.BlockBackend.Flag;
import org.lunaria.backend.BlockBackend.Mapping;
import org.lunaria.backend.BlockBackend.Profile;
import org.lunaria.backend.BlockBackend.Space;
import org.lunaria.backend.Completions;

/**
 * Stands before one backend. Asserts the caller's side of the contract, so that no bug of the engine reaches a store;
 * emulates a DURABLE write by a flush, writeZeroes by writes and extents by one that is all data, where the backend lacks
 * them; answers a flush at once when nothing has changed since the last one; counts. Thread-safe.
 */
public final class Guard {
    private static final int ZERO_BYTES = 1 << 20;
    private static final ByteBuffer ZEROES =
            ByteBuffer.allocateDirect(ZERO_BYTES).asReadOnlyBuffer();

    private final BlockBackend backend;
    private final Counters counters;

    /**
     * Changes that have ended, whether well or not, since the backend came: it may have come with some. A change is counted
     * before its end is told, so that a flush asked for after an answer covers what was answered.
     */
    private final AtomicLong changes = new AtomicLong(1);

    /** How many of them the flushes have made durable that have ended well. */
    private final AtomicLong kept = new AtomicLong();

    /** A guard whose counts nobody reads. */
    public Guard(BlockBackend backend) {
        this(backend, new Counters());
    }

    Guard(BlockBackend backend, Counters counters) {
        this.backend = backend;
        this.counters = counters;
    }

    Profile profile() {
        return backend.profile();
    }

    public CompletionStage<Void> read(long offset, ByteBuffer target) {
        Profile profile = backend.profile();
        requireTransfer(profile, offset, target);
        counters.of(OperationKind.READ).begun(target.remaining());
        return backend.read(offset, target);
    }

    public CompletionStage<Void> write(long offset, ByteBuffer source, Set<Flag> flags) {
        Profile profile = backend.profile();
        requireTransfer(profile, offset, source);
        require(profile.can(Capability.WRITE), "write to a read-only store");
        if (flags.contains(Flag.ATOMIC) && source.remaining() > profile.atomicBytes()) {
            // The command was let in for another backend, which has gone while it was held.
            return Completions.failed(new Failure(
                    Fault.UNSUPPORTED, offset, source.remaining() + " bytes that the store cannot write atomically"));
        }
        counters.of(OperationKind.WRITE).begun(source.remaining());
        if (mustFlush(profile, flags)) {
            return changed(backend.write(offset, source, without(flags, Flag.DURABLE)))
                    .thenCompose(done -> flush());
        }
        return changed(backend.write(offset, source, flags));
    }

    public CompletionStage<Void> flush() {
        long covered = changes.get();
        if (kept.get() >= covered) {
            return Completions.DONE;
        }
        counters.of(OperationKind.FLUSH).begun(0);
        CompletionStage<Void> flushed = backend.flush();
        if (Completions.isDone(flushed)) {
            keep(covered);
            return flushed;
        }
        return flushed.thenRun(() -> keep(covered));
    }

    public CompletionStage<Void> scrub() {
        counters.of(OperationKind.OTHER).begun(0);
        return backend.scrub();
    }

    public CompletionStage<Void> unmap(long offset, long length) {
        Profile profile = backend.profile();
        requireRange(profile, offset, length);
        require(profile.can(Capability.UNMAP), "unmap without the capability");
        counters.of(OperationKind.UNMAP).begun(length);
        return changed(backend.unmap(offset, length));
    }

    public CompletionStage<Void> writeZeroes(long offset, long length, Set<Flag> flags) {
        Profile profile = backend.profile();
        requireRange(profile, offset, length);
        require(profile.can(Capability.WRITE), "writeZeroes to a read-only store");
        counters.of(OperationKind.WRITE_ZEROES).begun(length);
        Set<Flag> passed = mustFlush(profile, flags) ? without(flags, Flag.DURABLE) : flags;
        CompletionStage<Void> zeroed = profile.can(Capability.WRITE_ZEROES)
                ? changed(backend.writeZeroes(offset, length, passed))
                : changed(writeZeroBlocks(profile, offset, length, without(passed, Flag.MAY_UNMAP)));
        return mustFlush(profile, flags) ? zeroed.thenCompose(done -> flush()) : zeroed;
    }

    public CompletionStage<List<Extent>> extents(long offset, long length) {
        Profile profile = backend.profile();
        requireRange(profile, offset, length);
        counters.of(OperationKind.OTHER).begun(length);
        return profile.can(Capability.EXTENTS)
                ? backend.extents(offset, length)
                : Completions.of(List.of(new Extent(offset, length, Mapping.DATA)));
    }

    /** A backend that came in the place of one that tells need not tell: then it is refused, and nothing breaks. */
    public CompletionStage<Space> space() {
        counters.of(OperationKind.OTHER).begun(0);
        return backend.space();
    }

    /** Of a backend that came in the place of one that can change its size, and cannot, it is refused, and nothing breaks. */
    CompletionStage<Void> resize(long capacityBytes) {
        Profile profile = backend.profile();
        require(
                capacityBytes > 0 && capacityBytes % profile.blockBytes() == 0,
                "a capacity that is no number of blocks");
        return profile.can(Capability.RESIZE)
                ? changed(backend.resize(capacityBytes))
                : Completions.failed(new Failure(Fault.UNSUPPORTED, -1, "the store cannot change its size"));
    }

    /** Writes zeroes piece by piece; a loop while writes complete at once, a continuation where one does not. */
    private CompletionStage<Void> writeZeroBlocks(Profile profile, long offset, long length, Set<Flag> flags) {
        int pieceBytes = Math.min(ZERO_BYTES, profile.maxTransferBytes());
        long at = offset;
        while (at < offset + length) {
            int bytes = (int) Math.min(pieceBytes, offset + length - at);
            CompletionStage<Void> written = backend.write(at, ZEROES.duplicate().limit(bytes), flags);
            at += bytes;
            if (!Completions.isDone(written)) {
                long next = at;
                CompletableFuture<Void> all = new CompletableFuture<>();
                written.thenCompose(done -> writeZeroBlocks(profile, next, offset + length - next, flags))
                        .whenComplete((done, thrown) -> {
                            if (thrown == null) {
                                all.complete(null);
                            } else {
                                all.completeExceptionally(thrown);
                            }
                        });
                return all;
            }
        }
        return Completions.DONE;
    }

    /** The stage of a change, which counts the change before anybody hears of its end. */
    private CompletionStage<Void> changed(CompletionStage<Void> change) {
        if (Completions.isDone(change)) {
            changes.incrementAndGet();
            return change;
        }
        return change.whenComplete((done, thrown) -> changes.incrementAndGet());
    }

    private void keep(long covered) {
        kept.accumulateAndGet(covered, Math::max);
    }

    private static boolean mustFlush(Profile profile, Set<Flag> flags) {
        return flags.contains(Flag.DURABLE) && !profile.can(Capability.DURABLE_WRITE);
    }

    private static Set<Flag> without(Set<Flag> flags, Flag flag) {
        if (!flags.contains(flag)) {
            return flags;
        }
        EnumSet<Flag> rest = EnumSet.copyOf(flags);
        rest.remove(flag);
        return rest;
    }

    private static void requireTransfer(Profile profile, long offset, ByteBuffer buffer) {
        requireRange(profile, offset, buffer.remaining());
        require(buffer.remaining() <= profile.maxTransferBytes(), "transfer larger than maxTransferBytes");
        require(buffer.isDirect(), "transfer with a heap buffer");
    }

    private static void requireRange(Profile profile, long offset, long length) {
        require(offset >= 0 && length > 0 && length <= profile.capacityBytes() - offset, "range outside the capacity");
        require((offset | length) % profile.blockBytes() == 0, "range that is not a multiple of blockBytes");
    }

    private static void require(boolean holds, String breach) {
        if (!holds) {
            throw new IllegalArgumentException(breach);
        }
    }
}
