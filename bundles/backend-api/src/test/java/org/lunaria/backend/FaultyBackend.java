package org.lunaria.backend;

import java.util.ArrayDeque;
import java.util.EnumMap;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;

/**
 * A backend that fails when a test says so. What fails does not reach the inner backend. Thread-safe.
 */
public final class FaultyBackend extends InterceptedBackend {

    private final Queue<Failure> any = new ArrayDeque<>();
    private final Map<Operation, Queue<Failure>> byOperation = new EnumMap<>(Operation.class);

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

    /** How many asked-for failures have not happened yet. */
    public synchronized int failuresLeft() {
        return any.size() + byOperation.values().stream().mapToInt(Queue::size).sum();
    }

    @Override
    <T> CompletionStage<T> intercept(Operation operation, Supplier<CompletionStage<T>> call) {
        Failure failure = next(operation);
        return failure == null ? call.get() : Completions.failed(failure);
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
