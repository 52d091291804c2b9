package org.lunaria.backend;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.lunaria.backend.BlockBackend.Failure;
import org.lunaria.backend.BlockBackend.Fault;

class BlockingWorkersTest {

    @Test
    void whatDoesNotFitIsRefusedAsBusyAndWhatFitsIsDone() throws Exception {
        CountDownLatch gate = new CountDownLatch(1);
        try (BlockingWorkers workers = new BlockingWorkers("test", 1, 1)) {
            var running = workers.submit(() -> {
                gate.await();
                return 1;
            });
            var waiting = workers.submit(() -> 2);
            var refused = workers.submit(() -> 3);
            assertEquals(Fault.BUSY, faultOf(() -> refused.toCompletableFuture().join()));
            gate.countDown();
            assertEquals(1, running.toCompletableFuture().join());
            assertEquals(2, waiting.toCompletableFuture().join());
        }
    }

    @Test
    void closedWorkersAnswerOffline() {
        BlockingWorkers workers = new BlockingWorkers("test", 1, 1);
        workers.close();
        var late = workers.submit(() -> 1);
        assertEquals(Fault.OFFLINE, faultOf(() -> late.toCompletableFuture().join()));
    }

    @Test
    void aThrownFailureReachesTheCallerAsItIsAndAnythingElseAsInternal() {
        try (BlockingWorkers workers = new BlockingWorkers("test", 1, 2)) {
            var full = workers.submit(() -> {
                throw new Failure(Fault.NO_SPACE, 4096, "full");
            });
            var broken = workers.submit(() -> {
                throw new IllegalStateException("bug");
            });
            assertEquals(
                    Fault.NO_SPACE, faultOf(() -> full.toCompletableFuture().join()));
            assertEquals(
                    Fault.INTERNAL, faultOf(() -> broken.toCompletableFuture().join()));
        }
    }

    private static Fault faultOf(Supplier<?> join) {
        return Completions.failure(assertThrows(CompletionException.class, join::get))
                .fault();
    }
}
