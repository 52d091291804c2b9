package org.lunaria.backend.memory.internal;

import java.util.concurrent.atomic.AtomicLong;

/**
 * What all memory volumes together may take. A volume reserves its whole size before it is there, so that a write
 * never finds the heap full. Thread-safe.
 */
final class MemoryBudget {

    /** Half of the heap: the other half is the appliance's own. */
    static final MemoryBudget HALF_OF_THE_HEAP =
            new MemoryBudget(Runtime.getRuntime().maxMemory() / 2);

    private final long mostBytes;
    private final AtomicLong reserved = new AtomicLong();

    MemoryBudget(long mostBytes) {
        this.mostBytes = mostBytes;
    }

    /** Whether the bytes could be reserved; they are given back by {@link #release}. */
    boolean reserve(long bytes) {
        long before = reserved.getAndUpdate(taken -> bytes <= mostBytes - taken ? taken + bytes : taken);
        return bytes <= mostBytes - before;
    }

    void release(long bytes) {
        reserved.addAndGet(-bytes);
    }

    long freeBytes() {
        return mostBytes - reserved.get();
    }

    long mostBytes() {
        return mostBytes;
    }
}
