package org.lunaria.scsi.internal.slot;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;

/** Operations that wait for a backend, bounded in number and in the bytes they pin. Confined to the slot's lock. */
final class HoldQueue {
    /** More than a few sessions' whole command windows. */
    static final int MAX_OPERATIONS = 4096;

    static final long MAX_PINNED_BYTES = 256L << 20;

    /** An operation with the stage that its caller holds. */
    record Held<T>(Operation<T> operation, CompletableFuture<T> stage) {}

    private final Queue<Held<?>> waiting = new ArrayDeque<>();
    private long pinnedBytes;

    /** Takes an operation in, unless a bound is reached. */
    boolean offer(Held<?> held) {
        int bytes = held.operation().pinnedBytes();
        if (waiting.size() >= MAX_OPERATIONS || pinnedBytes + bytes > MAX_PINNED_BYTES) {
            return false;
        }
        pinnedBytes += bytes;
        return waiting.add(held);
    }

    List<Held<?>> takeAll() {
        List<Held<?>> all = new ArrayList<>(waiting);
        waiting.clear();
        pinnedBytes = 0;
        return all;
    }

    int size() {
        return waiting.size();
    }
}
