package org.lunaria.backend.memory.internal;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.concurrent.locks.StampedLock;
import java.util.function.Supplier;
import org.lunaria.backend.BlockBackend;
import org.lunaria.backend.Completions;

/**
 * A volume in the heap, in chunks that exist from the first write to them until they are unmapped. Every operation is
 * done when its method returns, on the calling thread. Nothing is durable: a stopped volume is gone, and the list of
 * capabilities does not claim DURABLE_WRITE.
 *
 * <p>Thread-safe. A chunk is written, zeroed and read as one: each change holds a lock for one copy of {@value #CHUNK_BYTES}
 * bytes at most, and a read takes it only where a change came in between. A write that is to be atomic first makes the
 * chunks that are missing, the one thing that may fail, and copies then; what outlives the process is nothing in any case.
 *
 * <p>The example to copy. What a backend over something that can block does otherwise: it hands operations to {@link
 * org.lunaria.backend.BlockingWorkers}, and its close waits for them.
 */
final class MemoryBackend implements BlockBackend {

    static final int CHUNK_BYTES = 64 * 1024;

    private static final int MAX_TRANSFER_BYTES = 1 << 20;
    private static final int MOST_EXTENTS = 256;

    /** Locks for all chunks together: a power of two. */
    private static final int LOCKS = 256;

    /** Stands where zeroes were asked for without leave to unmap. Never written to. */
    private static final byte[] ZEROES = new byte[CHUNK_BYTES];

    /** A missing chunk is a hole. Another array takes its place with all locks held. */
    private volatile AtomicReferenceArray<byte[]> chunks;

    /** Chunks that are no holes. */
    private final AtomicLong taken = new AtomicLong();

    private final StampedLock[] locks = new StampedLock[LOCKS];

    private final String id;
    private final MemoryBudget budget;

    /** Changed with all locks held. */
    private volatile Profile profile;

    private volatile boolean closed;

    /**
     * @param id the volume's name
     * @param sizeBytes a multiple of 512; at most 2^31 chunks
     * @param budget that so many bytes are reserved in; given back by {@link #close}
     */
    MemoryBackend(String id, long sizeBytes, MemoryBudget budget) {
        this.id = id;
        this.budget = budget;
        Arrays.setAll(locks, unused -> new StampedLock());
        chunks = new AtomicReferenceArray<>(count(sizeBytes));
        profile = profile(sizeBytes);
    }

    private static Profile profile(long sizeBytes) {
        return new Profile(
                sizeBytes,
                MemorySettings.BLOCK_BYTES,
                4096,
                0,
                MAX_TRANSFER_BYTES,
                CHUNK_BYTES,
                MAX_TRANSFER_BYTES,
                EnumSet.of(
                        Capability.WRITE,
                        Capability.UNMAP,
                        Capability.WRITE_ZEROES,
                        Capability.EXTENTS,
                        Capability.RESIZE,
                        Capability.ATOMIC_WRITE,
                        Capability.SPACE));
    }

    @Override
    public Profile profile() {
        return profile;
    }

    @Override
    public boolean isVolatile() {
        return true;
    }

    @Override
    public CompletionStage<Void> read(long offset, ByteBuffer target) {
        if (closed) {
            return offline();
        }
        long at = offset;
        while (target.hasRemaining()) {
            int part = part(at, target.remaining());
            StampedLock lock = lock(index(at));
            int position = target.position();
            long stamp = lock.tryOptimisticRead();
            copy(at, part, target);
            if (!lock.validate(stamp)) {
                stamp = lock.readLock();
                try {
                    copy(at, part, target.position(position));
                } finally {
                    lock.unlockRead(stamp);
                }
            }
            at += part;
        }
        return Completions.DONE;
    }

    private void copy(long offset, int part, ByteBuffer target) {
        byte[] chunk = chunks.get(index(offset));
        target.put(chunk == null ? ZEROES : chunk, within(offset), part);
    }

    @Override
    public CompletionStage<Void> write(long offset, ByteBuffer source, Set<Flag> flags) {
        if (closed) {
            return offline();
        }
        try {
            if (flags.contains(Flag.ATOMIC)) {
                makeChunks(offset, source.remaining());
            }
            long at = offset;
            while (source.hasRemaining()) {
                int part = part(at, source.remaining());
                StampedLock lock = lock(index(at));
                long stamp = lock.writeLock();
                try {
                    source.get(writable(index(at)), within(at), part);
                } finally {
                    lock.unlockWrite(stamp);
                }
                at += part;
            }
        } catch (OutOfMemoryError e) {
            return Completions.failed(new Failure(Fault.NO_SPACE, -1, "volume " + id + ": the heap is full"));
        }
        return Completions.DONE;
    }

    @Override
    public CompletionStage<Void> flush() {
        return closed ? offline() : Completions.DONE;
    }

    @Override
    public CompletionStage<Void> unmap(long offset, long length) {
        return zero(offset, length, null);
    }

    @Override
    public CompletionStage<Void> writeZeroes(long offset, long length, Set<Flag> flags) {
        return zero(offset, length, flags.contains(Flag.MAY_UNMAP) ? null : ZEROES);
    }

    @Override
    public CompletionStage<List<Extent>> extents(long offset, long length) {
        if (closed) {
            return offline();
        }
        List<Extent> extents = new ArrayList<>();
        long end = offset + length;
        long from = offset;
        while (from < end && extents.size() < MOST_EXTENTS) {
            Mapping mapping = mapping(index(from));
            long to = from;
            while (to < end && mapping(index(to)) == mapping) {
                to += part(to, end - to);
            }
            if (to > from) {
                extents.add(new Extent(from, to - from, mapping));
                from = to;
            }
        }
        return Completions.of(extents);
    }

