package org.lunaria.iscsi.internal.mina;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.lunaria.iscsi.internal.node.AccessList;
import org.lunaria.iscsi.internal.node.AccountDirectory;
import org.lunaria.iscsi.internal.node.Limits;
import org.lunaria.iscsi.internal.node.Portal;
import org.lunaria.iscsi.internal.node.TargetDirectory;
import org.lunaria.iscsi.internal.node.TargetNode;
import org.lunaria.iscsi.internal.session.SessionLimits;
import org.lunaria.iscsi.internal.session.SessionRegistry;
import org.lunaria.iscsi.internal.session.SessionRules;
import org.lunaria.iscsi.internal.wire.BufferPool;
import org.lunaria.scsi.LunMap;

/** Many sessions with many commands each, over sockets, and much less memory than they would like to have: about 270 MB. */
@Timeout(120)
class ScarceMemoryTest {
    private static final String DISK = "iqn.2026-11.org.lunaria:disk";
    private static final int SESSIONS = 50;
    private static final int DEPTH = 32;
    private static final int COMMANDS = 2 * DEPTH;

    /** More than a data segment, or a piece of a read, for each session. */
    private static final int LITTLE = 64 << 20;

    /** Less than that, and the least that may be configured. */
    private static final int TINY = 16 << 20;

    private final SessionRegistry sessions = new SessionRegistry(SessionLimits.of(SESSIONS));
    private final TargetDirectory targets = new TargetDirectory(System::nanoTime, Duration.ZERO);
    private final ExecutorService workers = Executors.newFixedThreadPool(3);
    private final ExecutorService initiatorThreads = Executors.newCachedThreadPool();
    private final LoadedTarget engine = new LoadedTarget(DISK, workers);
    private final List<PipeliningInitiator> initiators = new ArrayList<>();
    private final List<Future<?>> runs = new ArrayList<>();
    private final AtomicInteger[] answered = new AtomicInteger[SESSIONS];
    private final long seed = System.nanoTime();
    private int budget;
    private Portals portals;
    private Listener listener;
    private long usedBefore;
    private int waitingMost;

    private void start(int budgetBytes) throws IOException {
        System.out.println("seed " + seed);
        budget = budgetBytes;
        portals = new Portals(
                new Portals.Bounds(2, budget, SESSIONS, SessionRules.STANDARD, 0),
                targets,
                new AccountDirectory(),
                sessions,
                List::of);
        targets.add(new TargetNode(
                new TargetNode.Configuration(
                        "disk",
                        DISK,
                        "",
                        Set.of(),
                        new LunMap(Map.of(0, new LunMap.Mapping("disk", false))),
                        AccessList.of(List.of("any")),
                        Limits.DEFAULT),
                engine,
                luns -> true));
        listener = portals.listen(new Portal("main", new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 1));
        for (int session = 0; session < SESSIONS; session++) {
            answered[session] = new AtomicInteger();
            PipeliningInitiator initiator =
                    new PipeliningInitiator(listener.address(), seed + session, COMMANDS, answered[session]);
            initiators.add(initiator);
            initiator.login("iqn.2001-04.com.example:host" + session, DISK);
        }
        usedBefore = portals.memory().used();
        initiators.forEach(initiator -> runs.add(initiatorThreads.submit(() -> {
            initiator.run(DEPTH);
            return null;
        })));
    }

    @AfterEach
    void stop() throws IOException {
        for (PipeliningInitiator initiator : initiators) {
            initiator.close();
        }
        listener.close();
        portals.close();
        workers.shutdownNow();
        initiatorThreads.shutdownNow();
    }

    @Test
    void everyCommandIsDone() throws Exception {
        start(LITTLE);
        awaitAll(runs);
        assertEquals(COMMANDS, least());
        // None, but where the machine lets initiators send and not take: then one of some thousands.
        assertTrue(refused() <= SESSIONS * COMMANDS / 1000, refused() + " commands refused");
        assertEquals(0, engine.damaged.get());
        assertTrue(waitingMost > SESSIONS / 2, "memory was hardly short: " + waitingMost + " waited");
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
    void sessionsThatGoAwayInTheMiddleGiveEverythingBack() throws Exception {
        start(TINY);
        while (sum() < SESSIONS) {
            Thread.onSpinWait();
        }
        for (int session = 0; session < SESSIONS; session += 2) {
            initiators.get(session).close();
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
            BufferPool.Usage usage = portals.memory();
            assertTrue(usage.held() <= budget && usage.used() <= usage.held(), usage.toString());
            waitingMost = Math.max(waitingMost, usage.waiting());
            Thread.yield();
        }
        for (Future<?> run : which) {
            run.get();
        }
    }

    /** What remains is what each I/O thread keeps. */
    private void awaitEverythingGivenBack() throws IOException {
        for (PipeliningInitiator initiator : initiators) {
            initiator.close();
        }
        BufferPool.Usage usage = portals.memory();
        while (!sessions.sessions().isEmpty() || !engine.nexuses.isEmpty() || usage.reserved() > 0) {
            Thread.yield();
            usage = portals.memory();
        }
        assertEquals(0, usage.waiting());
        assertTrue(usage.used() <= usedBefore + 2 * 3 * BufferPool.BUFFER_BYTES_MAX, usage.toString());
    }

    private int least() {
        return Arrays.stream(answered).mapToInt(AtomicInteger::get).min().orElseThrow();
    }

    private int sum() {
        return Arrays.stream(answered).mapToInt(AtomicInteger::get).sum();
    }

    private int refused() {
        return initiators.stream().mapToInt(each -> each.repeated).sum();
    }
}
