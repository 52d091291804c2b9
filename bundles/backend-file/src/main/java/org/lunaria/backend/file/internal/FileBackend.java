package org.lunaria.backend.file.internal;

import java.io.IOException;
import java.lang.ref.Reference;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.lunaria.backend.BlockBackend;
import org.lunaria.backend.BlockingWorkers;
import org.lunaria.backend.BlockingWorkers.Blocking;
import org.lunaria.backend.Completions;
import org.lunaria.posix.BounceBuffers;
import org.lunaria.posix.DirectWay;
import org.lunaria.posix.Durability;
import org.lunaria.posix.FileCalls;
import org.lunaria.posix.Glibc;
import org.lunaria.posix.InFlight;
import org.lunaria.posix.OpenFile;
import org.lunaria.posix.Transfers;
import org.lunaria.posix.Usage;
import org.lunaria.posix.Way;

/**
 * A volume in a file. What the page cache has is read at once on the calling thread; what may wait goes to workers
 * (docs/decisions/0001-file-io-on-the-io-thread.md). A durable write is a write and a flush; an atomic one goes by way of
 * a journal ({@link AtomicWrites}). Thread-safe.
 */
final class FileBackend implements BlockBackend {

    private static final int WORKERS = 8;

    /** A write of so many bytes is bulk. */
    private static final int BULK_BYTES = 64 * 1024;

    /**
     * Threads that do bulk writes. File systems let one thread write to a file at a time: more of them would wait for it,
     * and spin, in the kernel, and small writes behind them.
     */
    private static final int BULK_WRITERS = 2;

    private static final int WAITING = 4096;
    private static final int PAGE_BYTES = 4096;

    /** Past the page cache each is an operation that the disk has under way. */
    private static final int DIRECT_WORKERS = 32;

    private final FileCalls calls;
    private final VolumeFile file;
    private final BlockingWorkers workers;
    private final BlockingWorkers bulkWriters;
    private final InFlight inFlight = new InFlight();
    private final Way way;
    private final Durability durability;
    private final Allocation allocation;
    private final Extents extents;
    private final AtomicWrites atomicWrites;
    private final Usage usage;
    private final FileWatch watch;
    private final Room room;

    /** What of the configuration is not obeyed; empty if nothing. */
    private volatile String refusal = "";

    /** Something small was asked for since a bulk writer last looked. */
    private volatile boolean smallAsked;

    /**
     * Takes over the file's descriptor, and closes it in the end.
     *
     * @throws OutOfMemoryError when there is no direct memory for buffers; the descriptor is the caller's then
     */
    FileBackend(FileCalls calls, VolumeFile file) {
        this(calls, file, Journal.LOG_BYTES, System::nanoTime);
    }

    /**
     * @param logBytes space of the journal's entries, at least for the largest
     * @param nanoTime the clock
     */
    FileBackend(FileCalls calls, VolumeFile file, int logBytes, LongSupplier nanoTime) {
        this.calls = calls;
        this.file = file;
        OpenFile open = file.open();
        way = way(new Transfers(calls, open, file.fileSystem().isInMemory()), file);
        boolean direct = file.direct().isPresent();
        workers = new BlockingWorkers("file-" + file.id(), direct ? DIRECT_WORKERS : WORKERS, WAITING);
        bulkWriters = direct ? workers : new BlockingWorkers("file-" + file.id() + "-bulk", BULK_WRITERS, WAITING);
        durability = new Durability(calls, open, workers);
        allocation = new Allocation(calls, file, way);
        extents = new Extents(calls, file);
        Reservation reservation = new Reservation(calls, file, extents, allocation);
        watch = new FileWatch(calls, file, reservation, durability, nanoTime);
        atomicWrites = new AtomicWrites(
                calls, file, way, reservation, durability, () -> watch.profile().capacityBytes(), logBytes);
        usage = new Usage(calls, open);
        room = new Room(file, usage);
    }

    private static Way way(Transfers transfers, VolumeFile file) {
        return file.direct()
                .<Way>map(alignment -> new DirectWay(transfers, alignment.memoryBytes(), new BounceBuffers()))
                .orElseGet(() -> new BufferedWay(transfers));
    }

    @Override
    public Profile profile() {
        lookWhenDue();
        return watch.profile();
    }

    @Override
    public String trouble() {
        lookWhenDue();
        return Stream.of(watch.trouble(), room.trouble(), durability.trouble(), atomicWrites.trouble(), refusal)
                .filter(sentence -> !sentence.isEmpty())
                .collect(Collectors.joining(" "));
    }

