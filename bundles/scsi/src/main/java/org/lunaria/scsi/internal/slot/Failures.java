package org.lunaria.scsi.internal.slot;

import java.time.InstantSource;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.lunaria.backend.BlockBackend.Failure;
import org.lunaria.backend.BlockBackend.Fault;

/**
 * The operations of a unit that failed for good: how many, the last one, and what the administrator is to hear of them. A store
 * that is ill fails thousands of operations a second, on the threads that serve initiators, and with several faults in turns; so
 * of each fault one is told in {@value #PERIOD_SECONDS} seconds, with the number of those before it that were not.
 *
 * <p>Confined to the lock of its slot.
 */
final class Failures {
    static final long PERIOD_SECONDS = 60;

    private static final long PERIOD_NANOS = TimeUnit.SECONDS.toNanos(PERIOD_SECONDS);

    private final String unit;
    private final InstantSource clock;
    private final LongSupplier nanoTime;
    private final Map<Fault, Told> told = new EnumMap<>(Fault.class);
    private Optional<SlotFailure> last = Optional.empty();
    private long count;

    /** When a fault was told last, and how often it occurred since. */
    private static final class Told {
        private final long atNanos;
        private long since;

        Told(long atNanos) {
            this.atNanos = atNanos;
        }
    }

    /**
     * @param clock tells when they occurred
     * @param nanoTime a clock as {@link System#nanoTime}, for the time between two events
     */
    Failures(String unit, InstantSource clock, LongSupplier nanoTime) {
        this.unit = unit;
        this.clock = clock;
        this.nanoTime = nanoTime;
    }

    /**
     * An operation has failed.
     *
     * @return what is to be told of it, if anything: by the caller, without the lock
     */
    Optional<String> note(Operation<?> operation, Failure failure) {
        count++;
        SlotFailure now = SlotFailure.of(clock.instant(), operation, failure);
        last = Optional.of(now);
        long nanos = nanoTime.getAsLong();
        Told before = told.get(failure.fault());
        if (before != null && nanos - before.atNanos < PERIOD_NANOS) {
            before.since++;
            return Optional.empty();
        }
        told.put(failure.fault(), new Told(nanos));
        String untold = before == null || before.since == 0
                ? ""
                : "; %d more failed so since this was told last".formatted(before.since);
        return Optional.of("unit %s: %s failed: %s %s%s"
                .formatted(unit, now.operation(), failure.fault(), failure.getMessage(), untold));
    }

    long count() {
        return count;
    }

    /** The last one, if there was any. */
    Optional<SlotFailure> last() {
        return last;
    }
}
