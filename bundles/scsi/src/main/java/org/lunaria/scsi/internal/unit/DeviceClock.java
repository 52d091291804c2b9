package org.lunaria.scsi.internal.unit;

import java.util.Optional;
import java.util.function.LongSupplier;
import org.lunaria.scsi.internal.page.Timestamp;
import org.lunaria.scsi.internal.page.Timestamp.Origin;

/**
 * The device clock of a unit (SPC-4 5.2): it shows the host's time until an initiator sets it, and from then on goes by
 * itself, whatever becomes of the host's (SCSIP); resets leave it. Thread-safe.
 */
final class DeviceClock {
    private static final long MASK_48_BITS = (1L << 48) - 1;
    private static final long NANOS_OF_MILLI = 1_000_000;

    private record Setting(long millis, long atNanos) {}

    private final LongSupplier hostMillis;
    private final LongSupplier nanos;
    private volatile Optional<Setting> setting = Optional.empty();

    /**
     * @param hostMillis the host's time, since 1970
     * @param nanos goes on evenly
     */
    DeviceClock(LongSupplier hostMillis, LongSupplier nanos) {
        this.hostMillis = hostMillis;
        this.nanos = nanos;
    }

    Timestamp now() {
        Optional<Setting> set = setting;
        long millis = set.map(then -> then.millis + (nanos.getAsLong() - then.atNanos) / NANOS_OF_MILLI)
                .orElseGet(hostMillis::getAsLong);
        return new Timestamp(set.isPresent() ? Origin.SET_TIMESTAMP : Origin.OUTSIDE, millis & MASK_48_BITS);
    }

    void set(long millis) {
        setting = Optional.of(new Setting(millis, nanos.getAsLong()));
    }
}