    /** Has {@link #trouble} tell what of the configuration is not obeyed; nothing, when it is as configured again. */
    void refuses(String sentence) {
        refusal = sentence;
    }

    private Void lookAtRoom() {
        room.look();
        return null;
    }

    private void lookWhenDue() {
        if (!watch.isDue()) {
            return;
        }
        if (!inFlight.enter()) {
            watch.cannotLook();
            return;
        }
        on(workers, 0, () -> {
                    lookAtRoom();
                    watch.look();
                    return null;
                })
                .whenComplete((done, refused) -> {
                    if (refused != null) {
                        watch.cannotLook();
                    }
                });
    }

    @Override
    public CompletionStage<Void> read(long offset, ByteBuffer target) {
        long address = Glibc.address(target) + target.position();
        int length = target.remaining();
        noteIfSmall(length);
        if (!inFlight.enter()) {
            return offline();
        }
        if (atomicWrites.isTorn(offset, length)) {
            inFlight.leave();
            return Completions.failed(new Failure(
                    Fault.READ_ERROR,
                    -1,
                    file + ": an atomic write at " + offset + " is to be finished by opening it"));
        }
        int done = way.readAtOnce(address, length, offset);
        if (done == length) {
            inFlight.leave();
            Reference.reachabilityFence(target);
            return Completions.DONE;
        }
        return on(workers, length, () -> {
            way.read(address + done, length - done, offset + done);
            Reference.reachabilityFence(target);
            return null;
        });
    }

    @Override
    public CompletionStage<Void> write(long offset, ByteBuffer source, Set<Flag> flags) {
        long address = Glibc.address(source) + source.position();
        int length = source.remaining();
        noteIfSmall(length);
        if (!inFlight.enter()) {
            return offline();
        }
        if (watch.isCutOff(offset, length)) {
            inFlight.leave();
            return cutOff(offset);
        }
        if (flags.contains(Flag.ATOMIC)) {
            return leaving(atomicWrites.write(offset, source));
        }
        boolean durable = file.sync() || flags.contains(Flag.DURABLE);
        boolean later = durable || atomicWrites.isLive(offset, length);
        int done = later ? 0 : whole(way.writeAtOnce(address, length, offset), length, offset);
        if (done == length) {
            inFlight.leave();
            Reference.reachabilityFence(source);
            return Completions.DONE;
        }
        boolean bulk = length >= BULK_BYTES;
        Blocking<Void> write = () -> {
            if (bulk) {
                letSmallOnesRun();
            }
            way.write(address + done, length - done, offset + done, false);
            Reference.reachabilityFence(source);
            return null;
        };
        return change(bulk && !durable ? bulkWriters : workers, offset, length, durable, write);
    }

    /** Makes a change that entered: where it overlaps an atomic write whose entry counts, by way of the journal's thread. */
    private CompletionStage<Void> change(
            BlockingWorkers threads, long offset, long length, boolean durable, Blocking<Void> change) {
        if (watch.isCutOff(offset, length)) {
            inFlight.leave();
            return cutOff(offset);
        }
        boolean live = atomicWrites.isLive(offset, length);
        if (!live && !durable) {
            return on(threads, length, change);
        }
        // A flush follows a durable change, which it may share with others.
        Blocking<CompletionStage<Void>> whole = () -> {
            change.run();
            return durable ? durability.flushHere() : Completions.DONE;
        };
        CompletionStage<CompletionStage<Void>> changed =
                live ? atomicWrites.change(length, whole) : threads.submit(length, whole);
        return leaving(changed.thenCompose(flush -> flush));
    }

    /** A block of which a part was written at once is written again, so that none is the work of two calls. */
    private static int whole(int done, int length, long offset) {
        return done == length ? done : (int) Math.max(0, done - (offset + done) % PAGE_BYTES);
    }

    private void noteIfSmall(int length) {
        if (length < BULK_BYTES && !smallAsked) {
            smallAsked = true;
        }
    }

    /**
     * Before a bulk write, because the end of the last one has been told then. Where processors are scarce, a bulk writer
     * that never sleeps has one for milliseconds, while an I/O thread waits for it with small commands to answer.
     */
    private void letSmallOnesRun() {
        if (smallAsked) {
            smallAsked = false;
            Thread.yield();
        }
    }

    @Override
    public CompletionStage<Void> flush() {
        if (!inFlight.enter()) {
            return offline();
        }
        if (!file.writable()) {
            inFlight.leave();
            return Completions.DONE;
        }
        return leaving(durability.flush());
    }

