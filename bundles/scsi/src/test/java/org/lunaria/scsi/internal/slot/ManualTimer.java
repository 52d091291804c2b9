package org.lunaria.scsi.internal.slot;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.AbstractExecutorService;
import java.util.concurrent.Callable;
import java.util.concurrent.Delayed;
import java.util.concurrent.FutureTask;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

/** A timer whose time passes only when a test says so. Confined to the test's thread, but for the time. */
public final class ManualTimer extends AbstractExecutorService implements ScheduledExecutorService {
    private final List<Entry> entries = new ArrayList<>();
    private volatile long nowMillis;

    /** Its time, as {@link System#nanoTime}. */
    public long nanoTime() {
        return TimeUnit.MILLISECONDS.toNanos(nowMillis);
    }

    /** Lets time pass, and runs what is due on the calling thread. */
    public void advance(long millis) {
        nowMillis += millis;
        for (Entry entry : List.copyOf(entries)) {
            if (entry.dueMillis <= nowMillis && entries.remove(entry)) {
                entry.run();
            }
        }
    }

    /** How many things are due in just so long. */
    int waiting(long millis) {
        return (int) entries.stream()
                .filter(entry -> entry.dueMillis == nowMillis + millis)
                .count();
    }

    @Override
    public ScheduledFuture<?> schedule(Runnable command, long delay, TimeUnit unit) {
        Entry entry = new Entry(command, nowMillis + unit.toMillis(delay));
        entries.add(entry);
        return entry;
    }

    @Override
    public void execute(Runnable command) {
        command.run();
    }

    @Override
    public <V> ScheduledFuture<V> schedule(Callable<V> callable, long delay, TimeUnit unit) {
        throw new UnsupportedOperationException();
    }

    @Override
    public ScheduledFuture<?> scheduleAtFixedRate(Runnable command, long initialDelay, long period, TimeUnit unit) {
        throw new UnsupportedOperationException();
    }

    @Override
    public ScheduledFuture<?> scheduleWithFixedDelay(Runnable command, long initialDelay, long delay, TimeUnit unit) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void shutdown() {
        entries.clear();
    }

    @Override
    public List<Runnable> shutdownNow() {
        entries.clear();
        return List.of();
    }

    @Override
    public boolean isShutdown() {
        return false;
    }

    @Override
    public boolean isTerminated() {
        return false;
    }

    @Override
    public boolean awaitTermination(long timeout, TimeUnit unit) {
        return true;
    }

    private static final class Entry extends FutureTask<Void> implements ScheduledFuture<Void> {
        private final long dueMillis;

        Entry(Runnable command, long dueMillis) {
            super(command, null);
            this.dueMillis = dueMillis;
        }

        @Override
        public long getDelay(TimeUnit unit) {
            return unit.convert(dueMillis, TimeUnit.MILLISECONDS);
        }

        @Override
        public int compareTo(Delayed other) {
            return Long.compare(getDelay(TimeUnit.MILLISECONDS), other.getDelay(TimeUnit.MILLISECONDS));
        }
    }
}
