package org.lunaria.scsi.internal.unit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.lunaria.scsi.internal.unit.CopyStand.BLOCK;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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
import org.lunaria.scsi.LunMap;
import org.lunaria.scsi.LunMap.Mapping;
import org.lunaria.scsi.Nexus;
import org.lunaria.scsi.ScsiStatus;
import org.lunaria.scsi.Task;
import org.lunaria.scsi.TaskAttribute;
import org.lunaria.scsi.TaskResult;

/**
 * A copy amid COMPARE AND WRITE of others, on threads of their own and stores that are done in pieces. A record of two blocks
 * on the source is counted up; one copier copies it, with its own number before it, over a record on the destination that others
 * count up as well. No record is seen in half but beside a copy that writes it, as beside any WRITE; and no count is written over a
 * copy that came after it was compared.
 */
class CopyConcurrencyTest {
    private static final int COUNTERS = 3;
    private static final int ROUNDS = 150;
    private static final int SOURCE_LBA = 100;
    private static final int DESTINATION_LBA = 40;
    private static final int RECORD_BLOCKS = 2;

    private final ExecutorService store = Executors.newFixedThreadPool(3);
    private final ArrayBackend from = Bench.backend();
    private final ArrayBackend to = Bench.backend();
    private final Bench bench = Bench.of(new PiecemealStore(from));
    private final LogicalUnit other = bench.engine().unit(Bench.settings("other"));
    private final Queue<String> breaches = new ConcurrentLinkedQueue<>();

    @Test
    void copiesAndComparedWritesNeverMix() throws Exception {
        long seed = Long.getLong("lunaria.seed", System.nanoTime());
        System.out.println("CopyConcurrencyTest: -Dlunaria.seed=" + seed);
        assertEquals(Optional.empty(), bench.engine().add(other));
        other.slot().attach(new PiecemealStore(to));
        bench.map(new LunMap(Map.of(0, new Mapping("disk", false), 1, new Mapping("other", false))));
        List<Thread> threads = new ArrayList<>();
        for (int n = 0; n <= COUNTERS; n++) {
            Host host = new Host("host-" + n, new Random(seed + n), n == 0);
            threads.add(new Thread(n == 0 ? host::copyOnAndOn : host::countOnAndOn));
        }
        threads.forEach(Thread::start);
        for (Thread thread : threads) {
            thread.join();
        }
        store.shutdown();
        assertEquals(List.of(), List.copyOf(breaches), "seed " + seed);
    }

    /** An initiator with a thread for its I/O. */
    private final class Host {
        private final Random random;
        private final Nexus nexus;
        private final ExecutorService executor = Executors.newSingleThreadExecutor();
        private final boolean copies;
        private long tag;

        Host(String name, Random random, boolean copies) throws Exception {
            this.random = random;
            this.copies = copies;
            this.nexus = bench.initiator(name).nexus();
            while (send(1, new ArrayTransfer(new byte[0], 0, false), new byte[16])
                            .status()
                    != ScsiStatus.GOOD) {
                // It hears the unit attentions of LUN 1 too.
            }
        }

        void countOnAndOn() {
            run(() -> count(random.nextInt(2)));
        }

        void copyOnAndOn() {
            long[] epoch = {0};
            run(() -> {
                long copied = copy();
                long now = read(1, DESTINATION_LBA);
                if (now >>> 32 != copied >>> 32) {
                    breaches.add("after a copy of %x there is %x".formatted(copied, now));
                }
                if (copied >>> 32 != ++epoch[0]) {
                    breaches.add("epoch %d is %x".formatted(epoch[0], copied));
                }
            });
        }

        private void run(Step step) {
            try {
                for (int round = 0; round < ROUNDS; round++) {
                    step.run();
                }
            } catch (Exception e) {
                breaches.add(e.toString());
            } finally {
                executor.shutdown();
            }
        }

        private void count(int lun) throws Exception {
            int lba = lun == 0 ? SOURCE_LBA : DESTINATION_LBA;
            long value = read(lun, lba);
            compareAndWrite(lun, lba, value, value + 1);
        }

        /** Begins a new epoch on the source, copies it, and gives what it was. */
        private long copy() throws Exception {
            long value;
            long next;
            do {
                value = read(0, SOURCE_LBA);
                next = (value >>> 32) + 1 << 32;
            } while (!compareAndWrite(0, SOURCE_LBA, value, next));
            byte[] list = new CopyLists()
                    .naa(other.settings().identity().naa())
                    .copy(0xFFFF, SOURCE_LBA, 0, DESTINATION_LBA, RECORD_BLOCKS)
                    .lid1(0, 3);
            int[] cdb = CopyLists.cdb(0, list.length);
            byte[] bytes = new byte[16];
            for (int i = 0; i < bytes.length; i++) {
                bytes[i] = (byte) cdb[i];
            }
            TaskResult result = send(0, new ArrayTransfer(list, 0, false), bytes);
            if (result.status() != ScsiStatus.GOOD) {
                breaches.add("a copy is answered " + result.status());
            }
            return next;
        }

        private long read(int lun, int lba) throws Exception {
            ArrayTransfer in = new ArrayTransfer(new byte[0], RECORD_BLOCKS * BLOCK, false);
            send(lun, in, cdb(0x28, lba));
            ByteBuffer record = ByteBuffer.wrap(in.sent());
            if (record.getLong(0) != record.getLong(BLOCK) && (lun == 0 || copies)) {
                breaches.add("a record of %x and %x".formatted(record.getLong(0), record.getLong(BLOCK)));
            }
            return record.getLong(0);
        }

        private boolean compareAndWrite(int lun, int lba, long before, long after) throws Exception {
            ByteBuffer data = ByteBuffer.allocate(2 * RECORD_BLOCKS * BLOCK);
            for (int block = 0; block < RECORD_BLOCKS; block++) {
                data.putLong(block * BLOCK, before);
                data.putLong((RECORD_BLOCKS + block) * BLOCK, after);
            }
            return send(lun, new ArrayTransfer(data.array(), 0, false), cdb(0x89, lba))
                            .status()
                    == ScsiStatus.GOOD;
        }

        private TaskResult send(int lun, ArrayTransfer transfer, byte[] cdb) throws Exception {
            CompletableFuture<TaskResult> answer = new CompletableFuture<>();
            Task task = new Task(
                    nexus, (long) lun << 48, tag++, TaskAttribute.SIMPLE, cdb, transfer, executor, answer::complete);
            executor.execute(() -> bench.target().execute(task));
            return answer.get(60, TimeUnit.SECONDS);
        }
    }

    @FunctionalInterface
    private interface Step {
        void run() throws Exception;
    }

    private static byte[] cdb(int opcode, int lba) {
        byte[] cdb = new byte[16];
        cdb[0] = (byte) opcode;
        cdb[opcode == 0x89 ? 9 : 5] = (byte) lba;
        cdb[opcode == 0x89 ? 13 : 8] = RECORD_BLOCKS;
        return cdb;
    }

    /** Moves a block at a time, and lets others go on between. */
    private final class PiecemealStore implements BlockBackend {
        private final ArrayBackend kept;

        PiecemealStore(ArrayBackend kept) {
            this.kept = kept;
        }

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