    @Override
    public CompletionStage<Void> scrub() {
        if (!file.writesAtomically()) {
            return Completions.DONE;
        }
        return inFlight.enter() ? leaving(atomicWrites.scrub()) : offline();
    }

    @Override
    public CompletionStage<Void> unmap(long offset, long length) {
        if (!watch.profile().can(Capability.UNMAP)) {
            return BlockBackend.super.unmap(offset, length);
        }
        if (!inFlight.enter()) {
            return offline();
        }
        return change(workers, offset, length, file.sync(), () -> {
            allocation.punch(offset, length);
            return null;
        });
    }

    @Override
    public CompletionStage<Void> writeZeroes(long offset, long length, Set<Flag> flags) {
        if (!watch.profile().can(Capability.WRITE_ZEROES)) {
            return BlockBackend.super.writeZeroes(offset, length, flags);
        }
        if (!inFlight.enter()) {
            return offline();
        }
        boolean mayUnmap = flags.contains(Flag.MAY_UNMAP) && watch.profile().can(Capability.UNMAP);
        boolean durable = file.sync() || flags.contains(Flag.DURABLE);
        Blocking<Void> change = () -> {
            if (mayUnmap) {
                allocation.punch(offset, length);
            } else {
                allocation.zero(offset, length);
            }
            return null;
        };
        return change(workers, offset, length, durable, change);
    }

    @Override
    public CompletionStage<List<Extent>> extents(long offset, long length) {
        return inFlight.enter() ? on(workers, 0, () -> walk(offset, length)) : offline();
    }

    /** What was cut off is no hole: whoever reads it is to hear that it is lost. */
    private List<Extent> walk(long offset, long length) throws Failure {
        long there = Math.min(length, watch.endBytes() - offset);
        return there > 0 ? extents.walk(offset, there) : List.of(new Extent(offset, length, Mapping.DATA));
    }

    /** One that becomes smaller has nothing in its journal that lies behind its end, nor has anybody else then. */
    @Override
    public CompletionStage<Void> resize(long capacityBytes) {
        if (!file.writable()) {
            return BlockBackend.super.resize(capacityBytes);
        }
        if (!inFlight.enter()) {
            return offline();
        }
        Blocking<Void> change = () -> {
            watch.resize(capacityBytes);
            return null;
        };
        CompletionStage<Void> changed = capacityBytes < watch.profile().capacityBytes()
                ? atomicWrites.resize(change)
                : workers.submit(0, change);
        // No room for more is no trouble of the volume as it is.
        changed.whenComplete((done, thrown) -> inFlight.leave());
        return changed;
    }

    @Override
    public CompletionStage<Space> space() {
        if (!watch.profile().can(Capability.SPACE)) {
            return BlockBackend.super.space();
        }
        return inFlight.enter() ? on(workers, 0, usage::look) : offline();
    }

    /**
     * Waits for what is in flight, then flushes, unlocks and closes the file. A second call does nothing.
     *
     * @throws IOException when the flush failed; the file is closed all the same
     */
    @Override
    public void close() throws IOException {
        if (!inFlight.end()) {
            return;
        }
        workers.close();
        bulkWriters.close();
        atomicWrites.close();
        try {
            if (file.writable()) {
                durability.flushHere().toCompletableFuture().join();
            }
        } catch (CompletionException e) {
            throw Completions.failure(e);
        } finally {
            calls.close(file.fd());
        }
    }

    /** Hands on what entered. */
    private <T> CompletionStage<T> on(BlockingWorkers threads, long bytes, Blocking<T> operation) {
        return leaving(threads.submit(bytes, operation));
    }

    /** What entered leaves when it is done, or was refused because too much waits. */
    private <T> CompletionStage<T> leaving(CompletionStage<T> stage) {
        stage.whenComplete((value, thrown) -> {
            inFlight.leave();
            if (thrown != null && room.failed(Completions.failure(thrown)) && inFlight.enter()) {
                on(workers, 0, this::lookAtRoom);
            }
        });
        return stage;
    }

    private <T> CompletionStage<T> cutOff(long offset) {
        return Completions.failed(new Failure(
                Fault.WRITE_ERROR,
                -1,
                file + ": a change at " + offset + ": somebody has cut the file off before the end of it"));
    }

    private <T> CompletionStage<T> offline() {
        return Completions.failed(new Failure(Fault.OFFLINE, -1, file + " is closed"));
    }
}
