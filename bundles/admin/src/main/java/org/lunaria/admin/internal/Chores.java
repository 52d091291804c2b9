package org.lunaria.admin.internal;

import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What the administration does unasked, again and again: it looks whether files in {@code etc/} have changed, ends the moves of
 * volumes that have arrived, has backends that could not open their volume try again, and sees to the managed beans. Whatever goes
 * wrong is a line in the log, and comes to pass the next time. Thread-safe.
 *
 * <p>Three threads: what waits for a component that starts must not keep the others from their work.
 */
final class Chores implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Chores.class);

    private static final long FILES_MILLIS = 300;
    private static final long MOVES_MILLIS = 500;
    private static final long REVIVAL_MILLIS = 1_000;
    private static final long BEANS_MILLIS = 1_000;

    private final EtcWatch etcWatch;
    private final VolumeAdministration volumes;
    private final Revival revival;
    private final ManagedBeans beans;
    private final ScheduledExecutorService watch = thread("lunaria-watch");
    private final ScheduledExecutorService retries = thread("lunaria-retries");
    private final ScheduledExecutorService looks = thread("lunaria-beans");

    Chores(EtcWatch etcWatch, VolumeAdministration volumes, Revival revival, ManagedBeans beans) {
        this.etcWatch = etcWatch;
        this.volumes = volumes;
        this.revival = revival;
        this.beans = beans;
    }

    /** From now on all of it is done. Called once. */
    void start() {
        repeat(watch, FILES_MILLIS, FILES_MILLIS, this::lookAtFiles);
        repeat(watch, MOVES_MILLIS, MOVES_MILLIS, this::finishMoves);
        repeat(retries, REVIVAL_MILLIS, REVIVAL_MILLIS, () -> revive(revival::look));
        repeat(looks, 0, BEANS_MILLIS, this::refreshBeans);
    }

    /** Something has gone that may have been in the way of backends: they try again soon. Not to be called once it is closed. */
    void reviveAtOnce() {
        retries.execute(() -> revive(revival::lookAtOnce));
    }

    /** Begins nothing more; what is being done may go on for a moment. */
    @Override
    public void close() {
        retries.shutdownNow();
        watch.shutdownNow();
        looks.shutdownNow();
    }

    private void lookAtFiles() {
        try {
            etcWatch.look();
        } catch (RuntimeException e) {
            LOG.warn("The files in etc/ cannot be looked at.", e);
        }
    }

    private void finishMoves() {
        try {
            volumes.finishMoves();
        } catch (RuntimeException e) {
            LOG.warn("A volume that is copied cannot be moved yet.", e);
        }
    }

    private static void revive(Runnable look) {
        try {
            look.run();
        } catch (RuntimeException e) {
            LOG.warn("Volumes that could not be opened cannot be tried again yet.", e);
        }
    }

    private void refreshBeans() {
        try {
            beans.refresh();
        } catch (RuntimeException e) {
            LOG.warn("The managed beans are not as they should be.", e);
        }
    }

    private static void repeat(ScheduledExecutorService on, long firstMillis, long pauseMillis, Runnable chore) {
        on.scheduleWithFixedDelay(chore, firstMillis, pauseMillis, TimeUnit.MILLISECONDS);
    }

    private static ScheduledExecutorService thread(String name) {
        return Executors.newSingleThreadScheduledExecutor(work -> {
            Thread thread = new Thread(work, name);
            thread.setDaemon(true);
            return thread;
        });
    }
}
