package org.lunaria.backend;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
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

    private final WorkerThreads threads;

    /**
     * @param name of the threads, as a store's name
     * @param threads that work at the same time, at least 1; they end after 10 idle seconds
     * @param waiting operations that may wait for a thread, at least 1
     */
    public BlockingWorkers(String name, int threads, int waiting) {
        this.threads = new WorkerThreads(name, threads, waiting);
    }

    /** Submits an operation that moves no data. */
    public <T> CompletionStage<T> submit(Blocking<T> operation) {
        return submit(0, operation);
    }

    /**
     * Submits an operation. Small ones go before large ones, which are not kept waiting for ever; an order that matters is
     * kept by submitting the second when the first is done.
     *
     * @param bytes that it moves
     */
    public <T> CompletionStage<T> submit(long bytes, Blocking<T> operation) {
        CompletableFuture<T> stage = new CompletableFuture<>();
        switch (threads.offer(bytes, () -> run(operation, stage))) {
            case TAKEN -> {
                // It is run.
            }
            case FULL -> stage.completeExceptionally(new Failure(Fault.BUSY, -1, "all workers are taken"));
            case CLOSED -> stage.completeExceptionally(new Failure(Fault.OFFLINE, -1, "the store is closed"));
        }
        return stage;
    }

    /** Takes no more, and waits until what was taken is done. */
    @Override
    public void close() {
        threads.close();
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
