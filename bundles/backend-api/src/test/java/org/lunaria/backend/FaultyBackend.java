package org.lunaria.backend;

import java.util.ArrayDeque;
import java.util.EnumMap;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;

/**
 * A backend that fails when a test says so. What fails does not reach the inner backend, unless it is to be done and
 * fail. Thread-safe.
 */
public final class FaultyBackend extends InterceptedBackend {

    private final Queue<Failure> any = new ArrayDeque<>();
    private final Map<Operation, Queue<Failure>> byOperation = new EnumMap<>(Operation.class);
    private final Map<Operation, Failure> onceDone = new EnumMap<>(Operation.class);

    public FaultyBackend(BlockBackend inner) {
        super(inner);
    }

    /**
     * The next operation, whichever it is, fails; but not a look at the space, which the engine takes when it likes. Calls add
     * up: three calls are three failures.
     */
    public synchronized void failNext(Fault fault) {
        any.add(failure(fault, -1));
    }

    /**
     * The next operation of that kind fails. Calls add up.
     *
     * @param offset the first bad byte that the failure names, or -1
     */
    public synchronized void failNext(Operation operation, Fault fault, long offset) {
        byOperation.computeIfAbsent(operation, key -> new ArrayDeque<>()).add(failure(fault, offset));
    }

    /** The next operation of that kind is done, and then said to have failed. */
    public synchronized void failNextOnceDone(Operation operation, Fault fault) {
        onceDone.put(operation, failure(fault, -1));
    }

    /** How many asked-for failures have not happened yet. */
    public synchronized int failuresLeft() {
        return any.size()
                + onceDone.size()
                + byOperation.values().stream().mapToInt(Queue::size).sum();
    }

    @Override
    <T> CompletionStage<T> intercept(Operation operation, Supplier<CompletionStage<T>> call) {
        Failure failure = next(operation);
        if (failure != null) {
            return Completions.failed(failure);
        }
        Failure afterwards = afterwards(operation);
        return afterwards == null ? call.get() : call.get().thenCompose(done -> Completions.failed(afterwards));
    }

    private synchronized Failure afterwards(Operation operation) {
        return onceDone.remove(operation);
    }

    private synchronized Failure next(Operation operation) {
        Queue<Failure> own = byOperation.get(operation);
        if (own != null && !own.isEmpty()) {
            return own.remove();
        }
        return operation == Operation.SPACE ? null : any.poll();
    }

    private static Failure failure(Fault fault, long offset) {
        return new Failure(fault, offset, "a test asked for " + fault);
    }
}
