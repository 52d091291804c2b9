package org.lunaria.scsi.internal.unit;

import java.util.Optional;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntConsumer;

/** Counts aborted tasks until all of them have ended, or the time for that is over; does one thing then, once. Thread-safe. */
final class AbortCountdown {
    /** How long aborted tasks are waited for: less than initiators wait for an abort, of which Linux' are the least patient. */
    static final long ANSWER_MILLIS = 10_000;

    private final AtomicInteger left = new AtomicInteger(1);
    private final AtomicBoolean over = new AtomicBoolean();
    private final Runnable whenEnded;
    private volatile Optional<Future<?>> bound = Optional.empty();

    AbortCountdown(Runnable whenEnded) {
        this.whenEnded = whenEnded;
    }

    void add() {
        left.incrementAndGet();
    }

    /** A task has ended. */
    void arrive() {
        if (left.decrementAndGet() == 0 && over.compareAndSet(false, true)) {
            bound.ifPresent(running -> running.cancel(false));
            whenEnded.run();
        }
    }

    /**
     * All tasks were added. Called once.
     *
     * @param whenLate gets the number of tasks that have not ended in time
     */
    void await(ScheduledExecutorService timer, IntConsumer whenLate) {
        arrive();
        if (isOver()) {
            return;
        }
        Future<?> running = timer.schedule(() -> expire(whenLate), ANSWER_MILLIS, TimeUnit.MILLISECONDS);
        bound = Optional.of(running);
        if (isOver()) {
            running.cancel(false);
        }
    }

    /** Whether nobody waits any more. */
    boolean isOver() {
        return over.get();
    }

    private void expire(IntConsumer whenLate) {
        if (over.compareAndSet(false, true)) {
            whenLate.accept(left.get());
        }
    }
}
