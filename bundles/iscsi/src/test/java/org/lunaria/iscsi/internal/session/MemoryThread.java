package org.lunaria.iscsi.internal.session;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.lunaria.iscsi.internal.wire.IoBuffers;
import org.lunaria.iscsi.internal.wire.IoThread;

/** The thread of a test: what is put off runs when the test says so, and time goes when it says so. */
final class MemoryThread implements IoThread {
    private record Delayed(int second, Runnable work) {}

    private final IoBuffers buffers;
    private final Deque<Runnable> putOff = new ArrayDeque<>();
    private final List<Delayed> delayed = new ArrayList<>();
    private int second;
    private boolean busy;

    MemoryThread(IoBuffers buffers) {
        this.buffers = buffers;
    }

    /** Runs what was put off. */
    void run() {
        while (hasWork()) {
            putOff.removeFirst().run();
        }
    }

    boolean hasWork() {
        return !busy && !putOff.isEmpty();
    }

    /** Lets time go by. */
    void pass(int seconds) {
        second += seconds;
        List<Delayed> due =
                delayed.stream().filter(each -> each.second() <= second).toList();
        delayed.removeAll(due);
        due.forEach(each -> each.work().run());
        run();
    }

    /** While it is busy with something else, it does nothing that is handed over to it. */
    void busy(boolean now) {
        busy = now;
        run();
    }

    @Override
    public void execute(Runnable work) {
        if (busy) {
            putOff.addLast(work);
        } else {
            work.run();
        }
    }

    @Override
    public void later(Runnable work) {
        putOff.addLast(work);
    }

    @Override
    public void after(int seconds, Runnable work) {
        delayed.add(new Delayed(second + seconds, work));
    }

    @Override
    public IoBuffers buffers() {
        return buffers;
    }
}
