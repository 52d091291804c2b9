package org.lunaria.backend.remote.internal;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;

/**
 * How operations come from any thread to the thread of their volume: without a lock and without an allocation. Bounded in
 * number and bytes, counted from the call to the completion. Thread-safe.
 */
final class Inbox {

    enum Offer {
        TAKEN,
        FULL,
        CLOSED
    }

    static final int OPERATIONS_MAX = 4096;
    static final long BYTES_MAX = 256L << 20;

    private static final Operation<Void> CLOSED = new Operation<>(Operation.Kind.FLUSH, 0, 0, null, false, false);

    private final Runnable wake;
    private final AtomicReference<Operation<?>> newest = new AtomicReference<>();
    private final AtomicInteger operations = new AtomicInteger();
    private final AtomicLong bytes = new AtomicLong();

    /** @param wake called when something comes into an empty inbox */
    Inbox(Runnable wake) {
        this.wake = wake;
    }

    Offer offer(Operation<?> operation) {
        if (!admit(operation)) {
            return Offer.FULL;
        }
        Operation<?> before;
        do {
            before = newest.get();
            if (before == CLOSED) {
                left(operation);
                return Offer.CLOSED;
            }
            operation.next = before;
        } while (!newest.compareAndSet(before, operation));
        if (before == null) {
            wake.run();
        }
        return Offer.TAKEN;
    }

    boolean isEmpty() {
        return newest.get() == null;
    }

    /** Takes all that came, the oldest first, linked by {@link Operation#next}; or null. */
    Operation<?> takeAll() {
        return isEmpty() ? null : inOrder(newest.getAndSet(null));
    }

    /** Takes all that came, and nothing is taken from now on. */
    Operation<?> close() {
        Operation<?> last = newest.getAndSet(CLOSED);
        return last == CLOSED ? null : inOrder(last);
    }

    /** An operation that was taken is about to be completed. */
    void left(Operation<?> operation) {
        operations.decrementAndGet();
        bytes.addAndGet(-operation.dataBytes());
    }

    private boolean admit(Operation<?> operation) {
        boolean fits = operations.incrementAndGet() <= OPERATIONS_MAX;
        fits &= bytes.addAndGet(operation.dataBytes()) <= BYTES_MAX;
        if (!fits) {
            left(operation);
        }
        return fits;
    }

    private static Operation<?> inOrder(Operation<?> last) {
        Operation<?> first = null;
        for (Operation<?> each = last; each != null; ) {
            Operation<?> before = each.next;
            each.next = first;
            first = each;
            each = before;
        }
        return first;
    }
}
