package org.lunaria.iscsi.internal.mina;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.lunaria.iscsi.initiator.HostileInitiator;
import org.lunaria.iscsi.initiator.VerifyingInitiator;
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

/**
 * Random PDUs, legal and not, over sockets, beside a session whose data is verified: nothing breaks, nothing is kept, nobody
 * else notices. {@code -Dsoak.seconds=600} does it for longer, {@code -Dsoak.seed=N} again.
 */
class PduSoakTest {
    private static final String HOSTILE = "iqn.2026-11.org.lunaria:hostile";
    private static final String VERIFIED = "iqn.2026-11.org.lunaria:verified";
    private static final Limits EVERY_LEVEL = new Limits(
            Limits.MAX_RECV_DATA_SEGMENT_LENGTH,
            Limits.MAX_BURST_LENGTH,
            Limits.FIRST_BURST_LENGTH,
            Limits.MAX_OUTSTANDING_R2T,
            false,
            true,
            0,
            1,
            2,
            Limits.MAX_CONNECTIONS,
            false);
    private static final int BLOCKS = 8192;
    private static final int HOSTS = 4;
    private static final int IO_THREADS = 2;
    private static final int BUDGET = 32 << 20;
    private static final int PDUS_EACH = 3000;
    /** What is not over by then never will be: a time that decides nothing else. */
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private static final long HEAP_GROWTH_MAX = 32L << 20;

    private final long seed = Long.getLong("soak.seed", System.nanoTime());
    private final long seconds = Long.getLong("soak.seconds", 0);
    private final SessionRegistry sessions = new SessionRegistry(SessionLimits.of(100));
    private final TargetDirectory targets = new TargetDirectory(System::nanoTime, Duration.ZERO);
    private final ExecutorService workers = Executors.newFixedThreadPool(2);
    private final ExecutorService initiatorThreads = Executors.newCachedThreadPool();
    private final StoringTarget hostile = new StoringTarget(HOSTILE, BLOCKS, workers);
    private final StoringTarget verified = new StoringTarget(VERIFIED, BLOCKS, workers);
    private final AtomicBoolean over = new AtomicBoolean();
    private final ErrorLog errors = ErrorLog.begin();
    private final Portals portals = new Portals(
            new Portals.Bounds(IO_THREADS, BUDGET, 100, SessionRules.STANDARD, 0),
            targets,
            new AccountDirectory(),
            sessions,
            List::of);
    private Listener listener;

    @AfterEach
    void stop() {
        errors.end();
        over.set(true);
        listener.close();
        portals.close();
        workers.shutdownNow();
        initiatorThreads.shutdownNow();
    }

    @Test
    void randomPdusBreakNothingAndLeaveNothing() throws Exception {
        System.out.println("seed " + seed);
        serve(hostile);
        serve(verified);
        listener = portals.listen(new Portal("main", new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 1));
        VerifyingInitiator verifying = new VerifyingInitiator(listener.address(), VERIFIED, seed, BLOCKS);
        Future<?> verification = submit(() -> verifying.run(() -> !over.get()));
        long heapBefore = usedHeap();
        long usedBefore = portals.memory().used();
        List<HostileInitiator> hosts = new ArrayList<>();
        List<Future<?>> runs = new ArrayList<>();
        long end = System.nanoTime() + Duration.ofSeconds(seconds).toNanos();
        for (int host = 0; host < HOSTS; host++) {
            HostileInitiator one = new HostileInitiator(
                    listener.address(), HOSTILE, "iqn.2001-04.com.example:hostile" + host, seed + host);
            hosts.add(one);
            BooleanSupplier goOn = seconds > 0 ? () -> System.nanoTime() < end : () -> one.pdus() < PDUS_EACH;
            runs.add(submit(() -> one.run(goOn)));
        }
        for (Future<?> run : runs) {
            run.get();
        }
        awaitNoHostileSession();
        over.set(true);
        verification.get();
        awaitEverythingGivenBack(usedBefore);
        long grown = usedHeap() - heapBefore;
        System.out.printf(
                "%d sessions, %d PDUs, %d answers; %d commands verified; heap grown by %d KiB; %s%n",
                hosts.stream().mapToLong(HostileInitiator::sessions).sum(),
                hosts.stream().mapToLong(HostileInitiator::pdus).sum(),
                hosts.stream().mapToLong(HostileInitiator::answers).sum(),
                verifying.done(),
                grown / 1024,
                portals.memory());
        assertEquals(List.of(), errors.lines(), "seed " + seed);
        assertTrue(verifying.done() > 0);
        assertTrue(grown < HEAP_GROWTH_MAX, "the heap has grown by " + grown + " bytes; seed " + seed);
    }

    private void serve(StoringTarget engine) {
        targets.add(new TargetNode(
                new TargetNode.Configuration(
                        engine.name(),
                        engine.name(),
                        "",
                        Set.of(),
                        new LunMap(Map.of()),
                        AccessList.of(List.of("any")),
                        EVERY_LEVEL),
                engine,
                luns -> true));
    }

    /** The one that is left is the verified one. */
    private void awaitNoHostileSession() {
        long until = System.nanoTime() + PATIENCE.toNanos();
        while (sessions.sessions().size() > 1 || !hostile.nexuses.isEmpty()) {
            assertTrue(
                    System.nanoTime() < until,
                    () -> sessions.sessions().stream()
                                    .map(session -> session.status().toString())
                                    .toList() + " are still there; seed " + seed);
            Thread.yield();
        }
    }

    private void awaitEverythingGivenBack(long usedBefore) {
        long until = System.nanoTime() + PATIENCE.toNanos();
        BufferPool.Usage usage = portals.memory();
        // what remains is what each I/O thread keeps; a connection that is closed may have a last answer to send
        long keptBytes = usedBefore + IO_THREADS * 3 * BufferPool.BUFFER_BYTES_MAX;
        while (!sessions.sessions().isEmpty()
                || usage.reserved() > 0
                || usage.waiting() > 0
                || usage.used() > keptBytes) {
            assertTrue(System.nanoTime() < until, portals.memory() + " is not given back; seed " + seed);
            Thread.yield();
            usage = portals.memory();
        }
    }

    private static long usedHeap() {
        System.gc();
        Runtime runtime = Runtime.getRuntime();
        return runtime.totalMemory() - runtime.freeMemory();
    }

    private interface Work {
        void run() throws IOException, InterruptedException, ExecutionException;
    }

    private Future<?> submit(Work work) {
        return initiatorThreads.submit(() -> {
            work.run();
            return null;
        });
    }
}
