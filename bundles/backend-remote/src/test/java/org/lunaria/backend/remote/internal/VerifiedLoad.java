package org.lunaria.backend.remote.internal;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.lunaria.backend.BlockBackend;
import org.lunaria.backend.BlockBackend.Capability;
import org.lunaria.backend.BlockBackend.Flag;
import org.lunaria.backend.TestIo;

/** Threads that write, zero, flush and read, each its own stripe of a store, and compare all they read with a model. */
final class VerifiedLoad {

    private static final int BLOCK_BYTES = 512;
    private static final int STRIPE_BLOCKS = 2000;
    private static final int WAIT_SECONDS = 300;

    private final List<byte[]> models = new ArrayList<>();
    private final long seed;
    private final AtomicInteger done = new AtomicInteger();
    private volatile boolean failed;

    VerifiedLoad(int threads, long seed) {
        this.seed = seed;
        for (int i = 0; i < threads; i++) {
            models.add(new byte[STRIPE_BLOCKS * BLOCK_BYTES]);
        }
    }

    /** Waits until so many operations are done, or one has failed. */
    void awaitDone(int operations) {
        while (done.get() < operations && !failed) {
            Thread.onSpinWait();
        }
    }

    /**
     * Runs so many operations in each thread while the caller's thread does something else, and reports the first failure.
     * (nbdkit ends when the thread ends that started it.)
     */
    void run(BlockBackend store, int operations, Callable<?> meanwhile) throws Exception {
        ExecutorService pool = Executors.newFixedThreadPool(models.size());
        try {
            List<Future<?>> all = new ArrayList<>();
            for (int thread = 0; thread < models.size(); thread++) {
                int number = thread;
                all.add(pool.submit(() -> {
                    try {
                        return play(store, number, operations);
                    } catch (Throwable e) {
                        failed = true;
                        throw e;
                    }
                }));
            }
            meanwhile.call();
            for (Future<?> each : all) {
                each.get(WAIT_SECONDS, TimeUnit.SECONDS);
            }
        } finally {
            pool.shutdownNow();
        }
    }

    /** Reads everything and compares it. */
    void verify(BlockBackend store) {
        TestIo io = new TestIo(store);
        for (int thread = 0; thread < models.size(); thread++) {
            byte[] model = models.get(thread);
            for (int from = 0; from < model.length; from += 100 * BLOCK_BYTES) {
                byte[] expected = Arrays.copyOfRange(model, from, from + 100 * BLOCK_BYTES);
                assertArrayEquals(
                        expected, io.read((long) thread * model.length + from, expected.length), "seed " + seed);
            }
        }
    }

    private Void play(BlockBackend store, int thread, int operations) {
        Random random = new Random(seed + thread);
        TestIo io = new TestIo(store);
        byte[] model = models.get(thread);
        long base = (long) thread * model.length;
        for (int i = 0; i < operations; i++, done.incrementAndGet()) {
            int from = random.nextInt(STRIPE_BLOCKS) * BLOCK_BYTES;
            int to = Math.min(model.length, from + (1 + random.nextInt(64)) * BLOCK_BYTES);
            switch (random.nextInt(10)) {
                case 0 -> TestIo.await(store.flush());
                case 1 -> {
                    if (store.profile().can(Capability.WRITE_ZEROES)) {
                        TestIo.await(store.writeZeroes(base + from, to - from, flags(random, store, Flag.MAY_UNMAP)));
                        Arrays.fill(model, from, to, (byte) 0);
                    }
                }
                case 2, 3, 4, 5, 6 -> {
                    byte[] bytes = TestIo.pattern(random.nextLong(), to - from);
                    TestIo.await(store.write(base + from, TestIo.direct(bytes), flags(random, store, Flag.DURABLE)));
                    System.arraycopy(bytes, 0, model, from, bytes.length);
                }
                default ->
                    assertArrayEquals(
                            Arrays.copyOfRange(model, from, to),
                            io.read(base + from, to - from),
                            "seed " + seed + ", thread " + thread + ", operation " + i);
            }
        }
        return null;
    }

    private static EnumSet<Flag> flags(Random random, BlockBackend store, Flag flag) {
        boolean able = flag != Flag.DURABLE || store.profile().can(Capability.DURABLE_WRITE);
        return able && random.nextInt(4) == 0 ? EnumSet.of(flag) : EnumSet.noneOf(Flag.class);
    }
}
