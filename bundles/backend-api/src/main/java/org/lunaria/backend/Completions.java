package org.lunaria.backend;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;

/**
 * Stages that are complete already, and the question whether one is. Stateless, thread-safe.
 *
 * <p>A hot path must not allocate a stage for each operation, and must not leave its thread when the work is done: it
 * returns {@link #DONE}, and its caller asks {@link #isDone}.
 */
public final class Completions {

    /** The stage of an operation that is done. Shared: nobody may obtrude a value on it. */
    public static final CompletableFuture<Void> DONE = CompletableFuture.completedFuture(null);

    private Completions() {}

    public static <T> CompletableFuture<T> of(T value) {
        return CompletableFuture.completedFuture(value);
    }

    public static <T> CompletableFuture<T> failed(BlockBackend.Failure failure) {
        return CompletableFuture.failedFuture(failure);
    }

    /** Whether the stage completed normally, so that its caller can go on at once. */
    public static boolean isDone(CompletionStage<?> stage) {
        return stage == DONE
                || stage instanceof CompletableFuture<?> future
                        && future.isDone()
                        && !future.isCompletedExceptionally();
    }

    /** The failure behind what a stage completed with: unwrapped, and anything unexpected as INTERNAL. */
    public static BlockBackend.Failure failure(Throwable thrown) {
        Throwable cause = thrown;
        while (cause instanceof CompletionException && cause.getCause() != null) {
            cause = cause.getCause();
        }
        return cause instanceof BlockBackend.Failure failure
                ? failure
                : new BlockBackend.Failure(BlockBackend.Fault.INTERNAL, -1, String.valueOf(cause), cause);
    }
}
