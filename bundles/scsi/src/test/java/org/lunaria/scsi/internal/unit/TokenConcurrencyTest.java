package org.lunaria.scsi.internal.unit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.lunaria.scsi.Nexus;
import org.lunaria.scsi.ScsiStatus;
import org.lunaria.scsi.Task;
import org.lunaria.scsi.TaskAttribute;
import org.lunaria.scsi.TaskResult;

/**
 * Copies by tokens amid writes to their source, each on a thread of its own. As long as a token is valid its blocks are what was
 * read when it was made, and so is what was copied.
 */
class TokenConcurrencyTest extends TokenFixture {
    private static final int WRITERS = 2;
    private static final int ROUNDS = 400;
    private static final int COUNT = 16;

    /** Blocks that writers write to; each of them is in a token sometimes. */
    private static final int BLOCKS = 64;

    private final long seed = Long.getLong("lunaria.seed", System.nanoTime());
    private final Queue<String> breaches = new ConcurrentLinkedQueue<>();
    private final AtomicInteger copied = new AtomicInteger();
    private volatile boolean over;

    @Test
    void aValidTokenIsWhatWasThere() throws Exception {
        System.out.println("TokenConcurrencyTest: -Dlunaria.seed=" + seed);
        List<Thread> threads = new ArrayList<>();
        Host copier = new Host("copier", 0);
        threads.add(new Thread(() -> copier.run(copier::copy)));
        for (int n = 1; n <= WRITERS; n++) {
            Host writer = new Host("writer-" + n, n);
            threads.add(new Thread(() -> writer.run(writer::write)));
        }
        threads.forEach(Thread::start);
        for (Thread thread : threads) {
            thread.join();
        }
        assertEquals(List.of(), List.copyOf(breaches), "seed " + seed);
        assertTrue(copied.get() > 0, "nothing was copied, seed " + seed);
    }

    @FunctionalInterface
    private interface Step {
        void run() throws Exception;
    }

    /** An initiator with a thread for its I/O. */
    private final class Host {
        private final Random random;
        private final Nexus nexus;
        private final ExecutorService executor = Executors.newSingleThreadExecutor();
        private long tag;

        Host(String name, int number) {
            Initiator initiator = bench.initiator(name);
            hearAttentions(initiator);
            nexus = initiator.nexus();
            random = new Random(seed + number);
        }

        void run(Step step) {
            try {
                for (int round = 0; round < ROUNDS && !over; round++) {
                    step.run();
                }
            } catch (Exception e) {
                breaches.add(e.toString());
            } finally {
                over = true;
                executor.shutdown();
            }
        }

        void write() throws Exception {
            byte[] data = new byte[BLOCK];
            random.nextBytes(data);
            int lba = random.nextInt(BLOCKS);
            send(0, new ArrayTransfer(data, 0, false), 0x2A, 0, 0, 0, 0, lba, 0, 0, 1, 0);
            TimeUnit.NANOSECONDS.sleep(random.nextInt(200_000));
        }

        void copy() throws Exception {
            int lba = random.nextInt(BLOCKS);
            byte[] populate = TokenLists.populate(lba, COUNT);
            send(0, out(populate), TokenLists.out(TokenLists.POPULATE_TOKEN, 1, populate.length));
            ArrayTransfer information = in(1024);
            send(0, information, TokenLists.information(1, 1024));
            byte[] token = Arrays.copyOfRange(information.sent(), 38, 550);
            byte[] then = read(0, lba);
            TaskResult result = write(token, 0, COUNT);
            byte[] copy = read(1, 0);
            boolean isValidStill = write(token, 0, 0).status() == ScsiStatus.GOOD;
            if (result.status() == ScsiStatus.GOOD && isValidStill) {
                copied.incrementAndGet();
                if (!Arrays.equals(then, copy)) {
                    breaches.add("a copy of blocks from " + lba + " on is of another time");
                }
            }
        }

        private TaskResult write(byte[] token, int lba, int count) throws Exception {
            byte[] list = TokenLists.write(0, 0, token, lba, count);
            return send(1, out(list), TokenLists.out(TokenLists.WRITE_USING_TOKEN, 2, list.length));
        }

        private byte[] read(int lun, int lba) throws Exception {
            ArrayTransfer data = in(COUNT * BLOCK);
            send(lun, data, 0x28, 0, 0, 0, 0, lba, 0, 0, COUNT, 0);
            return data.sent();
        }

        private ArrayTransfer in(int bytes) {
            return new ArrayTransfer(new byte[0], bytes, false);
        }

        private ArrayTransfer out(byte[] list) {
            return new ArrayTransfer(list, 0, false);
        }

        private TaskResult send(int lun, ArrayTransfer transfer, int... cdb) throws Exception {
            ByteBuffer bytes = ByteBuffer.allocate(16);
            for (int value : cdb) {
                bytes.put((byte) value);
            }
            CompletableFuture<TaskResult> answer = new CompletableFuture<>();
            Task task = new Task(
                    nexus,
                    (long) lun << 48,
                    tag++,
                    TaskAttribute.SIMPLE,
                    bytes.array(),
                    transfer,
                    executor,
                    answer::complete);
            executor.execute(() -> bench.target().execute(task));
            return answer.get(60, TimeUnit.SECONDS);
        }
    }
}
