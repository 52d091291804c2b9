package org.lunaria.admin.internal;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Has backends that could not open their volume try again: what was in their way may have gone by itself. It was another
 * version of their bundle that had the volume open, or a file system that was not mounted, or a device that was not there. Service
 * Component Runtime does not try again by itself.
 *
 * <p>A first attempt comes after a second, each further one after twice the time, a minute at most; each that fails is a line
 * in the log. When a bundle has stopped all are tried at once. Confined to one thread.
 */
final class Revival {
    static final long FIRST_MILLIS = 1000;
    static final long MOST_MILLIS = 60_000;

    private static final Logger LOG = LoggerFactory.getLogger(Revival.class);

    /** When one is tried next, and what was waited before. */
    private record Next(long nanos, long pauseMillis) {}

    private final Changes changes;
    private final Components components;
    private final Consumer<InstanceId> attempt;
    private final LongSupplier nanoTime;
    private final Map<InstanceId, Next> next = new HashMap<>();
    private boolean atOnce;

    /** @param attempt has the component of a configuration try again */
    Revival(Changes changes, Components components, Consumer<InstanceId> attempt, LongSupplier nanoTime) {
        this.changes = changes;
        this.components = components;
        this.attempt = attempt;
        this.nanoTime = nanoTime;
    }

    /** Tries those whose time has come; to be called again and again. */
    void look() {
        changes.between(this::tryThoseThatAreDue);
    }

    /** Tries all, since something has changed. While a change of the configuration is under way they wait for its end. */
    void lookAtOnce() {
        atOnce = true;
        look();
    }

    private void tryThoseThatAreDue() {
        long now = nanoTime.getAsLong();
        Set<InstanceId> failed = components.failed(InstanceId.BACKEND_NAMESPACE);
        // One that is being tried has not failed for a moment; its pause goes on until it has shown that it runs.
        next.entrySet().removeIf(entry -> !failed.contains(entry.getKey()) && isDue(entry.getValue(), now));
        for (InstanceId id : failed) {
            Next due = next.computeIfAbsent(id, fresh -> after(now, FIRST_MILLIS));
            if (atOnce || isDue(due, now)) {
                LOG.info("{} is tried again.", id);
                attempt.accept(id);
                next.put(id, after(now, Math.min(2 * due.pauseMillis(), MOST_MILLIS)));
            }
        }
        atOnce = false;
    }

    private static boolean isDue(Next next, long now) {
        return next.nanos() - now <= 0;
    }

    private static Next after(long now, long pauseMillis) {
        return new Next(now + TimeUnit.MILLISECONDS.toNanos(pauseMillis), pauseMillis);
    }
}
