package org.lunaria.backend;

import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.lunaria.backend.BlockBackend.Failure;
import org.lunaria.backend.BlockBackend.Fault;

/**
 * A bounded pool for operations that may block, for a backend over a blocking channel. Thread-safe.
 *
 * <p>The caller hands an operation over and goes on; the stage completes on a worker. When threads and queue are full
 * the stage fails with {@link Fault#BUSY} at once, and nothing was done.
 */
public final class BlockingWorkers implements AutoCloseable {

    /** Something that may block and may fail. A {@link Failure} it throws goes to the caller as it is. */
    @FunctionalInterface
    public interface Blocking<T> {
        T run() throws Exception;
    }

    private static final int IDLE_SECONDS = 10;

    private final ThreadPoolExecutor pool;

    /**
     * @param name of the threads, as a store's name
     * @param threads that work at the same time, at least 1; they end after 10 idle seconds
     * @param waiting operations that may wait for a thread, at least 1
     */
    public BlockingWorkers(String name, int threads, int waiting) {
        AtomicInteger number = new AtomicInteger();
        pool = new ThreadPoolExecutor(
                threads, threads, IDLE_SECONDS, TimeUnit.SECONDS, new ArrayBlockingQueue<>(waiting), work -> {
                    Thread thread = new Thread(work, name + "-" + number.incrementAndGet());
                    thread.setDaemon(true);
                    return thread;
                });
        pool.allowCoreThreadTimeOut(true);
    }

    public <T> CompletionStage<T> submit(Blocking<T> operation) {
        CompletableFuture<T> stage = new CompletableFuture<>();
        try {
            pool.execute(() -> run(operation, stage));
        } catch (RejectedExecutionException e) {
            boolean ended = pool.isShutdown();
            stage.completeExceptionally(new Failure(
                    ended ? Fault.OFFLINE : Fault.BUSY, -1, ended ? "the store is closed" : "all workers are taken"));
        }
        return stage;
    }

    /** Takes no more, and waits until what was taken is done. */
    @Override
    public void close() {
        pool.shutdown();
        boolean interrupted = false;
        while (!pool.isTerminated()) {
            try {
                pool.awaitTermination(1, TimeUnit.MINUTES);
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private static <T> void run(Blocking<T> operation, CompletableFuture<T> stage) {
        T value;
        try {
            value = operation.run();
        } catch (Throwable e) {
            stage.completeExceptionally(Completions.failure(e));
            return;
        }
        stage.complete(value);
    }
}
