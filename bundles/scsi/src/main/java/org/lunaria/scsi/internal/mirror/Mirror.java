package org.lunaria.scsi.internal.mirror;

import java.nio.ByteBuffer;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import org.lunaria.backend.BlockBackend;
import org.lunaria.backend.Completions;
import org.lunaria.scsi.internal.slot.Guard;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A store that is on its way from one backend, the source, to another. Reads are the source's. A change goes to both where
 * the destination has the bytes already, and to the source alone where it has not: those are copied later
 * ({@link MirrorCopy}). Changes that overlap happen one after the other, so that both end with the same bytes.
 *
 * <p>The source is the truth until the destination takes its place: what fails on the destination is no initiator's error,
 * but ends the mirror, which is then {@link #lost}. So does a change that fails on the source, since nobody knows what
 * either has then. An unmap, which may do this on the one and that on the other, is done as zeroes that may be holes.
 *
 * <p>Thread-safe. Closing it closes neither backend.
 */
public final class Mirror implements BlockBackend {
    private static final Logger LOG = LoggerFactory.getLogger(Mirror.class);

    /** What the mirror can do if the source can: the guards emulate it for the destination. */
    private static final Set<Capability> OF_BOTH = EnumSet.of(
            Capability.WRITE,
            Capability.DURABLE_WRITE,
            Capability.UNMAP,
            Capability.WRITE_ZEROES,
            Capability.EXTENTS,
            Capability.SPACE);

    /** Profiles of both, and what they are together. */
    private record Together(Profile source, Profile destination, Profile both) {}

    private final String name;
    private final BlockBackend sourceBackend;
    private final BlockBackend destinationBackend;
    private final Guard source;
    private final Guard destination;
    private final RangeGate gate = new RangeGate();
    private final AtomicReference<String> lost = new AtomicReference<>();
    private volatile Together together;

    /** The destination has the bytes before this one. Grows only, while its range is taken at the gate. */
    private volatile long copied;

    /** @param name of the unit, for the log */
    public Mirror(String name, BlockBackend source, BlockBackend destination) {
        this.name = name;
        this.sourceBackend = source;
        this.destinationBackend = destination;
        this.source = new Guard(source);
        this.destination = new Guard(destination);
        this.together = together(source.profile(), destination.profile());
    }

    /** Why a destination cannot take what a source has, as a sentence, or empty. */
    public static Optional<String> refusal(Profile source, Profile destination) {
        if (!destination.can(Capability.WRITE)) {
            return Optional.of("the backend to copy to cannot be written");
        }
        if (destination.capacityBytes() < source.capacityBytes()) {
            return Optional.of("the backend to copy to has " + destination.capacityBytes() + " bytes, fewer than the "
                    + source.capacityBytes() + " there are to copy");
        }
        return Optional.empty();
    }

    public BlockBackend source() {
        return sourceBackend;
    }

    public BlockBackend destination() {
        return destinationBackend;
    }

    /** Why the destination has not what the source has, and will not have it; empty while all is well. */
    public Optional<String> lost() {
        return Optional.ofNullable(lost.get());
    }

    /** Ends the mirror: from now on the source alone is changed. */
    public void lose(String reason) {
        if (lost.compareAndSet(null, reason)) {
            LOG.warn("unit {}: its copy ends: {}", name, reason);
        }
    }

    /** Bytes from the first on that the destination has too. */
    public long copied() {
        return copied;
    }

    @Override
    public String trouble() {
        String ofSource = sourceBackend.trouble();
        return ofSource.isEmpty() ? destinationBackend.trouble() : ofSource;
    }

    /** Whoever comes in its place and is not the destination is another source. */
    @Override
    public boolean isVolatile() {
        return sourceBackend.isVolatile();
    }

    @Override
    public Profile profile() {
        Together last = together;
        Profile ofSource = sourceBackend.profile();
        Profile ofDestination = destinationBackend.profile();
        if (ofSource != last.source() || ofDestination != last.destination()) {
            refusal(ofSource, ofDestination).ifPresent(this::lose);
            last = together(ofSource, ofDestination);
            together = last;
        }
        return last.both();
    }

    @Override
    public CompletionStage<Void> read(long offset, ByteBuffer target) {
        return source.read(offset, target);
    }

    @Override
    public CompletionStage<Void> write(long offset, ByteBuffer bytes, Set<Flag> flags) {
        // Each store moves the position of its own.
        return change(offset, bytes.remaining(), store -> store.write(offset, bytes.duplicate(), flags));
    }

    @Override
    public CompletionStage<Void> flush() {
        return lost.get() == null ? both(Guard::flush) : source.flush();
    }

    @Override
    public CompletionStage<Void> scrub() {
        return lost.get() == null ? both(Guard::scrub) : source.scrub();
    }

    @Override
    public CompletionStage<Void> unmap(long offset, long length) {
        return writeZeroes(offset, length, EnumSet.of(Flag.MAY_UNMAP));
    }

    @Override
    public CompletionStage<Void> writeZeroes(long offset, long length, Set<Flag> flags) {
        return change(offset, length, store -> store.writeZeroes(offset, length, flags));
    }

    @Override
    public CompletionStage<List<Extent>> extents(long offset, long length) {
        return source.extents(offset, length);
    }

    @Override
    public CompletionStage<Space> space() {
        return source.space();
    }

    @Override
    public void close() {
        lose("it was closed");
    }

    /** What the source has, for the copy. */
    Guard from() {
        return source;
    }

    Guard to() {
        return destination;
    }

    /** A range that nobody changes until its turn is left. */
    RangeGate.Turn seize(long offset, long length) {
        return gate.take(offset, length);
    }

    /** The destination has what is before this byte; told while the range that was copied is still seized. */
    void copiedTo(long end) {
        copied = end;
    }

    private CompletionStage<Void> change(long offset, long length, Function<Guard, CompletionStage<Void>> operation) {
        RangeGate.Turn turn = gate.take(offset, length);
        CompletionStage<Void> done = Completions.isDone(turn.ready())
                ? changeNow(offset, operation)
                : turn.ready().thenCompose(free -> changeNow(offset, operation));
        if (Completions.isDone(done)) {
            turn.leave();
            return done;
        }
        return done.whenComplete((value, thrown) -> turn.leave());
    }

    private CompletionStage<Void> changeNow(long offset, Function<Guard, CompletionStage<Void>> operation) {
        if (offset >= copied || lost.get() != null) {
            return operation.apply(source);
        }
        return both(operation);
    }

    /** Ends when both have ended, as the source does. */
    private CompletionStage<Void> both(Function<Guard, CompletionStage<Void>> operation) {
        CompletionStage<Void> first = losingOnFailure("its source", operation.apply(source));
        CompletionStage<Void> second = losingOnFailure("the backend to copy to", operation.apply(destination));
        if (Completions.isDone(first) && Completions.isDone(second)) {
            return Completions.DONE;
        }
        return first.thenCombine(second.exceptionally(thrown -> null), (one, other) -> null);
    }

    private CompletionStage<Void> losingOnFailure(String who, CompletionStage<Void> stage) {
        if (Completions.isDone(stage)) {
            return stage;
        }
        return stage.whenComplete((value, thrown) -> {
            if (thrown != null) {
                lose(who + " failed: " + Completions.failure(thrown).getMessage());
            }
        });
    }

    private static Together together(Profile source, Profile destination) {
        Set<Capability> capabilities = EnumSet.noneOf(Capability.class);
        for (Capability capability : source.capabilities()) {
            if (OF_BOTH.contains(capability)) {
                capabilities.add(capability);
            }
        }
        int atomicBytes = Math.min(source.atomicBytes(), destination.atomicBytes());
        if (atomicBytes > 0) {
            capabilities.add(Capability.ATOMIC_WRITE);
        }
        return new Together(
                source,
                destination,
                new Profile(
                        source.capacityBytes(),
                        Math.max(source.blockBytes(), destination.blockBytes()),
                        Math.max(source.physicalBlockBytes(), destination.physicalBlockBytes()),
                        source.optimalBytes(),
                        Math.min(source.maxTransferBytes(), destination.maxTransferBytes()),
                        source.unmapBytes(),
                        atomicBytes,
                        capabilities));
    }
}
