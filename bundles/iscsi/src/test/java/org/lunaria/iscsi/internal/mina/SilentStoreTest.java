package org.lunaria.iscsi.internal.mina;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.lunaria.iscsi.internal.node.SilentScsiTarget;
import org.lunaria.iscsi.internal.wire.BufferPool;
import org.lunaria.scsi.Task;
import org.lunaria.scsi.TaskResult;

/** Over sockets: one volume's store takes writes and says nothing more, and another volume is used meanwhile. */
@Timeout(120)
class SilentStoreTest {
    private static final String SILENT = "iqn.2026-11.org.lunaria:silent";
    private static final String LIVELY = "iqn.2026-11.org.lunaria:lively";
    private static final int BUDGET = 64 << 20;
    private static final int DEPTH = 128;
    private static final int LIVELY_COMMANDS = 100;
    private static final int SMALL_BYTES = 512;

    private final ExecutorService workers = Executors.newFixedThreadPool(3);
    private final AtomicInteger answered = new AtomicInteger();
    private final LoadedTarget lively = new LoadedTarget(LIVELY, workers);
    private LoadedPortal portal;

    /** It takes all data of a large command into its hands, and never answers. */
    private static final class KeepingTarget extends SilentScsiTarget {
        KeepingTarget() {
            super(SILENT);
        }

        @Override
        public void execute(Task task) {
            int first = (int) Math.min(task.data().chunkBytes(), task.data().dataOutBytes());
            if (first > SMALL_BYTES) {
                task.data().receive(first);
            } else {
                task.answer().accept(TaskResult.GOOD);
            }
        }
    }

    @BeforeEach
    void start() throws IOException {
        portal = new LoadedPortal(BUDGET);
        portal.add(SILENT, new KeepingTarget());
        portal.add(LIVELY, lively);
    }

    @AfterEach
    void stop() throws IOException {
        portal.close();
        workers.shutdownNow();
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
        List<PipeliningInitiator> many = new ArrayList<>();
        for (int session = 0; session < sessionCount; session++) {
            many.add(portal.writing(SILENT, bytes, 4 * DEPTH, new AtomicInteger())
                    .after(DEPTH, SMALL_BYTES));
        }
        many.forEach(each -> portal.run(each, DEPTH));
        while (portal.memory().waiting() == 0 && portal.memory().used() < BUDGET / 4 * 3) {
            portal.pause();
        }
    }

    private void useTheOther(int sessionCount, int depth) throws Exception {
        long seed = System.nanoTime();
        System.out.println("seed " + seed);
        List<Future<?>> runs = new ArrayList<>();
        List<PipeliningInitiator> others = new ArrayList<>();
        for (int session = 0; session < sessionCount; session++) {
            PipeliningInitiator initiator = portal.random(LIVELY, seed + session, LIVELY_COMMANDS, answered);
            others.add(initiator);
            runs.add(portal.run(initiator, depth));
        }
        for (Future<?> run : runs) {
            run.get();
        }
        assertEquals(sessionCount * LIVELY_COMMANDS, answered.get());
        assertEquals(0, lively.damaged.get());
        int refused = others.stream().mapToInt(each -> each.repeated).sum();
        assertTrue(refused == 0, refused + " commands refused, " + portal.memory());
    }
}
