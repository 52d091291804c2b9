package org.lunaria.iscsi.internal.session;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Consumer;
import org.lunaria.iscsi.internal.wire.BufferPool;
import org.lunaria.iscsi.internal.wire.Wire;

/**
 * Starts the tasks of a session, in the order in which they came, when there is memory for their data and the initiator
 * takes what is sent. Confined to the session's thread. Bound: the tasks of the session.
 */
final class Admission {
    private final Wire wire;
    private final BufferPool pool;
    private final Consumer<ScsiTask> execute;
    private final Deque<ScsiTask> waiting = new ArrayDeque<>();
    private boolean retrying;
    private boolean askedForRoom;

    /** @param execute hands a task that was started to the engine */
    Admission(Wire wire, Consumer<ScsiTask> execute) {
        this.wire = wire;
        this.pool = wire.buffers().pool();
        this.execute = execute;
    }

    /** Whether nothing waits. */
    boolean isClear() {
        return waiting.isEmpty();
    }

    /** Starts a task, now or later. */
    void submit(ScsiTask task) {
        if (!waiting.isEmpty() || !start(task)) {
            waiting.addLast(task);
            askForRoom();
        }
    }

    /** A task that may be waiting is over. */
    void forget(ScsiTask task) {
        if (!waiting.isEmpty()) {
            waiting.remove(task);
        }
    }

    /** Starts what waits, as far as it goes. */
    void retry() {
        if (retrying || waiting.isEmpty()) {
            return;
        }
        retrying = true;
        for (ScsiTask next = waiting.pollFirst(); next != null; next = waiting.pollFirst()) {
            if (!start(next)) {
                waiting.addFirst(next);
                break;
            }
        }
        retrying = false;
        askForRoom();
    }

    private boolean start(ScsiTask task) {
        int bytes = task.neededBytes();
        if (bytes > 0 && (wire.output().isFull() || !pool.tryReserve(bytes))) {
            return false;
        }
        task.start(bytes);
        execute.accept(task);
        return true;
    }

    /** While the output is full nobody is asked: the retry comes when it has drained. */
    private void askForRoom() {
        if (waiting.isEmpty() || askedForRoom || wire.output().isFull()) {
            return;
        }
        askedForRoom = true;
        pool.whenRoom(
                waiting.getFirst().neededBytes(),
                () -> wire.later(() -> {
                    askedForRoom = false;
                    retry();
                }));
    }
}
