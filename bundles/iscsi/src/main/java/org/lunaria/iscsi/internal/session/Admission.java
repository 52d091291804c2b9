package org.lunaria.iscsi.internal.session;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Consumer;
import org.lunaria.iscsi.internal.wire.BufferPool;
import org.lunaria.iscsi.internal.wire.IoThread;

/**
 * Starts the tasks of a session, in the order in which they came, when there is memory for their data and the initiator
 * takes what is sent. The first that waits stands in the pool's queue, with those of other sessions. Confined to the
 * session's thread. Bound: the tasks of the session.
 */
final class Admission {
    private final IoThread thread;
    private final BufferPool pool;
    private final Consumer<ScsiTask> execute;
    private final Deque<ScsiTask> waiting = new ArrayDeque<>();
    private boolean retrying;

    /** In the pool's queue, or served there and not told yet; or null. */
    private BufferPool.Waiter waiter;

    /** @param execute hands a task that was started to the engine */
    Admission(IoThread thread, Consumer<ScsiTask> execute) {
        this.thread = thread;
        this.pool = thread.buffers().pool();
        this.execute = execute;
    }

    /** Whether nothing waits. */
    boolean isClear() {
        return waiting.isEmpty();
    }

    /** Starts a task, now or later. */
    void submit(ScsiTask task) {
        long drawn = task.connection().connection().readNumber();
        if (!waiting.isEmpty() || !tryStart(task, drawn)) {
            task.waitsWith(drawn == BufferPool.NO_NUMBER ? pool.number() : drawn);
            waiting.addLast(task);
            standInQueue();
        }
    }

    /** A task that may be waiting is over. */
    void forget(ScsiTask task) {
        if (waiting.isEmpty()) {
            return;
        }
        boolean first = waiting.getFirst() == task;
        waiting.remove(task);
        if (first) {
            leaveQueue();
            standInQueue();
        }
    }

    /** Starts what waits, as far as it goes. */
    void retry() {
        if (retrying) {
            return;
        }
        retrying = true;
        for (ScsiTask next = waiting.pollFirst(); next != null; next = waiting.pollFirst()) {
            if (!tryStart(next, next.number())) {
                waiting.addFirst(next);
                break;
            }
        }
        retrying = false;
        standInQueue();
    }

    private boolean tryStart(ScsiTask task, long number) {
        int bytes = task.neededBytes();
        if (bytes > 0 && (task.connection().isFull() || !pool.tryReserve(number, bytes))) {
            return false;
        }
        start(task, bytes);
        return true;
    }

    private void start(ScsiTask task, int reservedBytes) {
        task.start(reservedBytes);
        execute.accept(task);
    }

    /** While the output is full nobody stands there: the retry comes when it has drained. */
    private void standInQueue() {
        if (!waiting.isEmpty()
                && waiter == null
                && !waiting.getFirst().connection().isFull()) {
            ScsiTask first = waiting.getFirst();
            waiter = pool.await(
                    BufferPool.Purpose.TASK, first.number(), first.neededBytes(), () -> thread.later(this::served));
        }
    }

    private void leaveQueue() {
        if (waiter != null && pool.cancel(waiter)) {
            waiter = null;
        }
    }

    /** The memory that a task stood in the queue for is reserved; the task itself may be over meanwhile. */
    private void served() {
        int bytes = waiter.bytes();
        waiter = null;
        ScsiTask first = waiting.peekFirst();
        if (first == null || first.connection().isFull() || first.neededBytes() > bytes) {
            pool.unreserve(BufferPool.Purpose.TASK, bytes);
        } else {
            start(waiting.pollFirst(), bytes);
        }
        retry();
    }
}
