package org.lunaria.scsi.internal.unit;

import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The unit attentions that an initiator has not been told yet: a set, so that it is bounded and holds no condition twice.
 * Thread-safe, without a lock.
 */
final class UnitAttentions {
    private static final UnitAttention[] BY_PRIORITY = UnitAttention.values();

    /** A bit for each condition, by ordinal. */
    private final AtomicInteger pending = new AtomicInteger();

    boolean isEmpty() {
        return pending.get() == 0;
    }

    void establish(UnitAttention condition) {
        pending.accumulateAndGet(1 << condition.ordinal(), (set, bit) -> set | bit);
    }

    void clear(UnitAttention condition) {
        pending.accumulateAndGet(1 << condition.ordinal(), (set, bit) -> set & ~bit);
    }

    /** Takes the most important condition. */
    Optional<UnitAttention> take() {
        int before = pending.getAndUpdate(set -> set & (set - 1));
        return before == 0 ? Optional.empty() : Optional.of(BY_PRIORITY[Integer.numberOfTrailingZeros(before)]);
    }
}
