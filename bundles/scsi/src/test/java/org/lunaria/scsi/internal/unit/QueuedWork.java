package org.lunaria.scsi.internal.unit;

import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.AbstractExecutorService;
import java.util.concurrent.TimeUnit;

/** A thread that works only when a test says so. Confined to the test's thread. */
final class QueuedWork extends AbstractExecutorService {
    private final Queue<Runnable> queue = new ArrayDeque<>();
    private boolean held;

    /** Does nothing from now on, until {@link #release}. */
    void hold() {
        held = true;
    }

    /** Does what has come, and all that comes. */
    void release() {
        held = false;
        while (!queue.isEmpty()) {
            queue.poll().run();
        }
    }

    @Override
    public void execute(Runnable command) {
        queue.add(command);
        if (!held) {
            release();
        }
    }

    @Override
    public void shutdown() {}

    @Override
    public List<Runnable> shutdownNow() {
        return List.copyOf(queue);
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
}
