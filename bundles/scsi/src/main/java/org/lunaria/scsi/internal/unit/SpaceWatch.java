package org.lunaria.scsi.internal.unit;

import java.util.Optional;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.lunaria.backend.BlockBackend.Capability;
import org.lunaria.backend.BlockBackend.Space;
import org.lunaria.scsi.internal.slot.BackendSlot;

/**
 * Looks every {@value #PERIOD_MILLIS} ms at the space that a unit's backend takes and has left: no command waits for it, and
 * none does anything for it. At most one look is under way. Thread-safe.
 */
final class SpaceWatch implements AutoCloseable {
    static final long PERIOD_MILLIS = 2_000;

    private final BackendSlot slot;
    private final ScheduledExecutorService timer;
    private final Consumer<Space> seen;
    private final AtomicBoolean looking = new AtomicBoolean();

    private volatile Optional<Space> last = Optional.empty();
    private volatile boolean closed;

    /**
     * @param timer starts the looks
     * @param seen hears of each; called by any thread, one after the other
     */
    SpaceWatch(BackendSlot slot, ScheduledExecutorService timer, Consumer<Space> seen) {
        this.slot = slot;
        this.timer = timer;
        this.seen = seen;
    }

    /** What was seen last; empty when the backend that is there does not tell, or there is none. */
    Optional<Space> last() {
        return last;
    }

    /** From now on it looks. */
    void start() {
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

    void look() {
        boolean tells = slot.isAttached()
                && slot.profile()
                        .filter(profile -> profile.can(Capability.SPACE))
                        .isPresent();
        if (!tells) {
            last = Optional.empty();
        } else if (looking.compareAndSet(false, true)) {
            slot.space().whenComplete(this::looked);
        }
    }

    private void looked(Space space, Throwable failure) {
        last = Optional.ofNullable(space);
        try {
            last.ifPresent(seen);
        } finally {
            looking.set(false);
        }
    }

    /** It looks no more. */
    @Override
    public void close() {
        closed = true;
    }
}
