package org.lunaria.backend;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.lunaria.backend.BlockBackend.Capability;
import org.lunaria.backend.BlockBackend.Fault;
import org.lunaria.backend.BlockBackend.Flag;

/** Several threads at one store. Each owns a stripe that shares pages with its neighbours, and a model of it. */
final class RandomLoad {

    private static final int THREADS = 4;
    private static final int OPERATIONS = 500;
    private static final int STRIPE_BLOCKS = 1001;
    private static final int WAIT_SECONDS = 120;

    private RandomLoad() {}

    /** Random reads, writes, zeroes and unmaps, each compared with the model; {@code seed} repeats a run's choices. */
    static void run(BlockBackend store, int unit, long seed) throws Exception {
        inThreads(thread -> {
            play(store, unit, thread, new Random(seed + thread));
            return null;
        });
    }

    /** Reads and writes without end while the store is closed. */
    static void close(BlockBackend store, int unit) throws Exception {
        CountDownLatch running = new CountDownLatch(THREADS);
        AtomicBoolean closed = new AtomicBoolean();
        Thread closer = new Thread(() -> {
            try {
                running.await();
                store.close();
            } catch (Exception e) {
                throw new IllegalStateException(e);
            } finally {
                closed.set(true);
            }
        });
        closer.start();
        inThreads(thread -> {
            ByteBuffer buffer = ByteBuffer.allocateDirect(unit);
            boolean offline = false;
            for (int i = 0; !offline; i++) {
                boolean last = closed.get();
                long offset = (long) thread * unit;
                CompletionStage<Void> stage = i % 2 == 0
                        ? store.read(offset, buffer.clear())
                        : store.write(offset, buffer.clear(), EnumSet.noneOf(Flag.class));
                offline = endedOffline(stage);
                assertTrue(offline || !last, "an operation after the close was done");
                running.countDown();
            }
            return null;
        });
        closer.join();
    }

    private static boolean endedOffline(CompletionStage<Void> stage) throws Exception {
        Throwable thrown = stage.handle((nothing, problem) -> problem)
                .toCompletableFuture()
                .get(WAIT_SECONDS, TimeUnit.SECONDS);
        if (thrown != null) {
            assertEquals(Fault.OFFLINE, Completions.failure(thrown).fault());
        }
        return thrown != null;
    }

    private static void play(BlockBackend store, int unit, int thread, Random random) {
        TestIo io = new TestIo(store);
        byte[] model = new byte[STRIPE_BLOCKS * unit];
        long base = (long) thread * model.length;
        for (int i = 0; i < OPERATIONS; i++) {
            int first = random.nextInt(STRIPE_BLOCKS);
            int blocks = 1 + random.nextInt(Math.min(40, STRIPE_BLOCKS - first));
            int from = first * unit;
            int to = from + blocks * unit;
            switch (random.nextInt(8)) {
                case 0 -> unmap(store, io, base, model, from, to);
                case 1 -> writeZeroes(store, base, model, from, to, random.nextBoolean());
                case 2, 3, 4 -> {
                    byte[] bytes = TestIo.pattern(random.nextLong(), to - from);
                    System.arraycopy(bytes, 0, model, from, bytes.length);
                    io.write(base + from, bytes);
                }
                default ->
                    assertArrayEquals(
                            Arrays.copyOfRange(model, from, to),
                            io.read(base + from, to - from),
                            "thread " + thread + ", operation " + i);
            }
        }
        for (int from = 0; from < model.length; from += 13 * unit) {
            assertArrayEquals(Arrays.copyOfRange(model, from, from + 13 * unit), io.read(base + from, 13 * unit));
        }
    }

    /** An unmapped byte is the old one or zero; the model takes over which. */
    private static void unmap(BlockBackend store, TestIo io, long base, byte[] model, int from, int to) {
        if (store.profile().can(Capability.UNMAP)) {
            TestIo.await(store.unmap(base + from, to - from));
            byte[] now = io.read(base + from, to - from);
            for (int i = 0; i < now.length; i++) {
                if (now[i] != 0) {
                    assertEquals(model[from + i], now[i]);
                }
            }
            System.arraycopy(now, 0, model, from, now.length);
        }
    }

    private static void writeZeroes(BlockBackend store, long base, byte[] model, int from, int to, boolean mayUnmap) {
        if (store.profile().can(Capability.WRITE_ZEROES)) {
            EnumSet<Flag> flags = mayUnmap ? EnumSet.of(Flag.MAY_UNMAP) : EnumSet.noneOf(Flag.class);
            TestIo.await(store.writeZeroes(base + from, to - from, flags));
            Arrays.fill(model, from, to, (byte) 0);
        }
    }

    private interface Body {
        Void run(int thread) throws Exception;
    }

    private static void inThreads(Body body) throws Exception {
        ExecutorService pool = Executors.newFixedThreadPool(THREADS);
        try {
            List<Callable<Void>> calls = new ArrayList<>();
            for (int thread = 0; thread < THREADS; thread++) {
                int number = thread;
                calls.add(() -> body.run(number));
            }
            for (Future<Void> each : pool.invokeAll(calls, WAIT_SECONDS, TimeUnit.SECONDS)) {
                each.get();
            }
        } finally {
            pool.shutdownNow();
        }
    }
}
