package org.lunaria.scsi.internal.unit;

import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.lunaria.backend.BlockBackend.Space;
import org.lunaria.scsi.internal.page.Limits;
import org.lunaria.scsi.internal.page.ModeParameter;
import org.lunaria.scsi.internal.page.ModeValues;

/**
 * The thresholds of a thin disk's resources (SBC-4 4.7.3.7): who is told when little is left, or much is used. A threshold is
 * crossed once: what goes to and fro within half a threshold set of it is not told again. Thread-safe.
 */
final class ProvisioningThresholds {

    /** SBC-4 table 7: what is available decreases, what is used increases. */
    private enum Threshold {
        AVAILABLE(
                UnitAttention.AVAILABLE_THRESHOLD,
                ModeParameter.AVAILABLE_THRESHOLD_ENABLED,
                ModeParameter.AVAILABLE_THRESHOLD_COUNT,
                -1) {
            @Override
            long resource(Space space) {
                return space.availableBytes();
            }
        },
        USED(
                UnitAttention.USED_THRESHOLD,
                ModeParameter.USED_THRESHOLD_ENABLED,
                ModeParameter.USED_THRESHOLD_COUNT,
                1) {
            @Override
            long resource(Space space) {
                return space.usedBytes();
            }
        };

        private final UnitAttention notice;
        private final ModeParameter enabled;
        private final ModeParameter count;

        /** 1 where the resource increases towards the threshold, -1 where it decreases. */
        private final int direction;

        Threshold(UnitAttention notice, ModeParameter enabled, ModeParameter count, int direction) {
            this.notice = notice;
            this.enabled = enabled;
            this.count = count;
            this.direction = direction;
        }

        abstract long resource(Space space);

        /** How far beyond the middle of the threshold's range, in bytes; below zero before it. */
        long beyond(Space space, long sets) {
            return direction * (resource(space) - sets * Limits.THRESHOLD_SET_BYTES);
        }
    }

    /** Of a threshold: what figures 7 and 8 call the notification trigger. */
    private enum Trigger {
        /** The resource is before the range, or nobody has looked yet. */
        DISABLED,
        /** It has come into the range. */
        ENABLED,
        /** It was beyond the range, which was told; it has not been before it since. */
        TOLD
    }

    private record Watched(long sets, Trigger trigger) {}

    private static final long HALF_SET_BYTES = Limits.THRESHOLD_SET_BYTES / 2;

    private final Consumer<UnitAttention> all;
    private final Map<Threshold, Watched> watched = new EnumMap<>(Threshold.class);

    /** Notices for the nexus whose command comes next (SITUA), by ordinal. */
    private final AtomicInteger forOne = new AtomicInteger();

    /** @param all tells every nexus */
    ProvisioningThresholds(Consumer<UnitAttention> all) {
        this.all = all;
    }

    /** Whether what is left is no more than the threshold, told or not. */
    static boolean isLow(Space space, ModeValues modes) {
        return modes.isSet(ModeParameter.AVAILABLE_THRESHOLD_ENABLED)
                && Threshold.AVAILABLE.beyond(space, modes.get(ModeParameter.AVAILABLE_THRESHOLD_COUNT)) >= 0;
    }

    /** The resources are like this now; says whether that was told. */
    synchronized boolean look(Space space, ModeValues modes) {
        boolean told = false;
        for (Threshold threshold : Threshold.values()) {
            if (!modes.isSet(ModeParameter.LBPERE) || !modes.isSet(threshold.enabled)) {
                watched.remove(threshold);
            } else {
                told |= look(threshold, space, modes);
            }
        }
        return told;
    }

    private boolean look(Threshold threshold, Space space, ModeValues modes) {
        long sets = modes.get(threshold.count);
        long beyond = threshold.beyond(space, sets);
        Watched before = watched.get(threshold);
        Trigger trigger = before == null || before.sets != sets ? Trigger.DISABLED : before.trigger;
        if (beyond < -HALF_SET_BYTES) {
            trigger = Trigger.DISABLED;
        } else if (beyond > -HALF_SET_BYTES && trigger == Trigger.DISABLED) {
            trigger = Trigger.ENABLED;
        }
        boolean told = beyond > HALF_SET_BYTES && trigger == Trigger.ENABLED;
        if (told) {
            trigger = Trigger.TOLD;
            tell(threshold.notice, modes.isSet(ModeParameter.SITUA));
        }
        watched.put(threshold, new Watched(sets, trigger));
        return told;
    }

    private void tell(UnitAttention notice, boolean one) {
        if (one) {
            forOne.accumulateAndGet(1 << notice.ordinal(), (set, bit) -> set | bit);
        } else {
            all.accept(notice);
        }
    }

    /** A command of a nexus has come that can be answered with a unit attention: it gets what is for one. */
    void arrived(UnitAttentions nexus) {
        if (forOne.get() == 0) {
            return;
        }
        int notices = forOne.getAndSet(0);
        for (UnitAttention notice : UnitAttention.values()) {
            if ((notices >> notice.ordinal() & 1) != 0) {
                nexus.establish(notice);
            }
        }
    }
}
