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
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.lunaria.iscsi.internal.node.AccessList;
import org.lunaria.iscsi.internal.node.AccountDirectory;
import org.lunaria.iscsi.internal.node.Limits;
import org.lunaria.iscsi.internal.node.Portal;
import org.lunaria.iscsi.internal.node.SilentScsiTarget;
import org.lunaria.iscsi.internal.node.TargetDirectory;
import org.lunaria.iscsi.internal.node.TargetNode;
import org.lunaria.iscsi.internal.session.SessionLimits;
import org.lunaria.iscsi.internal.session.SessionRegistry;
import org.lunaria.iscsi.internal.session.SessionRules;
import org.lunaria.iscsi.internal.wire.BufferPool;
import org.lunaria.scsi.LunMap;
import org.lunaria.scsi.ScsiTarget;
import org.lunaria.scsi.Task;

/** Over sockets: one volume's store takes writes and says nothing more, and another volume is used meanwhile. */
@Timeout(120)
class SilentStoreTest {
    private static final String SILENT = "iqn.2026-11.org.lunaria:silent";
    private static final String LIVELY = "iqn.2026-11.org.lunaria:lively";
    private static final int BUDGET = 64 << 20;
    private static final int DEPTH = 128;
    private static final int LIVELY_COMMANDS = 100;

    private final SessionRegistry sessions = new SessionRegistry(SessionLimits.of(20));
    private final TargetDirectory targets = new TargetDirectory(System::nanoTime, Duration.ZERO);
    private final ExecutorService workers = Executors.newFixedThreadPool(3);
    private final ExecutorService initiatorThreads = Executors.newCachedThreadPool();
    private final List<PipeliningInitiator> initiators = new ArrayList<>();
    private final AtomicInteger answered = new AtomicInteger();
    private final LoadedTarget lively = new LoadedTarget(LIVELY, workers);
    private Portals portals;
    private Listener listener;

    /** It takes all data of a command into its hands, and never answers. */
    private static final class KeepingTarget extends SilentScsiTarget {
        KeepingTarget() {
            super(SILENT);
        }

        @Override
        public void execute(Task task) {
            int first = (int) Math.min(task.data().chunkBytes(), task.data().dataOutBytes());
            task.data().receive(first);
        }
    }

    @BeforeEach
    void start() throws IOException {
        portals = new Portals(
                new Portals.Bounds(2, BUDGET, 20, SessionRules.STANDARD, 0),
                targets,
                new AccountDirectory(),
                sessions,
                List::of);
        targets.add(target("silent", SILENT, new KeepingTarget()));
        targets.add(target("lively", LIVELY, lively));
        listener = portals.listen(new Portal("main", new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 1));
    }

    private static TargetNode target(String name, String iqn, ScsiTarget engine) {
        return new TargetNode(
                new TargetNode.Configuration(
                        name,
                        iqn,
                        "",
                        Set.of(),
                        new LunMap(Map.of(0, new LunMap.Mapping(name, false))),
                        AccessList.of(List.of("any")),
                        Limits.DEFAULT),
                engine,
                luns -> true);
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
    void largeWritesToItKeepNobodyElseFromMemory() throws Exception {
        fillWith(2, 1 << 20);
        useTheOther(4, 16);
    }

    @Test
    void norDoWritesWhoseDataComesUnasked() throws Exception {
        fillWith(8, BufferPool.BUFFER_BYTES_MAX);
        // What is left is little: with many of them theirs would be refused too, and repeated.
        useTheOther(2, 4);
    }

    /** Has as many commands under way with it as there may be, until memory is short. */
    private void fillWith(int sessionCount, int bytes) throws Exception {
        for (int session = 0; session < sessionCount; session++) {
            PipeliningInitiator initiator =
                    PipeliningInitiator.writing(listener.address(), bytes, 4 * DEPTH, new AtomicInteger());
            login(initiator, "silent" + session, SILENT);
            initiatorThreads.submit(() -> {
                initiator.run(DEPTH);
                return null;
            });
        }
        while (portals.memory().waiting() == 0 && portals.memory().used() < BUDGET / 4 * 3) {
            Thread.yield();
        }
    }

    private void useTheOther(int sessionCount, int depth) throws Exception {
        long seed = System.nanoTime();
        System.out.println("seed " + seed);
        List<Future<?>> runs = new ArrayList<>();
        List<PipeliningInitiator> others = new ArrayList<>();
        for (int session = 0; session < sessionCount; session++) {
            PipeliningInitiator initiator =
                    new PipeliningInitiator(listener.address(), seed + session, LIVELY_COMMANDS, answered);
            others.add(initiator);
            login(initiator, "lively" + session, LIVELY);
            runs.add(initiatorThreads.submit(() -> {
                initiator.run(depth);
                return null;
            }));
        }
        for (Future<?> run : runs) {
            run.get();
        }
        assertEquals(sessionCount * LIVELY_COMMANDS, answered.get());
        assertEquals(0, lively.damaged.get());
        int refused = others.stream().mapToInt(each -> each.repeated).sum();
        assertTrue(refused == 0, refused + " commands refused, " + portals.memory());
    }

    private void login(PipeliningInitiator initiator, String name, String target) throws IOException {
        initiators.add(initiator);
        initiator.login("iqn.2001-04.com.example:" + name, target);
    }
}
