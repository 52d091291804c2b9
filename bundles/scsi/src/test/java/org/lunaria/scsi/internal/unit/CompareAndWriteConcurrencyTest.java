package org.lunaria.scsi.internal.unit;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Queue;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.lunaria.backend.ArrayBackend;
import org.lunaria.backend.BlockBackend;
import org.lunaria.scsi.Nexus;
import org.lunaria.scsi.ScsiStatus;
import org.lunaria.scsi.Task;
import org.lunaria.scsi.TaskAttribute;
import org.lunaria.scsi.TaskResult;

/**
 * COMPARE AND WRITE as a lock among initiators on threads of their own, on a store that is done in pieces and on other
 * threads. A record of two blocks is counted up; both blocks say the same number, whoever reads them.
 */
class CompareAndWriteConcurrencyTest {
    private static final int BLOCK = Bench.BLOCK_BYTES;
    private static final int INITIATORS = 4;
    private static final int ROUNDS = 400;
    private static final int RECORD_LBA = 8;
    private static final int RECORD_BLOCKS = 2;

    private final ExecutorService store = Executors.newFixedThreadPool(3);
    private final ArrayBackend kept = Bench.backend();
    private final Bench bench = Bench.of(new PiecemealStore());
    private final Queue<String> breaches = new ConcurrentLinkedQueue<>();

    @Test
    void noIncrementIsLostAndNoRecordIsSeenInHalf() throws Exception {
        long seed = System.nanoTime();
        System.out.println("seed " + seed);
        List<Thread> threads = new ArrayList<>();
        List<Host> hosts = new ArrayList<>();
        for (int n = 0; n < INITIATORS; n++) {
            Host host = new Host(n, new Random(seed + n));
            hosts.add(host);
            threads.add(new Thread(host::run));
        }
        threads.forEach(Thread::start);
        for (Thread thread : threads) {
            thread.join();
        }
        store.shutdown();
        assertEquals(List.of(), List.copyOf(breaches), "seed " + seed);
        long counted = hosts.stream().mapToLong(host -> host.counted).sum();
        for (int block = 0; block < RECORD_BLOCKS; block++) {
            byte[] record = kept.contents((long) (RECORD_LBA + block) * BLOCK, BLOCK);
            assertEquals(counted, ByteBuffer.wrap(record).getLong(), "seed " + seed);
        }
    }

    /** An initiator: counts up, reads along, and writes blocks of its own on both sides of the record. */
    private final class Host {
        private final int number;
        private final Random random;
        private final Nexus nexus;
        private final ExecutorService executor = Executors.newSingleThreadExecutor();
        private long tag;
        private long counted;

        Host(int number, Random random) {
            this.number = number;
            this.random = random;
            this.nexus = bench.initiator("host-" + number).nexus();
        }

        void run() {
            try {
                for (int round = 0; round < ROUNDS; round++) {
                    switch (random.nextInt(4)) {
                        case 0 -> neighbour(RECORD_LBA - 1 - number);
                        case 1 -> neighbour(RECORD_LBA + RECORD_BLOCKS + number);
                        default -> count();
                    }
                }
            } catch (Exception e) {
                breaches.add(e.toString());
            } finally {
                executor.shutdown();
            }
        }

        private void count() throws Exception {
            ArrayTransfer in = new ArrayTransfer(new byte[0], RECORD_BLOCKS * BLOCK, false);
            send(in, 0x28, RECORD_LBA, RECORD_BLOCKS);
            ByteBuffer record = ByteBuffer.wrap(in.sent());
            long value = record.getLong(0);
            if (value != record.getLong(BLOCK)) {
                breaches.add("a record of " + value + " and " + record.getLong(BLOCK));
            }
            ByteBuffer data = ByteBuffer.allocate(2 * RECORD_BLOCKS * BLOCK);
            for (int block = 0; block < RECORD_BLOCKS; block++) {
                data.putLong(block * BLOCK, value);
                data.putLong((RECORD_BLOCKS + block) * BLOCK, value + 1);
            }
            TaskResult result = send(new ArrayTransfer(data.array(), 0, false), 0x89, RECORD_LBA, RECORD_BLOCKS);
            if (result.status() == ScsiStatus.GOOD) {
                counted++;
            }
        }

        private void neighbour(int lba) throws Exception {
            byte[] mine = new byte[BLOCK];
            random.nextBytes(mine);
            send(new ArrayTransfer(mine, 0, false), 0x2A, lba, 1);
            ArrayTransfer in = new ArrayTransfer(new byte[0], BLOCK, false);
            send(in, 0x28, lba, 1);
            if (!Arrays.equals(mine, in.sent())) {
                breaches.add("block " + lba + " is not what " + number + " wrote");
            }
        }

        private TaskResult send(ArrayTransfer transfer, int opcode, int lba, int blocks) throws Exception {
            byte[] cdb = new byte[16];
            cdb[0] = (byte) opcode;
            cdb[opcode == 0x89 ? 9 : 5] = (byte) lba;
            cdb[opcode == 0x89 ? 13 : 8] = (byte) blocks;
            TaskAttribute attribute = random.nextInt(20) == 0 ? TaskAttribute.ORDERED : TaskAttribute.SIMPLE;
            CompletableFuture<TaskResult> answer = new CompletableFuture<>();
            Task task = new Task(nexus, 0, tag++, attribute, cdb, transfer, executor, answer::complete);
            executor.execute(() -> bench.target().execute(task));
            return answer.get(60, TimeUnit.SECONDS);
        }
    }

    /** Moves a block at a time, and lets others go on between. */
    private final class PiecemealStore implements BlockBackend {
        @Override
        public Profile profile() {
            return kept.profile();
        }

        @Override
        public CompletionStage<Void> read(long offset, ByteBuffer target) {
            return CompletableFuture.runAsync(
                    () -> {
                        for (long at = offset; target.hasRemaining(); at += BLOCK) {
                            target.put(kept.contents(at, BLOCK));
                            Thread.yield();
                        }
                    },
                    store);
        }

        @Override
        public CompletionStage<Void> write(long offset, ByteBuffer source, Set<Flag> flags) {
            return CompletableFuture.runAsync(
                    () -> {
                        for (long at = offset; source.hasRemaining(); at += BLOCK) {
                            byte[] block = new byte[BLOCK];
                            source.get(block);
                            kept.contents(at, block);
                            Thread.yield();
                        }
                    },
                    store);
        }

        @Override
        public CompletionStage<Void> flush() {
            return CompletableFuture.completedFuture(null);
        }

        @Override
        public void close() {}
    }
}
