package org.lunaria.scsi.internal.unit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.lunaria.backend.BlockBackend;
import org.lunaria.scsi.Task;
import org.lunaria.scsi.TaskAttribute;
import org.lunaria.scsi.TaskManagement;
import org.lunaria.scsi.TaskManagement.Function;
import org.lunaria.scsi.internal.command.Blocks;

/**
 * Commands that claim a few blocks and others that touch them, of several nexuses on threads of their own, with every task
 * attribute, aborts, resets and lost nexuses between them.
 */
class BlockOrderSoakTest {
    private static final int BLOCK = Bench.BLOCK_BYTES;
    private static final int NEXUSES = 4;
    private static final int TASKS = 1_500;
    private static final int AT_ONCE = 16;
    private static final int LBAS = 12;

    /** Lengths that tell the store who asks: no other command has them. */
    private static final int COMPARE_AND_WRITE_BLOCKS = 3;

    private static final int OR_WRITE_BLOCKS = 5;

    private final ExecutorService store = Executors.newFixedThreadPool(3);
    private final ConcurrentLinkedQueue<String> breaches = new ConcurrentLinkedQueue<>();
    private final Bench bench = Bench.of(new WatchingStore());
    private final CountDownLatch ended = new CountDownLatch(NEXUSES * TASKS);

    @Test
    void whoClaimsBlocksIsAloneThereAndEveryTaskEnds() throws InterruptedException {
        long seed = System.nanoTime();
        System.out.println("seed " + seed);
        List<Thread> threads = new ArrayList<>();
        List<ExecutorService> executors = new ArrayList<>();
        for (int n = 0; n < NEXUSES; n++) {
            ExecutorService executor = Executors.newSingleThreadExecutor();
            executors.add(executor);
            Host host = new Host(bench.initiator("host-" + n), executor, new Random(seed + n));
            threads.add(new Thread(host::run));
        }
        threads.forEach(Thread::start);
        for (Thread thread : threads) {
            thread.join();
        }
        assertTrue(ended.await(60, TimeUnit.SECONDS), () -> ended.getCount() + " tasks hang, seed " + seed);
        for (ExecutorService executor : executors) {
            executor.shutdown();
            assertTrue(executor.awaitTermination(60, TimeUnit.SECONDS));
        }
        store.shutdown();
        assertEquals(List.of(), List.copyOf(breaches), "seed " + seed);
        assertTrue(bench.unit().blockOrder().isIdle(), "a claim is left, seed " + seed);
    }

    private final class Host {
        private final Initiator initiator;
        private final ExecutorService executor;
        private final Random random;
        private final Semaphore room = new Semaphore(AT_ONCE);

        Host(Initiator initiator, ExecutorService executor, Random random) {
            this.initiator = initiator;
            this.executor = executor;
            this.random = random;
        }

        void run() {
            for (int tag = 0; tag < TASKS; tag++) {
                room.acquireUninterruptibly();
                send(tag);
                switch (random.nextInt(300)) {
                    case 0 -> manage(Function.ABORT_TASK_SET);
                    case 1 -> manage(Function.CLEAR_TASK_SET);
                    case 2 -> manage(Function.LOGICAL_UNIT_RESET);
                    case 3 ->
                        executor.execute(() -> {
                            initiator.leave();
                            initiator.returnAgain();
                        });
                    default -> {
                        // Most commands are let be.
                    }
                }
            }
        }

        private void send(long tag) {
            int lba = random.nextInt(LBAS);
            int few = 1 << random.nextInt(3);
            byte[] cdb = new byte[16];
            ArrayTransfer transfer;
            switch (random.nextInt(5)) {
                case 0 -> transfer = ten(cdb, 0x28, lba, few, 0, few);
                case 1 -> transfer = ten(cdb, 0x2A, lba, few, few, 0);
                case 2 -> transfer = ten(cdb, 0x2F, lba, few, 0, 0);
                case 3 -> {
                    cdb[0] = (byte) 0x89;
                    cdb[9] = (byte) lba;
                    cdb[13] = COMPARE_AND_WRITE_BLOCKS;
                    transfer = new ArrayTransfer(new byte[2 * COMPARE_AND_WRITE_BLOCKS * BLOCK], 0, false);
                }
                default -> {
                    cdb[0] = (byte) 0x8B;
                    cdb[9] = (byte) lba;
                    cdb[13] = OR_WRITE_BLOCKS;
                    transfer = new ArrayTransfer(new byte[OR_WRITE_BLOCKS * BLOCK], 0, false);
                }
            }
            TaskAttribute attribute = switch (random.nextInt(16)) {
                case 0 -> TaskAttribute.ORDERED;
                case 1 -> TaskAttribute.HEAD_OF_QUEUE;
                default -> TaskAttribute.SIMPLE;
            };
            AtomicBoolean over = new AtomicBoolean();
            transfer.whenCancelled(() -> end(over));
            Task task = new Task(initiator.nexus(), 0, tag, attribute, cdb, transfer, executor, result -> end(over));
            executor.execute(() -> bench.target().execute(task));
        }

        private ArrayTransfer ten(byte[] cdb, int opcode, int lba, int blocks, int out, int in) {
            cdb[0] = (byte) opcode;
            cdb[5] = (byte) lba;
            cdb[8] = (byte) blocks;
            return new ArrayTransfer(new byte[out * BLOCK], (long) in * BLOCK, false);
        }

        private void end(AtomicBoolean over) {
            if (over.getAndSet(true)) {
                breaches.add("a task ended twice");
            }
            room.release();
            ended.countDown();
        }

        private void manage(Function function) {
            TaskManagement management = new TaskManagement(initiator.nexus(), function, 0, 0, executor, response -> {});
            executor.execute(() -> bench.target().manage(management));
        }
    }

    /** Holds zeroes, whatever is written; watches who is at work together. */
    private final class WatchingStore implements BlockBackend {
        private final Profile profile = Bench.backend().profile();
        private final List<Blocks> atWork = new ArrayList<>();

        @Override
        public Profile profile() {
            return profile;
        }

        @Override
        public CompletionStage<Void> read(long offset, ByteBuffer target) {
            Blocks blocks = begin(offset, target.remaining());
            return CompletableFuture.runAsync(
                    () -> {
                        while (target.hasRemaining()) {
                            target.put((byte) 0);
                        }
                        end(blocks);
                    },
                    store);
        }

        @Override
        public CompletionStage<Void> write(long offset, ByteBuffer source, Set<Flag> flags) {
            Blocks blocks = begin(offset, source.remaining());
            return CompletableFuture.runAsync(() -> end(blocks), store);
        }

        @Override
        public CompletionStage<Void> flush() {
            return CompletableFuture.runAsync(Thread::yield, store);
        }

        @Override
        public void close() {}

        private synchronized Blocks begin(long offset, int bytes) {
            Blocks blocks = new Blocks(offset / BLOCK, bytes / BLOCK);
            for (Blocks other : atWork) {
                if ((claims(blocks) || claims(other)) && blocks.overlaps(other)) {
                    breaches.add(blocks + " beside " + other);
                }
            }
            atWork.add(blocks);
            return blocks;
        }

        private synchronized void end(Blocks blocks) {
            atWork.remove(blocks);
        }

        private static boolean claims(Blocks blocks) {
            return blocks.count() == COMPARE_AND_WRITE_BLOCKS || blocks.count() == OR_WRITE_BLOCKS;
        }
    }
}
