package org.lunaria.backend;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.lunaria.backend.WorkerThreads.Offer;

class WorkerThreadsTest {
    private static final int THREADS = 4;

    @Test
    void whatManyThreadsOfferIsAllRun() throws Exception {
        AtomicInteger run = new AtomicInteger();
        int each = 20_000;
        try (WorkerThreads workers = new WorkerThreads("test", THREADS, 100_000)) {
            List<Thread> givers = new ArrayList<>();
            for (int giver = 0; giver < 4; giver++) {
                Thread thread = new Thread(() -> {
                    for (int number = 0; number < each; number++) {
                        workers.offer(0, run::incrementAndGet);
                        if (number % 50 == 0) {
                            Thread.yield();
                        }
                    }
                });
                givers.add(thread);
                thread.start();
            }
            for (Thread giver : givers) {
                giver.join();
            }
        }
        assertEquals(4 * each, run.get());
    }

    @Test
    void workThatBlocksDoesNotHoldUpOtherWorkWhileThereAreThreads() throws Exception {
        CountDownLatch gate = new CountDownLatch(1);
        CountDownLatch free = new CountDownLatch(1);
        try (WorkerThreads workers = new WorkerThreads("test", THREADS, 10)) {
            for (int blocked = 0; blocked < THREADS - 1; blocked++) {
                workers.offer(0, () -> await(gate));
            }
            workers.offer(0, free::countDown);
            boolean passed = free.await(10, TimeUnit.SECONDS);
            gate.countDown();
            assertTrue(passed);
        }
    }

    @Test
    void noMoreThreadsWorkThanAgreed() throws Exception {
        AtomicInteger working = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        try (WorkerThreads workers = new WorkerThreads("test", THREADS, 10_000)) {
            for (int number = 0; number < 10_000; number++) {
                workers.offer(0, () -> {
                    most.accumulateAndGet(working.incrementAndGet(), Math::max);
                    Thread.yield();
                    working.decrementAndGet();
                });
            }
        }
        assertTrue(most.get() <= THREADS, most + " threads");
    }

    @Test
    void oneThreadIsEnoughForWorkThatComesOneAtATime() throws Exception {
        Set<Thread> threads = ConcurrentHashMap.newKeySet();
        try (WorkerThreads workers = new WorkerThreads("test", 1 + THREADS, 10)) {
            for (int number = 0; number < 200; number++) {
                CountDownLatch done = new CountDownLatch(1);
                workers.offer(0, () -> {
                    threads.add(Thread.currentThread());
                    done.countDown();
                });
                done.await();
                // One that is on its way to sleep when the next work comes is not seen, and another is woken.
                while (workers.idleThreads() == 0) {
                    Thread.onSpinWait();
                }
            }
        }
        assertEquals(1, threads.size());
    }

    @Test
    void smallWorkGoesBeforeLargeWorkButDoesNotKeepItWaitingForEver() throws Exception {
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch gate = new CountDownLatch(1);
        List<String> order = new ArrayList<>();
        try (WorkerThreads workers = new WorkerThreads("test", 1, 1000)) {
            workers.offer(0, () -> {
                begun.countDown();
                await(gate);
            });
            begun.await();
            for (int number = 0; number < 3; number++) {
                workers.offer(WorkerThreads.LARGE_BYTES, () -> order.add("large"));
            }
            for (int number = 0; number < 2 * WorkerThreads.SMALL_IN_A_ROW; number++) {
                workers.offer(WorkerThreads.LARGE_BYTES - 1, () -> order.add("small"));
            }
            gate.countDown();
        }
        List<String> expected = new ArrayList<>();
        for (int run = 0; run < 2; run++) {
            expected.addAll(Collections.nCopies(WorkerThreads.SMALL_IN_A_ROW, "small"));
            expected.add("large");
        }
        expected.add("large");
        assertEquals(expected, order);
    }

    @Test
    void whatWasTakenIsRunBeforeTheEndAndNothingIsTakenAfterIt() {
        AtomicInteger run = new AtomicInteger();
        WorkerThreads workers = new WorkerThreads("test", 1, 100);
        for (int number = 0; number < 100; number++) {
            assertEquals(Offer.TAKEN, workers.offer(0, run::incrementAndGet));
        }
        workers.close();
        assertEquals(100, run.get());
        assertEquals(Offer.CLOSED, workers.offer(0, run::incrementAndGet));
        assertFalse(Thread.currentThread().isInterrupted());
    }

    private static void await(CountDownLatch gate) {
        try {
            gate.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
