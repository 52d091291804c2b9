package org.lunaria.iscsi.internal.wire;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.Queue;

/**
 * Those who wait for a reservation in a {@link BufferPool}, in the order of their numbers: tasks, reads, and the tasks of each
 * stuck unit in a line of their own. Guarded by the pool.
 */
final class Waiting {
    private final Budget budget;
    private final Shares shares;
    private final Queue<BufferPool.Waiter> tasks =
            new PriorityQueue<>(Comparator.comparingLong(BufferPool.Waiter::number));
    private final Queue<BufferPool.Waiter> reads =
            new PriorityQueue<>(Comparator.comparingLong(BufferPool.Waiter::number));

    Waiting(Budget budget, Shares shares) {
        this.budget = budget;
        this.shares = shares;
    }

    void add(BufferPool.Waiter waiter) {
        queue(waiter.purpose(), waiter.share()).add(waiter);
        waiter.share().waits();
    }

    /** False when it has been served. */
    boolean remove(BufferPool.Waiter waiter) {
        boolean waited = queue(waiter.purpose(), waiter.share()).remove(waiter);
        if (waited) {
            waiter.share().waitsNoLonger();
        }
        return waited;
    }

    boolean noRead() {
        return reads.isEmpty();
    }

    int count() {
        return tasks.size()
                + reads.size()
                + (int) shares.ofStuck(share -> share.line().size());
    }

    /** Whether a task may have so much now that does not wait. */
    boolean mayPass(Share share, long number, int bytes) {
        BufferPool.Purpose task = BufferPool.Purpose.TASK;
        return number <= first(queue(task, share)) && mayBeServed(task, share, number, bytes);
    }

    /** A unit is stuck now, or no longer. */
    void changeLine(Share share) {
        if (share.isStuck()) {
            tasks.stream().filter(waiter -> waiter.share() == share).forEach(share.line()::add);
            tasks.removeAll(share.line());
        } else {
            tasks.addAll(share.line());
            share.line().clear();
        }
    }

    private Queue<BufferPool.Waiter> queue(BufferPool.Purpose purpose, Share share) {
        return switch (purpose) {
            case TASK -> share.isStuck() ? share.line() : tasks;
            case READ -> reads;
        };
    }

    /** Whether it may be served, who is the first of its kind. */
    private boolean mayBeServed(BufferPool.Purpose purpose, Share share, long number, int bytes) {
        boolean inTurn = purpose == BufferPool.Purpose.READ || number <= first(reads);
        return inTurn && budget.fits(purpose, share, bytes) || budget.mustBeServed(purpose, share, bytes);
    }

    private static long first(Queue<BufferPool.Waiter> queue) {
        return queue.isEmpty() ? BufferPool.NO_NUMBER : queue.peek().number();
    }

    /** Takes those out of the queues who are served. */
    List<BufferPool.Waiter> serve() {
        if (tasks.isEmpty() && reads.isEmpty() && shares.stuck().isEmpty()) {
            return List.of();
        }
        List<BufferPool.Waiter> served = new ArrayList<>();
        boolean readsFirst = first(reads) < first(tasks);
        serve(readsFirst ? reads : tasks, served);
        serve(readsFirst ? tasks : reads, served);
        for (Share share : shares.stuck()) {
            serve(share.line(), served);
        }
        return served;
    }

    private void serve(Queue<BufferPool.Waiter> queue, List<BufferPool.Waiter> served) {
        for (BufferPool.Waiter next = queue.peek(); next != null && mayBeServed(next); next = queue.peek()) {
            budget.reserve(next.purpose(), next.share(), next.bytes());
            next.share().waitsNoLonger();
            served.add(queue.remove());
        }
    }

    private boolean mayBeServed(BufferPool.Waiter first) {
        return mayBeServed(first.purpose(), first.share(), first.number(), first.bytes());
    }
}
