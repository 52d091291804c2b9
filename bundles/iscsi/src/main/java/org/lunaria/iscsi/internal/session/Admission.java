package org.lunaria.iscsi.internal.session;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.function.Consumer;
import org.lunaria.iscsi.internal.wire.BufferPool;
import org.lunaria.iscsi.internal.wire.IoThread;
import org.lunaria.iscsi.internal.wire.Share;

/**
 * Starts the tasks of a session, those of each unit in the order in which they came, when there is memory for their data
 * and the initiator takes what is sent. The first of each unit that waits stands in the pool's queue, with those of other
 * sessions. Confined to the session's thread. Bound: the tasks of the session.
 */
final class Admission {
    private final IoThread thread;
    private final BufferPool pool;
    private final Consumer<ScsiTask> execute;

    /** Of the units that tasks wait for; mostly none. */
    private final List<Line> lines = new ArrayList<>();

    private boolean retrying;

    /** @param execute hands a task that was started to the engine */
    Admission(IoThread thread, Consumer<ScsiTask> execute) {
        this.thread = thread;
        this.pool = thread.buffers().pool();
        this.execute = execute;
    }

    /** Whether nothing waits, but for units that give no memory back: those keep the others from nothing. */
    boolean isClear() {
        for (int index = 0; index < lines.size(); index++) {
            if (!lines.get(index).share.isStuck()) {
                return false;
            }
        }
        return true;
    }

    /** Starts a task, now or later. */
    void submit(ScsiTask task) {
        long drawn = task.connection().connection().readNumber();
        if (isWaitedFor(task.share()) || !tryStart(task, drawn)) {
            task.waitsWith(drawn == BufferPool.NO_NUMBER ? pool.number() : drawn);
            line(task.share()).add(task);
        }
    }

    /** A task that may be waiting is over. */
    void forget(ScsiTask task) {
        if (isWaitedFor(task.share())) {
            line(task.share()).forget(task);
        }
    }

    /** Starts what waits, as far as it goes. */
    void retry() {
        if (retrying || lines.isEmpty()) {
            return;
        }
        retrying = true;
        List.copyOf(lines).forEach(Line::retry);
        retrying = false;
    }

    private boolean isWaitedFor(Share share) {
        for (int index = 0; index < lines.size(); index++) {
            if (lines.get(index).share == share) {
                return true;
            }
        }
        return false;
    }

    private Line line(Share share) {
        return lines.stream().filter(each -> each.share == share).findFirst().orElseGet(() -> {
            Line line = new Line(share);
            lines.add(line);
            return line;
        });
    }

    private boolean tryStart(ScsiTask task, long number) {
        int bytes = task.neededBytes();
        if (bytes > 0 && (task.connection().isFull() || !pool.tryReserve(task.share(), number, bytes))) {
            return false;
        }
        start(task, bytes);
        return true;
    }

    private void start(ScsiTask task, int reservedBytes) {
        task.start(reservedBytes);
        execute.accept(task);
    }

    /** The tasks of one unit that wait. */
    private final class Line {
        private final Share share;
        private final Deque<ScsiTask> waiting = new ArrayDeque<>();

        /** In the pool's queue, or served there and not told yet; or null. */
        private BufferPool.Waiter waiter;

        Line(Share share) {
            this.share = share;
        }

        void add(ScsiTask task) {
            waiting.addLast(task);
            standInQueue();
        }

        void forget(ScsiTask task) {
            boolean first = waiting.peekFirst() == task;
            waiting.remove(task);
            if (first) {
                leaveQueue();
                standInQueue();
            }
        }

        void retry() {
            for (ScsiTask next = waiting.pollFirst(); next != null; next = waiting.pollFirst()) {
                if (!tryStart(next, next.number())) {
                    waiting.addFirst(next);
                    break;
                }
            }
            standInQueue();
        }

        /** While the output is full nobody stands there: the retry comes when it has drained. */
        private void standInQueue() {
            if (waiting.isEmpty()) {
                endWhenEmpty();
            } else if (waiter == null && !waiting.getFirst().connection().isFull()) {
                ScsiTask first = waiting.getFirst();
                waiter = pool.await(
                        BufferPool.Purpose.TASK,
                        share,
                        first.number(),
                        first.neededBytes(),
                        () -> thread.later(this::served));
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
                pool.unreserve(BufferPool.Purpose.TASK, share, bytes, false);
            } else {
                start(waiting.pollFirst(), bytes);
            }
            Admission.this.retry();
            endWhenEmpty();
        }

        private void endWhenEmpty() {
            if (waiting.isEmpty() && waiter == null) {
                lines.remove(this);
            }
        }
    }
}
