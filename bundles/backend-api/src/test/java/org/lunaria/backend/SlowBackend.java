package org.lunaria.backend;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;

/**
 * A backend whose operations are done when a test releases them, by hand and in any order, on the releasing thread.
 *
 * <p>Until then nothing happens: the inner backend sees an operation at its release, so that a caller that reuses a
 * buffer before the completion is found out. Thread-safe.
 */
public final class SlowBackend extends InterceptedBackend {

    private record Held(Operation operation, Runnable run, CompletableFuture<?> stage) {}

    private final List<Held> held = new ArrayList<>();
    private boolean open;

    public SlowBackend(BlockBackend inner) {
        super(inner);
    }

    /** The operations that wait for their release, oldest first. */
    public synchronized List<Operation> held() {
        return held.stream().map(Held::operation).toList();
    }

    /** Does the oldest operation that waits; there must be one. */
    public void release() {
        release(0);
    }

    /** Does one of the operations that wait, counted from the oldest. */
    public void release(int index) {
        take(index).run.run();
    }

    /** Does what waits now, oldest first. What comes later is held again. */
    public void releaseAll() {
        List<Held> all;
        synchronized (this) {
            all = List.copyOf(held);
            held.clear();
        }
        all.forEach(each -> each.run.run());
    }

    /** From now on operations are held ({@code false}, as at the start) or go straight through ({@code true}). */
    public synchronized void letThrough(boolean through) {
        open = through;
    }

    /** Ends what is held with {@link Fault#OFFLINE} and closes the inner backend. */
    @Override
    public void close() throws IOException {
        List<Held> all;
        synchronized (this) {
            all = List.copyOf(held);
            held.clear();
            open = true;
        }
        all.forEach(each -> each.stage.completeExceptionally(new Failure(Fault.OFFLINE, -1, "closed while held")));
        super.close();
    }

    @Override
    <T> CompletionStage<T> intercept(Operation operation, Supplier<CompletionStage<T>> call) {
        synchronized (this) {
            if (!open) {
                CompletableFuture<T> stage = new CompletableFuture<>();
                held.add(new Held(operation, () -> forward(call, stage), stage));
                return stage;
            }
        }
        return call.get();
    }

    private synchronized Held take(int index) {
        if (index >= held.size()) {
            throw new IllegalStateException("only " + held.size() + " operations are held");
        }
        return held.remove(index);
    }

    private static <T> void forward(Supplier<CompletionStage<T>> call, CompletableFuture<T> stage) {
        call.get().whenComplete((value, thrown) -> {
            if (thrown == null) {
                stage.complete(value);
            } else {
                stage.completeExceptionally(Completions.failure(thrown));
            }
        });
    }
}
