package org.lunaria.scsi.internal.slot;

import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.lunaria.event.EventKind;

/**
 * Looks every {@value #PERIOD_MILLIS} ms whether a backend keeps what it was asked, and says so in the log: once when it
 * begins, once when it is over. Nothing is done to the backend. Confined to the timer, but for {@link #start} and {@link #close}.
 */
public final class StallWatch implements AutoCloseable {
    static final long PERIOD_MILLIS = 2_000;

    private final String unit;
    private final Supplier<Stall> stall;
    private final ScheduledExecutorService timer;

    /** What was seen last. */
    private Stall last = Stall.NONE;

    private volatile boolean closed;

    StallWatch(String unit, Supplier<Stall> stall, ScheduledExecutorService timer) {
        this.unit = unit;
        this.stall = stall;
        this.timer = timer;
    }

    /** From now on it looks. */
    public void start() {
        timer.schedule(this::tick, PERIOD_MILLIS, TimeUnit.MILLISECONDS);
    }

    private void tick() {
        if (!closed) {
            try {
                look();
            } finally {
                start();
            }
        }
    }

    /** Returns what it said, or an empty text. */
    String look() {
        Stall now = stall.get();
        Stall before = last;
        last = now;
        if (now.operations() > 0 && before.operations() == 0) {
            String said = "unit %s: %d operations wait for its backend since %d s"
                    .formatted(unit, now.operations(), TimeUnit.MILLISECONDS.toSeconds(now.millis()));
            EventKind.BACKEND.warn(said);
            return said;
        }
        if (now.operations() == 0 && before.operations() > 0) {
            String said = "unit %s: its backend has ended what waited for it for %d s or longer"
                    .formatted(unit, TimeUnit.MILLISECONDS.toSeconds(before.millis()));
            EventKind.BACKEND.tell(said);
            return said;
        }
        return "";
    }

    /** It looks no more. */
    @Override
    public void close() {
        closed = true;
    }
}
