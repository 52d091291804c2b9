package org.lunaria.scsi.internal.unit;

import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.lunaria.scsi.SenseCode;

/**
 * The unit attentions that an initiator has not been told yet: a set, so that it is bounded and holds no condition twice.
 * Thread-safe, without a lock.
 */
final class UnitAttentions {
    private static final UnitAttention[] BY_PRIORITY = UnitAttention.values();

    /** UADE DEPTH: 0 would be unknown. */
    private static final int ONE_CONDITION = 1;

    private static final int MORE_CONDITIONS = 2;

    /** A bit for each condition, by ordinal. */
    private final AtomicInteger pending = new AtomicInteger();

    private final Consumer<UnitAttention> established;

    /** @param established hears of each condition that was not pending already */
    UnitAttentions(Consumer<UnitAttention> established) {
        this.established = established;
    }

    boolean isEmpty() {
        return pending.get() == 0;
    }

    void establish(UnitAttention condition) {
        int bit = 1 << condition.ordinal();
        int before = pending.getAndUpdate(set -> set | bit);
        if ((before & bit) == 0) {
            established.accept(condition);
        }
    }

    void clear(UnitAttention condition) {
        pending.accumulateAndGet(1 << condition.ordinal(), (set, bit) -> set & ~bit);
    }

    /** Takes the most important condition. */
    Optional<UnitAttention> take() {
        int before = pending.getAndUpdate(set -> set & (set - 1));
        return before == 0 ? Optional.empty() : Optional.of(mostImportant(before));
    }

    /**
     * What QUERY ASYNCHRONOUS EVENT tells, and leaves pending (SAM-5 7.10): in three bytes whether there is one condition or
     * more (UADE DEPTH) and the sense key, ASC and ASCQ of the most important one; 0 when there is none.
     */
    int asynchronousEvent() {
        int now = pending.get();
        if (now == 0) {
            return 0;
        }
        SenseCode code = mostImportant(now).code();
        int depth = Integer.bitCount(now) == 1 ? ONE_CONDITION : MORE_CONDITIONS;
        return (depth << 4 | code.key().code()) << 16 | code.asc() << 8 | code.ascq();
    }

    private static UnitAttention mostImportant(int set) {
        return BY_PRIORITY[Integer.numberOfTrailingZeros(set)];
    }
}
