package org.lunaria.backend;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.EnumSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import org.lunaria.backend.BlockBackend.Capability;
import org.lunaria.backend.BlockBackend.Flag;

/**
 * Threads that write, unmap, zero and read ranges which overlap while they are under way. No block is a mixture of two
 * operations, and each has a value that some order of the operations gives it.
 */
public final class OverlappingLoad {
    private static final int THREADS = 4;
    static final int OPERATIONS = 1500;
    private static final int REGION_BLOCKS = 160;
    private static final int MOST_BLOCKS = 64;

    private static final Set<Flag> NONE = EnumSet.noneOf(Flag.class);

    /**
     * An operation that gave blocks a value, or found one.
     *
     * @param values one for all blocks, or one for each
     * @param mixed blocks that were read as mixtures
     * @param begin a tick of the clock
     */
    private record Done(int first, int count, long[] values, BitSet mixed, long begin, long end) {
        boolean touches(int block) {
            return first <= block && block < first + count;
        }

        long value(int block) {
            return values.length == 1 ? values[0] : values[block - first];
        }
    }

    private final BlockBackend store;
    private final int blockBytes;
    private final boolean wholeReads;
    private final int operations;
    private final AtomicLong clock = new AtomicLong();

    private OverlappingLoad(BlockBackend store, int blockBytes, boolean wholeReads, int operations) {
        this.store = store;
        this.blockBytes = blockBytes;
        this.wholeReads = wholeReads;
        this.operations = operations;
    }

    /**
     * @param wholeReads whether a read that overlaps a change must not bring a mixture either
     */
    public static void run(BlockBackend store, int blockBytes, boolean wholeReads, long seed) throws Exception {
        run(store, blockBytes, wholeReads, OPERATIONS, seed);
    }

    /** @param operations of each of the threads; what it takes grows with their square */
    static void run(BlockBackend store, int blockBytes, boolean wholeReads, int operations, long seed)
            throws Exception {
        new OverlappingLoad(store, blockBytes, wholeReads, operations).run(seed);
    }

    private void run(long seed) throws Exception {
        List<Done> changes = new ArrayList<>();
        changes.add(new Worker(new Random(seed), false).write(0, REGION_BLOCKS, 0));
        List<Done> reads = new ArrayList<>();
        ExecutorService threads = Executors.newFixedThreadPool(THREADS);
        try {
            List<Callable<Worker>> workers = new ArrayList<>();
            for (int i = 0; i < THREADS; i++) {
                Worker worker = new Worker(new Random(seed + i), i % 2 == 1);
                workers.add(worker::run);
            }
            for (Future<Worker> worker : threads.invokeAll(workers)) {
                changes.addAll(worker.get().changes);
                reads.addAll(worker.get().reads);
            }
        } finally {
            threads.shutdown();
        }
        Done last = new Worker(new Random(seed), true).read(0, REGION_BLOCKS);
        if (last.mixed().isEmpty()) {
            reads.add(last);
        } else {
            throw new AssertionError("blocks " + last.mixed() + " are mixtures, seed " + seed);
        }
        for (Done read : reads) {
            if (wholeReads && !read.mixed().isEmpty()) {
                throw new AssertionError("blocks " + read.mixed() + " are read as mixtures, seed " + seed);
            }
            for (int block = read.first(); block < read.first() + read.count(); block++) {
                requireExplained(block, read, changes, seed);
            }
        }
    }

    /** The value was given by an operation that may have been the last before the read. */
    private static void requireExplained(int block, Done read, List<Done> changes, long seed) {
        if (read.mixed().get(block)) {
            return;
        }
        long value = read.value(block);
        List<Done> touching =
                changes.stream().filter(change -> change.touches(block)).toList();
        boolean explained = touching.stream()
                .filter(change -> change.value(block) == value && change.begin() < read.end())
                .anyMatch(change -> touching.stream()
                        .noneMatch(other -> other.begin() > change.end() && other.end() < read.begin()));
        if (!explained) {
            throw new AssertionError("block " + block + " has a value of no order: " + value + ", seed " + seed);
        }
    }

    private final class Worker {
        private final Random random;
        private final boolean reader;
        private final List<Done> changes = new ArrayList<>();
        private final List<Done> reads = new ArrayList<>();

        Worker(Random random, boolean reader) {
            this.random = random;
            this.reader = reader;
        }

        Worker run() {
            for (int i = 0; i < operations; i++) {
                int count = 1 + random.nextInt(MOST_BLOCKS);
                int first = random.nextInt(REGION_BLOCKS - count + 1);
                if (reader && random.nextInt(4) > 0) {
                    reads.add(read(first, count));
                } else {
                    changes.add(change(first, count));
                }
            }
            return this;
        }

        private Done change(int first, int count) {
            return switch (random.nextInt(6)) {
                case 0 -> unmap(first, count);
                case 1 -> zero(first, count);
                default -> write(first, count, random.nextLong());
            };
        }

        /** Whole units only: what is not aligned may keep its bytes. */
        private Done unmap(int first, int count) {
            int unit = Math.max(1, store.profile().unmapBytes() / blockBytes);
            int from = first - first % unit;
            int blocks = Math.max(unit, count - count % unit);
            if (!store.profile().can(Capability.UNMAP) || from + blocks > REGION_BLOCKS) {
                return zero(first, count);
            }
            long begin = clock.incrementAndGet();
            TestIo.await(store.unmap((long) from * blockBytes, (long) blocks * blockBytes));
            return done(from, blocks, 0, begin);
        }

        private Done zero(int first, int count) {
            if (!store.profile().can(Capability.WRITE_ZEROES)) {
                return write(first, count, 0);
            }
            Set<Flag> flags = random.nextBoolean() ? NONE : EnumSet.of(Flag.MAY_UNMAP);
            long begin = clock.incrementAndGet();
            TestIo.await(store.writeZeroes((long) first * blockBytes, (long) count * blockBytes, flags));
            return done(first, count, 0, begin);
        }

        Done write(int first, int count, long value) {
            ByteBuffer data = ByteBuffer.allocateDirect(count * blockBytes);
            while (data.hasRemaining()) {
                data.putLong(value);
            }
            long begin = clock.incrementAndGet();
            TestIo.await(store.write((long) first * blockBytes, data.flip(), NONE));
            return done(first, count, value, begin);
        }

        private Done done(int first, int count, long value, long begin) {
            return new Done(first, count, new long[] {value}, new BitSet(), begin, clock.incrementAndGet());
        }

        Done read(int first, int count) {
            ByteBuffer data = ByteBuffer.allocateDirect(count * blockBytes);
            long begin = clock.incrementAndGet();
            TestIo.await(store.read((long) first * blockBytes, data));
            long end = clock.incrementAndGet();
            long[] values = new long[count];
            BitSet mixed = new BitSet();
            for (int block = 0; block < count; block++) {
                values[block] = data.getLong(block * blockBytes);
                for (int at = 0; at < blockBytes; at += Long.BYTES) {
                    if (data.getLong(block * blockBytes + at) != values[block]) {
                        mixed.set(first + block);
                    }
                }
            }
            return new Done(first, count, values, mixed, begin, end);
        }
    }
}
