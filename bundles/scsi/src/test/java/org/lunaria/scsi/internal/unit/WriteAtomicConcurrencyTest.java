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
 * WRITE ATOMIC (16) by initiators on threads of their own, on a store that is done a block at a time and on other threads:
 * who reads the range sees one command's data, or that of a plain write of the whole range, but never a part of an atomic one.
 */
class WriteAtomicConcurrencyTest {
    private static final int BLOCK = Bench.BLOCK_BYTES;
    private static final int INITIATORS = 4;
    private static final int ROUNDS = 300;
    private static final int LBA = 16;
    private static final int BLOCKS = 9;

    private final ExecutorService store = Executors.newFixedThreadPool(3);
    private final ArrayBackend kept = Bench.backend();
    private final Bench bench = Bench.of(new PiecemealStore());
    private final Queue<String> breaches = new ConcurrentLinkedQueue<>();

    @Test
    void noReaderSeesAPartOfAnAtomicWrite() throws Exception {
        long seed = Long.getLong("lunaria.seed", System.nanoTime());
        System.out.println("WriteAtomicConcurrencyTest: -Dlunaria.seed=" + seed);
        List<Thread> threads = new ArrayList<>();
        for (int n = 0; n < INITIATORS; n++) {
            Host host = new Host(n, new Random(seed + n));
            threads.add(new Thread(host::run));
        }
        threads.forEach(Thread::start);
        for (Thread thread : threads) {
            thread.join();
        }
        store.shutdown();
        assertEquals(List.of(), List.copyOf(breaches), "seed " + seed);
    }

    /** An initiator: writes the range as a whole or reads it, and writes a neighbour that overlaps nothing. */
    private final class Host {
        private final int number;
        private final Random random;
        private final Nexus nexus;
        private final ExecutorService executor = Executors.newSingleThreadExecutor();
        private long tag;

        Host(int number, Random random) {
            this.number = number;
            this.random = random;
            this.nexus = bench.initiator("host-" + number).nexus();
        }

        void run() {
            try {
                for (int round = 0; round < ROUNDS; round++) {
                    switch (random.nextInt(3)) {
                        case 0 -> send(new ArrayTransfer(filled(BLOCKS), 0, false), 0x9C, LBA, BLOCKS);
                        case 1 -> send(new ArrayTransfer(filled(1), 0, false), 0x8A, LBA + BLOCKS + number, 1);
                        default -> read();
                    }
                }
            } catch (Exception e) {
                breaches.add(e.toString());
            } finally {
                executor.shutdown();
            }
        }

        private byte[] filled(int blocks) {
            byte[] data = new byte[blocks * BLOCK];
            Arrays.fill(data, (byte) random.nextInt());
            return data;
        }

        private void read() throws Exception {
            ArrayTransfer in = new ArrayTransfer(new byte[0], BLOCKS * BLOCK, false);
            send(in, 0x88, LBA, BLOCKS);
            byte[] seen = in.sent();
            for (byte each : seen) {
                if (each != seen[0]) {
                    breaches.add("a reader saw " + each + " and " + seen[0]);
                    return;
                }
            }
        }

        private void send(ArrayTransfer transfer, int opcode, int lba, int blocks) throws Exception {
            byte[] cdb = new byte[16];
            cdb[0] = (byte) opcode;
            cdb[9] = (byte) lba;
            cdb[13] = (byte) blocks;
            TaskAttribute attribute = random.nextInt(20) == 0 ? TaskAttribute.ORDERED : TaskAttribute.SIMPLE;
            CompletableFuture<TaskResult> answer = new CompletableFuture<>();
            Task task = new Task(nexus, 0, tag++, attribute, cdb, transfer, executor, answer::complete);
            executor.execute(() -> bench.target().execute(task));
            TaskResult result = answer.get(60, TimeUnit.SECONDS);
            if (result.status() != ScsiStatus.GOOD) {
                breaches.add("%02Xh ".formatted(opcode) + result.status());
            }
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
