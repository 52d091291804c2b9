package org.lunaria.scsi.internal.unit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.lunaria.scsi.Nexus;
import org.lunaria.scsi.ScsiStatus;
import org.lunaria.scsi.Task;
import org.lunaria.scsi.TaskAttribute;
import org.lunaria.scsi.TaskManagement;
import org.lunaria.scsi.TaskManagement.Function;
import org.lunaria.scsi.TaskManagement.Response;
import org.lunaria.scsi.TaskResult;

/**
 * Hosts send commands while others clear the task set, each on a thread of its own: a host hears once of what it lost, and
 * before anything that it sent later is done (SAM-5 7.5).
 */
class ClearedCommandsTest {
    private static final int HOSTS = 3;
    private static final int CLEARERS = 2;
    /** What takes longer hangs, on a machine of any load. */
    private static final int HANG_SECONDS = 300;

    private static final int ROUNDS = 1_000;
    private static final int COMMANDS_MAX = 3;

    private final Bench bench = Bench.of(Bench.backend());
    private final LinkedBlockingQueue<String> breaches = new LinkedBlockingQueue<>();
    private final CountDownLatch done = new CountDownLatch(HOSTS);
    private final AtomicBoolean over = new AtomicBoolean();

    @Test
    void eachHostHearsOnceOfWhatItLostAndBeforeAnythingElse() throws InterruptedException {
        long seed = System.nanoTime();
        System.out.println("seed " + seed);
        List<Host> hosts = new ArrayList<>();
        for (int n = 0; n < HOSTS; n++) {
            hosts.add(new Host(bench.initiator("host-" + n).nexus(), new Random(seed + n)));
        }
        List<Thread> clearers = new ArrayList<>();
        for (int n = 0; n < CLEARERS; n++) {
            Nexus nexus = bench.initiator("clearer-" + n).nexus();
            Random random = new Random(seed - 1 - n);
            clearers.add(new Thread(() -> clear(nexus, random)));
        }
        hosts.forEach(Host::start);
        clearers.forEach(Thread::start);
        boolean ended = done.await(HANG_SECONDS, TimeUnit.SECONDS);
        over.set(true);
        for (Thread clearer : clearers) {
            clearer.join();
        }
        hosts.forEach(host -> host.thread.shutdown());
        assertEquals(List.of(), List.copyOf(breaches), "seed " + seed);
        assertTrue(ended, () -> done.getCount() + " hosts hang, seed " + seed);
    }

    private void clear(Nexus nexus, Random random) {
        Semaphore answers = new Semaphore(0);
        while (!over.get()) {
            for (int spins = random.nextInt(2_000); spins > 0; spins--) {
                Thread.onSpinWait();
            }
            bench.target().manage(new TaskManagement(nexus, Function.CLEAR_TASK_SET, 0, 0, Runnable::run, response -> {
                if (!response.equals(Response.FUNCTION_COMPLETE)) {
                    breaches.add("answered " + response);
                }
                answers.release();
            }));
            answers.acquireUninterruptibly();
        }
    }

    /** Sends commands that never end by themselves, and asks until it has heard that they were cleared. */
    private final class Host {
        private final Nexus nexus;
        private final Random random;
        private final ExecutorService thread = Executors.newSingleThreadExecutor();

        private int rounds;
        private long tag;
        private int alive;
        private boolean lost;
        private boolean told;

        Host(Nexus nexus, Random random) {
            this.nexus = nexus;
            this.random = random;
        }

        void start() {
            thread.execute(this::begin);
        }

        private void begin() {
            if (++rounds > ROUNDS || !breaches.isEmpty()) {
                done.countDown();
                return;
            }
            lost = false;
            told = false;
            for (int commands = 1 + random.nextInt(COMMANDS_MAX); commands > 0 && !told; commands--) {
                alive++;
                ArrayTransfer transfer = new ArrayTransfer(new byte[512], 0, true);
                transfer.whenCancelled(() -> {
                    alive--;
                    lost = true;
                });
                execute(transfer, 0x2A, result -> {
                    alive--;
                    hear(result);
                });
            }
            thread.execute(this::ask);
        }

        private void ask() {
            boolean behind = lost;
            ArrayTransfer transfer = new ArrayTransfer(new byte[0], 0, false);
            transfer.whenCancelled(() -> {
                lost = true;
                told = false;
                thread.execute(this::ask);
            });
            execute(transfer, 0x00, result -> {
                if (result.status() == ScsiStatus.CHECK_CONDITION) {
                    hear(result);
                } else if (behind && !told) {
                    breaches.add("done behind a cleared command, round " + rounds + " of " + nexus);
                }
                thread.execute(told && alive == 0 && result.status() == ScsiStatus.GOOD ? this::begin : this::ask);
            });
        }

        private void hear(TaskResult result) {
            if (told) {
                breaches.add("told twice, round " + rounds + " of " + nexus);
            }
            if (result.status() != ScsiStatus.CHECK_CONDITION || result.sense()[12] != 0x2F) {
                breaches.add("answered " + result);
            }
            told = true;
        }

        private void execute(ArrayTransfer transfer, int opcode, Consumer<TaskResult> answer) {
            byte[] cdb = new byte[16];
            cdb[0] = (byte) opcode;
            cdb[8] = (byte) (opcode == 0 ? 0 : 1);
            bench.target().execute(new Task(nexus, 0, tag++, TaskAttribute.SIMPLE, cdb, transfer, thread, answer));
        }
    }
}
