package org.lunaria.backend;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Queue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * A few threads that run what they are given, made for short work that one thread brings: waking a worker costs more than
 * most of this work. So the worker that slept last is woken first, one is woken at a time, and it wakes the next when it
 * finds more than it takes; under load workers find work without sleeping.
 *
 * <p>What moves little goes before what moves much, so that it does not wait behind a queue of bulk data; but of what
 * moves much, one goes after each {@link #SMALL_IN_A_ROW} that went before. Thread-safe.
 */
final class WorkerThreads implements AutoCloseable {

    enum Offer {
        TAKEN,
        FULL,
        CLOSED
    }

    /** What moves less is small. */
    static final int LARGE_BYTES = 64 * 1024;

    /** So many small ones go before a large one that waits: together they are about as much. */
    static final int SMALL_IN_A_ROW = 16;

    private static final long IDLE_NANOS = TimeUnit.SECONDS.toNanos(10);

    private final String name;
    private final int threadsMax;
    private final int workMax;

    // Guarded by this; nobody is woken and nothing is run while it is held.
    private final Queue<Runnable> small = new ArrayDeque<>();
    private final Queue<Runnable> large = new ArrayDeque<>();
    private int smallInARow;
    private final Deque<Worker> idle = new ArrayDeque<>();
    private int work;
    private int threads;
    private int started;
    private boolean waking;
    private boolean closed;

    /**
     * @param threadsMax at least 1; they end after 10 idle seconds
     * @param waitingMax what may wait while every thread works
     */
    WorkerThreads(String name, int threadsMax, int waitingMax) {
        this.name = name;
        this.threadsMax = threadsMax;
        this.workMax = threadsMax + waitingMax;
    }

    /**
     * Has something run that throws nothing.
     *
     * @param bytes that it moves
     */
    Offer offer(long bytes, Runnable something) {
        Queue<Runnable> waiting = bytes < LARGE_BYTES ? small : large;
        Worker next;
        synchronized (this) {
            if (closed) {
                return Offer.CLOSED;
            }
            if (work == workMax) {
                return Offer.FULL;
            }
            work++;
            waiting.add(something);
            next = nextToWake();
        }
        return wake(next) || !withdraw(waiting, something) ? Offer.TAKEN : Offer.FULL;
    }

    /** Takes back what nobody is there to run. */
    private synchronized boolean withdraw(Queue<Runnable> waiting, Runnable something) {
        boolean withdrawn = threads == 0 && waiting.remove(something);
        if (withdrawn) {
            work--;
        }
        return withdrawn;
    }

    /** Takes no more, and waits until what was taken is done. */
    @Override
    public synchronized void close() {
        closed = true;
        idle.forEach(LockSupport::unpark);
        boolean interrupted = false;
        while (threads > 0) {
            try {
                wait();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** Threads that have nothing to do and have said so. */
    synchronized int idleThreads() {
        return idle.size();
    }

    /** Where the next work is taken from, if there is any. */
    private Queue<Runnable> nextQueue() {
        boolean largeIsDue = !large.isEmpty() && (small.isEmpty() || smallInARow == SMALL_IN_A_ROW);
        smallInARow = largeIsDue || large.isEmpty() ? 0 : smallInARow + 1;
        return largeIsDue ? large : small;
    }

    /** Who is to be woken for what waits, or null: also while one that was woken has not looked yet. */
    private Worker nextToWake() {
        if (waking || small.isEmpty() && large.isEmpty()) {
            return null;
        }
        Worker next = idle.pollFirst();
        if (next == null && threads < threadsMax) {
            next = new Worker(name + "-" + ++started);
            threads++;
        }
        if (next != null) {
            waking = true;
            next.woken = true;
        }
        return next;
    }

    /** False when a thread was to be made and the system has none to give. */
    private boolean wake(Worker next) {
        if (next == null) {
            return true;
        }
        if (next.begun) {
            LockSupport.unpark(next);
            return true;
        }
        return begin(next);
    }

    private boolean begin(Worker next) {
        next.begun = true;
        try {
            next.start();
            return true;
        } catch (OutOfMemoryError noThread) {
            synchronized (this) {
                threads--;
                waking = false;
                notifyAll();
            }
            return false;
        }
    }

    private final class Worker extends Thread {
        private boolean begun;

        /** Guarded by the pool, as is what it stands for: it is not idle, and the next one to look for work. */
        private boolean woken;

        private boolean working;

        Worker(String name) {
            super(name);
            setDaemon(true);
        }

        @Override
        public void run() {
            do {
                for (Runnable next = take(); next != null; next = take()) {
                    next.run();
                }
            } while (sleep());
        }

        /** What is to be done next, the last being done; or null after it was noted as idle. */
        private Runnable take() {
            Runnable next;
            Worker another;
            synchronized (WorkerThreads.this) {
                if (woken) {
                    woken = false;
                    waking = false;
                }
                if (working) {
                    work--;
                }
                next = nextQueue().poll();
                working = next != null;
                if (!working) {
                    idle.addFirst(this);
                    return null;
                }
                another = nextToWake();
            }
            wake(another);
            return next;
        }

        /** Waits for being woken; false when the thread is to end. */
        private boolean sleep() {
            long end = System.nanoTime() + IDLE_NANOS;
            for (long left = IDLE_NANOS; ; left = end - System.nanoTime()) {
                synchronized (WorkerThreads.this) {
                    if (woken) {
                        return true;
                    }
                    if (closed || left <= 0) {
                        idle.remove(this);
                        threads--;
                        WorkerThreads.this.notifyAll();
                        return false;
                    }
                }
                LockSupport.parkNanos(WorkerThreads.this, left);
            }
        }
    }
}
