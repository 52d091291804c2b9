package org.lunaria.iscsi.internal.mina;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.lunaria.iscsi.internal.wire.BufferPool;

/** Many sessions with many commands each, over sockets, and much less memory than they would like to have. */
@Timeout(120)
class ScarceMemoryTest {
    private static final String DISK = "iqn.2026-11.org.lunaria:disk";

    /** With so many commands each they would like to have about 270 MB. */
    private static final int SESSIONS = 50;

    private static final int DEPTH = 32;
    private static final int COMMANDS = 2 * DEPTH;

    /** With so many writes of 1 MiB each, 2 GiB, and an eighth of it with the commands. */
    private static final int DEEP_SESSIONS = 16;

    private static final int DEEP = 128;
    private static final int DEEP_COMMANDS = 2 * DEEP;

    /** More than a data segment, or a piece of a read, for each session. */
    private static final int LITTLE = 64 << 20;

    /** Less than that, and the least that may be configured. */
    private static final int TINY = 16 << 20;

    private final ExecutorService workers = Executors.newFixedThreadPool(3);
    private final LoadedTarget engine = new LoadedTarget(DISK, workers);
    private final List<AtomicInteger> answered = new ArrayList<>();
    private final List<Future<?>> runs = new ArrayList<>();
    private final long seed = System.nanoTime();
    private int budget;
    private LoadedPortal portal;
    private long usedBefore;
    private int waitingMost;

    private void open(int budgetBytes) throws IOException {
        budget = budgetBytes;
        portal = new LoadedPortal(budget);
        portal.add(DISK, engine);
    }

    private void start(int budgetBytes) throws IOException {
        System.out.println("seed " + seed);
        open(budgetBytes);
        for (int session = 0; session < SESSIONS; session++) {
            portal.random(DISK, seed + session, COMMANDS, counter());
        }
        run(DEPTH);
    }

    private AtomicInteger counter() {
        AtomicInteger counter = new AtomicInteger();
        answered.add(counter);
        return counter;
    }

    private void run(int depth) {
        usedBefore = portal.memory().used();
        portal.initiators.forEach(initiator -> runs.add(portal.run(initiator, depth)));
    }

    @AfterEach
    void stop() throws IOException {
        portal.close();
        workers.shutdownNow();
    }

    @Test
    void everyCommandIsDone() throws Exception {
        start(LITTLE);
        awaitAll(runs);
        assertEquals(COMMANDS, least());
        // None, but where the machine lets initiators send and not take: then one of some thousands.
        assertTrue(refused() <= SESSIONS * COMMANDS / 1000, refused() + " commands refused");
        assertEquals(0, engine.damaged.get());
        assertTrue(waitingMost > 0, "memory was not short");
        awaitEverythingGivenBack();
    }

    @Test
    void withTheLeastMemoryEveryCommandIsDoneWhenInitiatorsRepeatWhatWasRefused() throws Exception {
        start(TINY);
        awaitAll(runs);
        assertEquals(COMMANDS, least());
        assertEquals(0, engine.damaged.get());
        awaitEverythingGivenBack();
    }

    @Test
    void whoHasManyLargeWritesUnderWayIsSlowedDownAndNotRefused() throws Exception {
        open(LITTLE);
        for (int session = 0; session < DEEP_SESSIONS; session++) {
            portal.writing(DISK, 1 << 20, DEEP_COMMANDS, counter());
        }
        run(DEEP);
        awaitAll(runs);
        assertEquals(DEEP_COMMANDS, least());
        assertEquals(0, engine.damaged.get());
        assertEquals(0, refused());
        awaitEverythingGivenBack();
    }

    @Test
    void sessionsThatGoAwayInTheMiddleGiveEverythingBack() throws Exception {
        start(TINY);
        while (sum() < SESSIONS) {
            portal.pause();
        }
        for (int session = 0; session < SESSIONS; session += 2) {
            portal.initiators.get(session).close();
        }
        List<Future<?>> others = new ArrayList<>();
        for (int session = 1; session < SESSIONS; session += 2) {
            others.add(runs.get(session));
        }
        awaitAll(others);
        awaitEverythingGivenBack();
    }

    private void awaitAll(List<Future<?>> which) throws InterruptedException, ExecutionException {
        while (which.stream().anyMatch(run -> !run.isDone())) {
            BufferPool.Usage usage = portal.memory();
            assertTrue(usage.held() <= budget && usage.used() <= usage.held(), usage.toString());
            waitingMost = Math.max(waitingMost, usage.waiting());
            portal.pause();
        }
        for (Future<?> run : which) {
            run.get();
        }
    }

    /** What remains is what each I/O thread keeps. */
    private void awaitEverythingGivenBack() throws IOException, InterruptedException {
        portal.closeInitiators();
        BufferPool.Usage usage = portal.memory();
        while (!portal.sessions.sessions().isEmpty() || !engine.nexuses.isEmpty() || usage.reserved() > 0) {
            portal.pause();
            usage = portal.memory();
        }
        assertEquals(0, usage.waiting());
        assertTrue(usage.used() <= usedBefore + 2 * 3 * BufferPool.BUFFER_BYTES_MAX, usage.toString());
    }

    private int least() {
        return answered.stream().mapToInt(AtomicInteger::get).min().orElseThrow();
    }

    private int sum() {
        return answered.stream().mapToInt(AtomicInteger::get).sum();
    }

    private int refused() {
        return portal.initiators.stream().mapToInt(each -> each.repeated).sum();
    }
}
