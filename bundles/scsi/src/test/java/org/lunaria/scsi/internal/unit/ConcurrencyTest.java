package org.lunaria.scsi.internal.unit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.lunaria.backend.BlockBackend;
import org.lunaria.backend.Completions;
import org.lunaria.scsi.DataTransfer;
import org.lunaria.scsi.Nexus;
import org.lunaria.scsi.Task;
import org.lunaria.scsi.TaskAttribute;
import org.lunaria.scsi.TaskManagement;
import org.lunaria.scsi.TaskManagement.Function;

/** Tasks of several nexuses on threads of their own, with completions from others, ordering and aborts between them. */
class ConcurrencyTest {
    private static final int NEXUSES = 4;
    private static final int TASKS = 5_000;

    private final AtomicInteger atWork = new AtomicInteger();
    private final AtomicBoolean orderedAtWork = new AtomicBoolean();
    private final AtomicInteger breaches = new AtomicInteger();
    private final ExecutorService store = Executors.newFixedThreadPool(2);

    @Test
    void everyTaskEndsOnceAndNoneIsAtWorkBesideAnOrderedOne() throws InterruptedException {
        long seed = System.nanoTime();
        System.out.println("seed " + seed);
        Bench bench = Bench.of(new Store());
        CountDownLatch ended = new CountDownLatch(NEXUSES * TASKS);
        AtomicInteger managed = new AtomicInteger();
        Semaphore managementAnswers = new Semaphore(0);
        AtomicInteger answers = new AtomicInteger();
        List<Thread> threads = new ArrayList<>();
        List<ExecutorService> executors = new ArrayList<>();
        for (int n = 0; n < NEXUSES; n++) {
            Nexus nexus = bench.initiator("host-" + n).nexus();
            ExecutorService executor = Executors.newSingleThreadExecutor();
            executors.add(executor);
            Random random = new Random(seed + n);
            threads.add(new Thread(() -> {
                for (int tag = 0; tag < TASKS; tag++) {
                    TaskAttribute attribute = random.nextInt(16) == 0 ? TaskAttribute.ORDERED : TaskAttribute.SIMPLE;
                    byte[] cdb = new byte[16];
                    cdb[0] = 0x28;
                    cdb[5] = (byte) (attribute == TaskAttribute.ORDERED ? 1 : 0);
                    cdb[8] = 1;
                    Ending ending = new Ending(ended);
                    Task task = new Task(nexus, 0, tag, attribute, cdb, ending, executor, result -> {
                        answers.incrementAndGet();
                        ending.end();
                    });
                    executor.execute(() -> bench.target().execute(task));
                    if (random.nextInt(50) == 0) {
                        managed.incrementAndGet();
                        TaskManagement abort = new TaskManagement(
                                nexus,
                                Function.ABORT_TASK_SET,
                                0,
                                0,
                                executor,
                                response -> managementAnswers.release());
                        executor.execute(() -> bench.target().manage(abort));
                    }
                }
            }));
        }
        threads.forEach(Thread::start);
        for (Thread thread : threads) {
            thread.join();
        }
        assertTrue(ended.await(60, TimeUnit.SECONDS), () -> ended.getCount() + " tasks hang, seed " + seed);
        assertTrue(
                managementAnswers.tryAcquire(managed.get(), 60, TimeUnit.SECONDS),
                "task management that was not answered, seed " + seed);
        for (ExecutorService executor : executors) {
            executor.shutdown();
            assertTrue(executor.awaitTermination(60, TimeUnit.SECONDS));
        }
        store.shutdown();
        assertEquals(0, breaches.get(), "breaches, seed " + seed);
        assertTrue(answers.get() > 0);
    }

    /** Counts the ends of one task. */
    private final class Ending implements DataTransfer {
        private final CountDownLatch ended;
        private boolean over;

        Ending(CountDownLatch ended) {
            this.ended = ended;
        }

        void end() {
            assertFalse(over);
            over = true;
            ended.countDown();
        }

        @Override
        public void cancel() {
            end();
        }

        @Override
        public long dataInBytes() {
            return 512;
        }

        @Override
        public long dataOutBytes() {
            return 0;
        }

        @Override
        public ByteBuffer dataIn(int length) {
            return ByteBuffer.allocateDirect(length);
        }

        @Override
        public CompletionStage<Void> send(ByteBuffer filled) {
            return Completions.DONE;
        }

        @Override
        public CompletionStage<ByteBuffer> receive(int length) {
            throw new AssertionError("a read receives nothing");
        }

        @Override
        public void discard(ByteBuffer buffer) {}

        @Override
        public int chunkBytes() {
            return 64 * 1024;
        }
    }

    /** Completes reads on other threads, and watches who is at work together. Block 1 is read by ORDERED tasks. */
    private final class Store implements BlockBackend {
        private final Profile profile = Bench.backend().profile();

        @Override
        public Profile profile() {
            return profile;
        }

        @Override
        public CompletionStage<Void> read(long offset, ByteBuffer target) {
            boolean ordered = offset > 0;
            int others = atWork.getAndIncrement();
            if (ordered && (others > 0 || !orderedAtWork.compareAndSet(false, true))
                    || !ordered && orderedAtWork.get()) {
                breaches.incrementAndGet();
            }
            CompletableFuture<Void> stage = new CompletableFuture<>();
            store.execute(() -> {
                if (ordered) {
                    orderedAtWork.set(false);
                }
                atWork.decrementAndGet();
                stage.complete(null);
            });
            return stage;
        }

        @Override
        public CompletionStage<Void> write(long offset, ByteBuffer source, Set<Flag> flags) {
            throw new AssertionError("nothing is written");
        }

        @Override
        public CompletionStage<Void> flush() {
            return Completions.DONE;
        }

        @Override
        public void close() {}
    }
}
