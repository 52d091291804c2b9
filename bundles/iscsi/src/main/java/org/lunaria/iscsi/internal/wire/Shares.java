package org.lunaria.iscsi.internal.wire;

import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.ToLongFunction;

/** The shares of a {@link BufferPool}, by names of units, and which of them are stuck. Guarded by the pool. */
final class Shares {
    /** An entry stays as long as somebody uses the share. Bound: the units that sessions have sent commands to. */
    private final Map<String, WeakReference<Share>> byUnit = new HashMap<>();

    private final List<Share> stuck = new ArrayList<>();

    /** The same for all who give the name of a unit. */
    Share of(String unit) {
        WeakReference<Share> known = byUnit.get(unit);
        Share share = known == null ? null : known.get();
        if (share == null) {
            share = new Share();
            byUnit.put(unit, new WeakReference<>(share));
        }
        return share;
    }

    List<Share> stuck() {
        return stuck;
    }

    /** What those that are stuck have together. */
    long ofStuck(ToLongFunction<Share> bytes) {
        long sum = 0;
        for (int index = 0; index < stuck.size(); index++) {
            sum += bytes.applyAsLong(stuck.get(index));
        }
        return sum;
    }

    /**
     * Finds out who is stuck.
     *
     * @param inTime as in {@link Share#look}
     * @param changed hears of those that are now, and were not, or the other way round
     */
    void look(boolean inTime, Consumer<Share> changed) {
        byUnit.values().removeIf(known -> known.get() == null);
        for (WeakReference<Share> known : byUnit.values()) {
            Share share = known.get();
            if (share != null && share.look(inTime)) {
                if (share.isStuck()) {
                    stuck.add(share);
                } else {
                    stuck.remove(share);
                }
                changed.accept(share);
            }
        }
    }
}
