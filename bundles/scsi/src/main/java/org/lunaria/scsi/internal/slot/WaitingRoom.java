package org.lunaria.scsi.internal.slot;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.lunaria.backend.BlockBackend.Failure;
import org.lunaria.backend.BlockBackend.Fault;
import org.lunaria.event.EventKind;

/**
 * Where operations wait for a backend, and how long: bounded in number, in the bytes they pin, and by a grace. When the
 * grace is over those that wait fail as OFFLINE, and those that come fail at once, until a backend is there.
 *
 * <p>Thread-safe; its lock is a leaf.
 */
final class WaitingRoom {
    /** More than a few sessions' whole command windows. */
    static final int MAX_OPERATIONS = 4096;

    static final long MAX_PINNED_BYTES = 256L << 20;

    /** An operation with the stage that its caller holds. */
    record Held<T>(Operation<T> operation, CompletableFuture<T> stage) {}

    private final String unit;
    private final ScheduledExecutorService timer;

    /** By the stage that the caller holds, in the order in which they came. */
    private final Map<CompletionStage<?>, Held<?>> waiting = new LinkedHashMap<>();

    private long pinnedBytes;
    private Optional<Future<?>> grace = Optional.empty();
    private long graceTurn;
    private volatile boolean overdue;

    WaitingRoom(String unit, ScheduledExecutorService timer) {
        this.unit = unit;
        this.timer = timer;
    }

    /** Whether the grace is over, so that nothing is let in. */
    boolean isOverdue() {
        return overdue;
    }

    /** Takes an operation in, or says with which fault it is to fail. */
    synchronized Optional<Fault> admit(Held<?> held) {
        int bytes = held.operation().pinnedBytes();
        if (overdue) {
            return Optional.of(Fault.OFFLINE);
        }
        if (waiting.size() >= MAX_OPERATIONS || pinnedBytes + bytes > MAX_PINNED_BYTES) {
            return Optional.of(Fault.BUSY);
        }
        pinnedBytes += bytes;
        waiting.put(held.stage(), held);
        return Optional.empty();
    }

    /** Lets an operation go that waits, by its stage; says whether it did. */
    synchronized boolean withdraw(CompletionStage<?> stage) {
        Held<?> held = waiting.remove(stage);
        if (held == null) {
            return false;
        }
        pinnedBytes -= held.operation().pinnedBytes();
        return true;
    }

    /** The backend is gone: from now on there is so much time. Starts anew when it runs. */
    synchronized void startGrace(long millis) {
        stopGrace();
        long turn = graceTurn;
        grace = Optional.of(timer.schedule(() -> graceOver(turn), millis, TimeUnit.MILLISECONDS));
    }

    /** A backend is there: ends the grace, and hands out what waits, in its order. */
    synchronized List<Held<?>> open() {
        stopGrace();
        overdue = false;
        return takeAll();
    }

    /** There will be no backend: fails what waits and what comes. */
    void close() {
        List<Held<?>> late;
        synchronized (this) {
            stopGrace();
            late = expire();
        }
        failLate(late);
    }

    synchronized int size() {
        return waiting.size();
    }

    /** A stage for an operation that is not done. */
    void fail(Held<?> held, Fault fault) {
        held.stage().completeExceptionally(new Failure(fault, -1, "unit " + unit + " has no backend"));
    }

    private void graceOver(long turn) {
        List<Held<?>> late;
        synchronized (this) {
            // A grace that was stopped may have begun to run out already.
            if (turn != graceTurn) {
                return;
            }
            late = expire();
        }
        failLate(late);
    }

    private List<Held<?>> expire() {
        overdue = true;
        return takeAll();
    }

    private void failLate(List<Held<?>> late) {
        if (!late.isEmpty()) {
            EventKind.BACKEND.warn("unit {}: no backend in time, {} held operations fail", unit, late.size());
        }
        late.forEach(held -> fail(held, Fault.OFFLINE));
    }

    private void stopGrace() {
        graceTurn++;
        grace.ifPresent(running -> running.cancel(false));
        grace = Optional.empty();
    }

    private List<Held<?>> takeAll() {
        List<Held<?>> all = new ArrayList<>(waiting.values());
        waiting.clear();
        pinnedBytes = 0;
        return all;
    }
}
