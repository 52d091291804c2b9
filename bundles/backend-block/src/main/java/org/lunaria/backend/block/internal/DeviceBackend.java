package org.lunaria.backend.block.internal;

import java.io.IOException;
import java.lang.ref.Reference;
import java.nio.ByteBuffer;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
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
import org.lunaria.posix.Way;

/**
 * A volume on a block device. What the page cache has, where it is used, is read at once on the calling thread; what may wait
 * goes to workers. A flush reaches through the device's own cache. Thread-safe.
 */
final class DeviceBackend implements BlockBackend {

    /** What of the configuration is not obeyed; empty if nothing. */
    private volatile String refusal = "";

    /** Of reads by the page cache most need no worker, and writes are copies. */
    private static final int CACHED_WORKERS = 8;

    /** Past the cache each is an operation that the device has under way. */
    private static final int DIRECT_WORKERS = 32;

    private static final int WAITING = 4096;

    private final FileCalls calls;
    private final Device device;
    private final BlockingWorkers workers;
    private final InFlight inFlight = new InFlight();
    private final DeviceWatch watch;
    private final Way way;
    private final Durability durability;
    private final Zeroing zeroing;

    /**
     * Takes over the device's descriptor, and closes it in the end.
     *
     * @param nanoTime the clock
     * @param whenGone told, maybe often, while the device is gone; must not block
     * @throws OutOfMemoryError when there is no direct memory for buffers; the descriptor is the caller's then
     */
    DeviceBackend(FileCalls calls, Device device, LongSupplier nanoTime, Runnable whenGone) {
        this.calls = calls;
        this.device = device;
        OpenFile open = device.open();
        workers =
                new BlockingWorkers("block-" + device.id(), device.direct() ? DIRECT_WORKERS : CACHED_WORKERS, WAITING);
        watch = new DeviceWatch(device, new DeviceCalls(calls, device.fd()), nanoTime, whenGone);
        ReadWriteLock pages = new ReentrantReadWriteLock(true);
        Transfers transfers = new Transfers(calls, open, false);
        way = device.direct()
                ? new DirectWay(transfers, device.memoryAlignment(), new BounceBuffers())
                : new CachedWay(transfers, pages.readLock());
        durability = new Durability(calls, open, workers);
        zeroing = new Zeroing(calls, open, way, pages.writeLock());
    }

    @Override
    public String trouble() {
        return Stream.of(durability.trouble(), refusal)
                .filter(sentence -> !sentence.isEmpty())
                .collect(Collectors.joining(" "));
    }

    /** Has {@link #trouble} tell what of the configuration is not obeyed; nothing, when it is as configured again. */
    void refuses(String sentence) {
        refusal = sentence;
    }

    @Override
    public Profile profile() {
        if (watch.isDue() && inFlight.enter()) {
            watch.look();
            inFlight.leave();
        }
        return watch.profile();
    }

    /** Whether the device is gone, or the backend closed. Never blocks. */
    boolean isGone() {
        if (!inFlight.enter()) {
            return true;
        }
        boolean gone = watch.isGone();
        inFlight.leave();
        return gone;
    }

    @Override
    public CompletionStage<Void> read(long offset, ByteBuffer target) {
        long address = Glibc.address(target) + target.position();
        int length = target.remaining();
        if (!inFlight.enter()) {
            return closed();
        }
        int done = way.readAtOnce(address, length, offset);
        if (done == length) {
            inFlight.leave();
            Reference.reachabilityFence(target);
            return Completions.DONE;
        }
        return leaving(onWorker(offset, length, length, () -> {
            way.read(address + done, length - done, offset + done);
            Reference.reachabilityFence(target);
            return null;
        }));
    }

    @Override
    public CompletionStage<Void> write(long offset, ByteBuffer source, Set<Flag> flags) {
        long address = Glibc.address(source) + source.position();
        int length = source.remaining();
        if (!inFlight.enter()) {
            return closed();
        }
        boolean durable = flags.contains(Flag.DURABLE);
        return changed(durable && !way.writesDurably(), onWorker(offset, length, length, () -> {
            way.write(address, length, offset, durable && way.writesDurably());
            Reference.reachabilityFence(source);
            return null;
        }));
    }

    @Override
    public CompletionStage<Void> flush() {
        if (!inFlight.enter()) {
            return closed();
        }
        if (!device.writable()) {
            inFlight.leave();
            return Completions.DONE;
        }
        return leaving(flushed());
    }

    @Override
    public CompletionStage<Void> unmap(long offset, long length) {
        if (!watch.profile().can(Capability.UNMAP)) {
            return BlockBackend.super.unmap(offset, length);
        }
        if (!inFlight.enter()) {
            return closed();
        }
        return leaving(onWorker(offset, length, 0, () -> {
            zeroing.unmap(offset, length);
            return null;
        }));
    }

    @Override
    public CompletionStage<Void> writeZeroes(long offset, long length, Set<Flag> flags) {
        Profile profile = watch.profile();
        if (!profile.can(Capability.WRITE_ZEROES)) {
            return BlockBackend.super.writeZeroes(offset, length, flags);
        }
        if (!inFlight.enter()) {
            return closed();
        }
        boolean mayUnmap = flags.contains(Flag.MAY_UNMAP) && profile.can(Capability.UNMAP);
        return changed(flags.contains(Flag.DURABLE), onWorker(offset, length, length, () -> {
            zeroing.zero(offset, length, mayUnmap);
            return null;
        }));
    }

    /**
     * Waits for what is in flight, then flushes and closes the device. A second call does nothing.
     *
     * @throws IOException when the flush failed; the device is closed all the same
     */
    @Override
    public void close() throws IOException {
        if (!inFlight.end()) {
            return;
        }
        workers.close();
        try {
            if (device.writable()) {
                durability.flushHere().toCompletableFuture().join();
            }
        } catch (CompletionException e) {
            throw Completions.failure(e);
        } finally {
            calls.close(device.fd());
        }
    }

    /**
     * Hands on an operation on a range.
     *
     * @param bytes that it moves
     */
    private CompletionStage<Void> onWorker(long offset, long length, long bytes, Blocking<Void> operation) {
        return workers.submit(bytes, () -> {
            try {
                return operation.run();
            } catch (Failure e) {
                throw watch.judge(e, offset, length);
            }
        });
    }

    /** The stage of a change that entered, with a flush behind it, which it may share with others. */
    private CompletionStage<Void> changed(boolean flush, CompletionStage<Void> change) {
        return leaving(flush ? change.thenCompose(done -> flushed()) : change);
    }

    private CompletionStage<Void> flushed() {
        CompletableFuture<Void> result = new CompletableFuture<>();
        durability.flush().whenComplete((done, thrown) -> {
            if (thrown == null) {
                result.complete(null);
            } else {
                result.completeExceptionally(watch.judge(Completions.failure(thrown), 0, 0));
            }
        });
        return result;
    }

    /** What entered leaves when it is done, or was refused because too much waits. */
    private <T> CompletionStage<T> leaving(CompletionStage<T> stage) {
        stage.whenComplete((value, thrown) -> inFlight.leave());
        return stage;
    }

    private <T> CompletionStage<T> closed() {
        return Completions.failed(new Failure(Fault.OFFLINE, -1, device + " is closed"));
    }
}
