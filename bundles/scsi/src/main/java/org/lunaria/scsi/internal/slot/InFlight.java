package org.lunaria.scsi.internal.slot;

import java.util.concurrent.TimeUnit;

/**
 * The operations that backends of a slot have not done at once, in the order in which they began: also those of a backend that
 * has gone and keeps them. As many as the unit has tasks at most. Thread-safe; its lock is a leaf.
 */
final class InFlight {
    /** What is with a backend for so long waits for it: longer than a disk that is busy takes. */
    static final long STALL_NANOS = TimeUnit.SECONDS.toNanos(10);

    /** One operation; its neighbours are guarded by the list. */
    static final class Entry {
        private final Counters.Counter counter;
        private final long beganNanos;
        private Entry previous = this;
        private Entry next = this;

        private Entry(Counters.Counter counter, long beganNanos) {
            this.counter = counter;
            this.beganNanos = beganNanos;
        }
    }

    /** First and last at once. */
    private final Entry ends = new Entry(null, 0);

    private int size;

    Entry begin(Counters.Counter counter, long nanoTime) {
        Entry entry = new Entry(counter, nanoTime);
        synchronized (this) {
            entry.previous = ends.previous;
            entry.next = ends;
            ends.previous.next = entry;
            ends.previous = entry;
            size++;
        }
        return entry;
    }

    void end(Entry entry, long nanoTime) {
        entry.counter.done(nanoTime - entry.beganNanos);
        synchronized (this) {
            entry.previous.next = entry.next;
            entry.next.previous = entry.previous;
            size--;
        }
    }

    synchronized int size() {
        return size;
    }

    /** Those that wait for their backend for too long. */
    synchronized Stall stall(long nanoTime) {
        int count = 0;
        for (Entry entry = ends.next; entry != ends && nanoTime - entry.beganNanos >= STALL_NANOS; entry = entry.next) {
            count++;
        }
        return count == 0
                ? Stall.NONE
                : new Stall(count, TimeUnit.NANOSECONDS.toMillis(nanoTime - ends.next.beganNanos));
    }
}