    /** The heap that the volume was given is its own. */
    @Override
    public CompletionStage<Space> space() {
        if (closed) {
            return offline();
        }
        long used = Math.min(profile.capacityBytes(), taken.get() * CHUNK_BYTES);
        return Completions.of(new Space(used, profile.capacityBytes() - used, false));
    }

    /** All that changes chunks holds one of the locks; so this waits for a few copies, and nothing is in flight meanwhile. */
    @Override
    public CompletionStage<Void> resize(long capacityBytes) {
        return alone(() -> {
            long before = profile.capacityBytes();
            if (closed) {
                return offline();
            }
            if (capacityBytes > before && !budget.reserve(capacityBytes - before)) {
                return Completions.failed(new Failure(
                        Fault.NO_SPACE,
                        -1,
                        "memory volumes may take half of the heap, of which " + budget.freeBytes()
                                + " bytes are free"));
            }
            if (capacityBytes < before) {
                drop(capacityBytes);
                budget.release(before - capacityBytes);
            }
            AtomicReferenceArray<byte[]> resized = new AtomicReferenceArray<>(count(capacityBytes));
            for (int index = 0; index < Math.min(chunks.length(), resized.length()); index++) {
                resized.set(index, chunks.get(index));
            }
            chunks = resized;
            profile = profile(capacityBytes);
            return Completions.DONE;
        });
    }

    /** Forgets what is behind a size. */
    private void drop(long capacityBytes) {
        for (long at = capacityBytes; at < profile.capacityBytes(); ) {
            int part = part(at, profile.capacityBytes() - at);
            zeroPart(at, part, null);
            at += part;
        }
    }

    /** What is in flight touches memory only, so that there is nothing to wait for. */
    @Override
    public void close() {
        alone(() -> {
            if (!closed) {
                closed = true;
                budget.release(profile.capacityBytes());
            }
            return Completions.DONE;
        });
    }

    /** Does something with all locks held. */
    private CompletionStage<Void> alone(Supplier<CompletionStage<Void>> step) {
        long[] stamps = Arrays.stream(locks).mapToLong(StampedLock::writeLock).toArray();
        try {
            return step.get();
        } finally {
            for (int index = 0; index < LOCKS; index++) {
                locks[index].unlockWrite(stamps[index]);
            }
        }
    }

    /**
     * Zeroes a range.
     *
     * @param whole what becomes of a chunk that lies in the range as a whole: nothing, or {@link #ZEROES}
     */
    private CompletionStage<Void> zero(long offset, long length, byte[] whole) {
        if (closed) {
            return offline();
        }
        long end = offset + length;
        for (long at = offset; at < end; ) {
            int part = part(at, end - at);
            StampedLock lock = lock(index(at));
            long stamp = lock.writeLock();
            try {
                zeroPart(at, part, whole);
            } finally {
                lock.unlockWrite(stamp);
            }
            at += part;
        }
        return Completions.DONE;
    }

    private void zeroPart(long at, int part, byte[] whole) {
        byte[] chunk = chunks.get(index(at));
        if (chunk == null || within(at) == 0 && (part == CHUNK_BYTES || at + part == profile.capacityBytes())) {
            put(index(at), whole);
        } else if (chunk != ZEROES) {
            Arrays.fill(chunk, within(at), within(at) + part, (byte) 0);
        }
    }

    private StampedLock lock(int index) {
        return locks[index & LOCKS - 1];
    }

    /** The chunk to write to. With its lock held. */
    private byte[] writable(int index) {
        byte[] chunk = chunks.get(index);
        if (chunk == null || chunk == ZEROES) {
            chunk = new byte[CHUNK_BYTES];
            put(index, chunk);
        }
        return chunk;
    }

    /** Makes the chunks of a range that are missing; they read as before. */
    private void makeChunks(long offset, int length) {
        for (int index = index(offset); index <= index(offset + length - 1); index++) {
            StampedLock lock = lock(index);
            long stamp = lock.writeLock();
            try {
                writable(index);
            } finally {
                lock.unlockWrite(stamp);
            }
        }
    }

    /** With the chunk's lock held. */
    private void put(int index, byte[] chunk) {
        byte[] before = chunks.getAndSet(index, chunk);
        if ((before == null) != (chunk == null)) {
            taken.addAndGet(chunk == null ? -1 : 1);
        }
    }

    private Mapping mapping(int index) {
        byte[] chunk = chunks.get(index);
        return chunk == null ? Mapping.HOLE : chunk == ZEROES ? Mapping.ZERO : Mapping.DATA;
    }

    private static int count(long sizeBytes) {
        return Math.toIntExact((sizeBytes + CHUNK_BYTES - 1) / CHUNK_BYTES);
    }

    private static int index(long offset) {
        return (int) (offset / CHUNK_BYTES);
    }

    private static int within(long offset) {
        return (int) (offset % CHUNK_BYTES);
    }

    /** How much of a length lies in the chunk of its first byte. */
    private static int part(long offset, long length) {
        return (int) Math.min(length, CHUNK_BYTES - within(offset));
    }

    private <T> CompletionStage<T> offline() {
        return Completions.failed(new Failure(Fault.OFFLINE, -1, "volume " + id + " (memory) is closed"));
    }
}
