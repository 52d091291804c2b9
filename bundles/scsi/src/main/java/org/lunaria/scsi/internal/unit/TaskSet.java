package org.lunaria.scsi.internal.unit;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The order of a logical unit's tasks (SAM-5 clause 8). A SIMPLE task starts at once, unless an ORDERED one is in the set:
 * that waits for all older ones, and all younger ones wait for it. HEAD OF QUEUE never waits, and while one is at work no
 * other begins that is not. The commands of a third-party copy wait for nobody: who waits for the copy, of this unit or of
 * another one, must not keep it waiting. Nor does a command wait that ends all others. Bounded.
 *
 * <p>Thread-safe. A SIMPLE task takes the lock only while one of the others is in the set. That the two cannot miss each other
 * rests on the order of writes: a task counts itself before it looks for a barrier, and a barrier is raised before the
 * count is looked at.
 */
final class TaskSet {

    /** Tasks at work, and as many waiting. */
    static final int LIMIT = 4096;

    /** What became of a task that asked to be let in. */
    enum Admission {
        /** The caller starts it. */
        STARTED,
        /** It is started on its executor when its turn comes, which may have been already. */
        DORMANT,
        /** TASK SET FULL. */
        FULL
    }

    private final UnitStatistics statistics;
    private final AtomicInteger active = new AtomicInteger();
    private final Object lock = new Object();
    private final Deque<TaskEntry> dormant = new ArrayDeque<>();
    private boolean orderedAtWork;

    /** HEAD OF QUEUE tasks; all of them are at work. */
    private int heads;

    /** ORDERED and HEAD OF QUEUE tasks in the set; written under the lock. */
    private volatile int barriers;

    /** @param statistics hears when the set is empty */
    TaskSet(UnitStatistics statistics) {
        this.statistics = statistics;
    }

    Admission admit(TaskEntry entry) {
        if (entry.waitsForNobody()) {
            return count(entry) ? Admission.STARTED : Admission.FULL;
        }
        return switch (entry.task().attribute()) {
            case SIMPLE -> admitSimple(entry);
            case HEAD_OF_QUEUE -> admitHead(entry);
            case ORDERED -> queue(entry, true);
            case ACA -> throw new IllegalArgumentException("there is never an auto contingent allegiance");
        };
    }

    /** A task that was started has ended. */
    void leave(TaskEntry entry, long nowNanos) {
        // Before the count: who finds the set empty after that sees the time.
        statistics.leaves(nowNanos);
        active.decrementAndGet();
        if (barriers != 0) {
            List<TaskEntry> next;
            synchronized (lock) {
                if (entry.isOrdered()) {
                    barriers--;
                    orderedAtWork = false;
                } else if (entry.isHeadOfQueue()) {
                    barriers--;
                    heads--;
                }
                next = release();
            }
            next.forEach(TaskEntry::wake);
        }
    }

    /** Takes a task out that was not started. */
    boolean withdraw(TaskEntry entry) {
        List<TaskEntry> next;
        synchronized (lock) {
            if (!dormant.remove(entry)) {
                return false;
            }
            if (entry.isOrdered()) {
                barriers--;
            }
            next = release();
        }
        next.forEach(TaskEntry::wake);
        return true;
    }

    private Admission admitSimple(TaskEntry entry) {
        if (!count(entry)) {
            return Admission.FULL;
        }
        if (barriers == 0) {
            return Admission.STARTED;
        }
        active.decrementAndGet();
        return queue(entry, false);
    }

    private Admission admitHead(TaskEntry entry) {
        if (!count(entry)) {
            return Admission.FULL;
        }
        synchronized (lock) {
            barriers++;
            heads++;
        }
        return Admission.STARTED;
    }

    private Admission queue(TaskEntry entry, boolean ordered) {
        List<TaskEntry> next;
        entry.postpone();
        synchronized (lock) {
            if (dormant.size() >= LIMIT) {
                return Admission.FULL;
            }
            if (ordered) {
                barriers++;
            }
            dormant.add(entry);
            next = release();
        }
        next.forEach(TaskEntry::wake);
        return Admission.DORMANT;
    }

    private boolean count(TaskEntry entry) {
        int count = active.incrementAndGet();
        if (count == 1) {
            statistics.wakes(entry.arrivedNanos());
        }
        if (count > LIMIT) {
            active.decrementAndGet();
            return false;
        }
        return true;
    }

    /** Takes out of the queue what may start now, and counts it. With the lock held. */
    private List<TaskEntry> release() {
        List<TaskEntry> next = new ArrayList<>();
        while (!orderedAtWork && heads == 0 && !dormant.isEmpty()) {
            boolean ordered = dormant.peek().isOrdered();
            if (ordered && active.get() > 0) {
                break;
            }
            active.incrementAndGet();
            orderedAtWork = ordered;
            next.add(dormant.poll());
        }
        return next;
    }
}
