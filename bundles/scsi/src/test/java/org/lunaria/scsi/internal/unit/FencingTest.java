package org.lunaria.scsi.internal.unit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.lunaria.scsi.internal.unit.ReserveCommands.SPEC_I_PT;
import static org.lunaria.scsi.internal.unit.ReserveCommands.list;
import static org.lunaria.scsi.internal.unit.ReserveCommands.transportId;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.lunaria.backend.ArrayBackend;
import org.lunaria.backend.BlockBackend;
import org.lunaria.backend.Completions;
import org.lunaria.scsi.DataTransfer;
import org.lunaria.scsi.Nexus;
import org.lunaria.scsi.ScsiStatus;
import org.lunaria.scsi.Task;
import org.lunaria.scsi.TaskAttribute;
import org.lunaria.scsi.TaskResult;
import org.lunaria.scsi.internal.reservation.ReservationType;
import org.lunaria.scsi.internal.reservation.ReserveOutAction;

/** Nothing of a preempted initiator reaches the medium once PREEMPT AND ABORT is GOOD, however many threads write. */
class FencingTest {
    private static final int VICTIMS = 3;
    private static final int ROUNDS = 200;
    private static final int WRITES_BEFORE = 10;
    private static final long KEY = 5;

    private final ExecutorService storeThreads = Executors.newFixedThreadPool(2);
    private final AtomicInteger breaches = new AtomicInteger();
    private final Semaphore writes = new Semaphore(0);
    private volatile boolean fenced;

    private final Bench bench = Bench.of(new Watched());
    private final List<ExecutorService> executors = new ArrayList<>();

    /** Writes on its own threads, and sees whether it is written to when it must not be. */
    private final class Watched implements BlockBackend {
        private final ArrayBackend bytes = Bench.backend();

        @Override
        public Profile profile() {
            return bytes.profile();
        }

        @Override
        public CompletionStage<Void> read(long offset, ByteBuffer target) {
            return bytes.read(offset, target);
        }

        @Override
        public CompletionStage<Void> write(long offset, ByteBuffer source, Set<Flag> flags) {
            return CompletableFuture.runAsync(
                    () -> {
                        if (fenced) {
                            breaches.incrementAndGet();
                        }
                        writes.release();
                        bytes.write(offset, source, flags);
                    },
                    storeThreads);
        }

        @Override
        public CompletionStage<Void> flush() {
            return bytes.flush();
        }

        @Override
        public void close() {}
    }

    /** Data that is there at once. */
    private record Whole(byte[] out, Runnable whenCancelled) implements DataTransfer {
        @Override
        public long dataInBytes() {
            return 0;
        }

        @Override
        public long dataOutBytes() {
            return out.length;
        }

        @Override
        public ByteBuffer dataIn(int length) {
            throw new UnsupportedOperationException();
        }

        @Override
        public CompletionStage<Void> send(ByteBuffer filled) {
            throw new UnsupportedOperationException();
        }

        @Override
        public CompletionStage<ByteBuffer> receive(int length) {
            return Completions.of(
                    ByteBuffer.allocateDirect(length).put(out, 0, length).flip());
        }

        @Override
        public void discard(ByteBuffer buffer) {}

        @Override
        public void cancel() {
            whenCancelled.run();
        }

        @Override
        public int chunkBytes() {
            return 64 * 1024;
        }
    }

    /** Writes a block again and again, whatever becomes of it, until it meets a conflict. */
    private final class Victim {
        private final Nexus nexus;
        private final ExecutorService executor = executor();
        private final CountDownLatch kept = new CountDownLatch(1);
        private long tag;

        Victim(Nexus nexus) {
            this.nexus = nexus;
        }

        void write() {
            byte[] cdb = new byte[16];
            cdb[0] = 0x2A;
            cdb[8] = 1;
            Whole data = new Whole(new byte[512], this::again);
            bench.target()
                    .execute(new Task(nexus, 0, tag++, TaskAttribute.SIMPLE, cdb, data, executor, this::answered));
        }

        private void answered(TaskResult result) {
            if (result.status() == ScsiStatus.RESERVATION_CONFLICT) {
                kept.countDown();
            } else {
                again();
            }
        }

        private void again() {
            executor.execute(this::write);
        }
    }

    private ExecutorService executor() {
        ExecutorService executor = Executors.newSingleThreadExecutor();
        executors.add(executor);
        return executor;
    }

    @AfterEach
    void endThreads() {
        executors.forEach(ExecutorService::shutdownNow);
        storeThreads.shutdownNow();
    }

    private void reserveOut(Nexus nexus, ExecutorService executor, ReserveOutAction action, byte[] list)
            throws Exception {
        CompletableFuture<TaskResult> result = new CompletableFuture<>();
        byte[] cdb = new byte[16];
        cdb[0] = 0x5F;
        cdb[1] = (byte) action.code();
        cdb[2] = (byte) ReservationType.WRITE_EXCLUSIVE_REGISTRANTS_ONLY.code();
        cdb[7] = (byte) (list.length >> 8);
        cdb[8] = (byte) list.length;
        Whole data = new Whole(list, () -> result.completeExceptionally(new AssertionError("cancelled")));
        Task task = new Task(nexus, 0, 0, TaskAttribute.SIMPLE, cdb, data, executor, result::complete);
        executor.execute(() -> bench.target().execute(task));
        assertEquals(ScsiStatus.GOOD, result.get(60, TimeUnit.SECONDS).status());
    }

    @Test
    void noWriteSlipsThroughAFence() throws Exception {
        Nexus fencer = bench.initiator("fencer").nexus();
        ExecutorService thread = executor();
        List<Nexus> nexuses = new ArrayList<>();
        byte[][] ids = new byte[VICTIMS][];
        for (int i = 0; i < VICTIMS; i++) {
            nexuses.add(bench.initiator("victim" + i).nexus());
            ids[i] = transportId(nexuses.get(i).initiatorPort());
        }
        for (int round = 0; round < ROUNDS; round++) {
            reserveOut(fencer, thread, ReserveOutAction.REGISTER, list(0, KEY, SPEC_I_PT, ids));
            reserveOut(fencer, thread, ReserveOutAction.RESERVE, list(KEY, 0, 0));
            List<Victim> victims = nexuses.stream().map(Victim::new).toList();
            victims.forEach(Victim::again);
            writes.drainPermits();
            writes.acquire(WRITES_BEFORE);
            reserveOut(fencer, thread, ReserveOutAction.PREEMPT_AND_ABORT, list(KEY, KEY, 0));
            fenced = true;
            for (Victim victim : victims) {
                assertEquals(true, victim.kept.await(60, TimeUnit.SECONDS), "round " + round);
            }
            fenced = false;
            assertEquals(0, breaches.get(), "round " + round);
            reserveOut(fencer, thread, ReserveOutAction.CLEAR, list(KEY, 0, 0));
        }
    }
}
