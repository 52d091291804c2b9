package org.lunaria.scsi.internal.unit;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.lunaria.scsi.internal.operation.OperationState;
import org.lunaria.scsi.internal.reservation.ReservationState;

/**
 * The tasks of a nexus with a unit, which are linked. Thread-safe; its lock guards the list, and only the nexus' own tasks and those who
 * abort them take it.
 */
final class NexusTasks {
    private final LunAccess access;

    /** The newest of the tasks. */
    private TaskEntry newest;

    private boolean closed;

    NexusTasks(LunAccess access) {
        this.access = access;
    }

    /** What became of a task that asked to be listed. */
    enum Listing {
        LISTED,
        /** Something has changed since the task was looked at: a unit attention, or reservations. */
        CHANGED,
        /** The nexus is lost. */
        CLOSED
    }

    /**
     * Lists a task. Tasks are aborted under the same lock: a task is either among them, or finds the unit attention that was
     * established before, or the reservations that were changed.
     *
     * @param seen the reservations that the task was held against
     * @param operation likewise that on the whole medium
     */
    synchronized Listing add(TaskEntry entry, ReservationState seen, OperationState operation) {
        if (closed) {
            return Listing.CLOSED;
        }
        if (!access.attentions().isEmpty() && !entry.ignoresUnitAttention()) {
            return Listing.CHANGED;
        }
        LogicalUnit unit = access.unit();
        if (unit.reservations().state() != seen || unit.operation() != operation) {
            return Listing.CHANGED;
        }
        entry.atWork = unit.blockOrder().isIdle();
        entry.previous = newest;
        if (newest != null) {
            newest.next = entry;
        }
        newest = entry;
        return Listing.LISTED;
    }

    /** Takes a task off the list; gives those who wait for its end. */
    synchronized List<AbortCountdown> remove(TaskEntry entry) {
        boolean listed = entry == newest || entry.next != null;
        if (!listed) {
            return List.of();
        }
        if (entry.previous != null) {
            entry.previous.next = entry.next;
        }
        if (entry.next != null) {
            entry.next.previous = entry.previous;
        } else {
            newest = entry.previous;
        }
        entry.previous = null;
        entry.next = null;
        return entry.awaitedBy;
    }

    /** Gives those who wait for the end of a task that is listed on, but changes nothing any more. */
    synchronized List<AbortCountdown> release(TaskEntry entry) {
        List<AbortCountdown> waiting = entry.awaitedBy;
        entry.awaitedBy = List.of();
        return waiting;
    }

    synchronized void forEach(Consumer<TaskEntry> visitor) {
        for (TaskEntry entry = newest; entry != null; entry = entry.previous) {
            visitor.accept(entry);
        }
    }

    synchronized boolean has(Predicate<TaskEntry> which) {
        return !select(which).isEmpty();
    }

    /** Takes no more tasks. */
    synchronized void close() {
        closed = true;
    }

    synchronized boolean isClosed() {
        return closed;
    }

    /** Whether it is closed and has no task left: it will never have one again. */
    synchronized boolean isSpent() {
        return closed && newest == null;
    }

    /**
     * Aborts tasks; says whether there were any.
     *
     * @param announcement looks at them before they are, and establishes a unit attention; with the lock held
     * @param mark says of one how it is answered; with the lock held
     */
    boolean abort(
            Predicate<TaskEntry> which,
            Consumer<List<TaskEntry>> announcement,
            Consumer<TaskEntry> mark,
            AbortCountdown countdown) {
        List<TaskEntry> selected;
        synchronized (this) {
            selected = select(which);
            announcement.accept(selected);
            for (TaskEntry entry : selected) {
                mark.accept(entry);
                countdown.add();
                List<AbortCountdown> waiting = new ArrayList<>(entry.awaitedBy);
                waiting.removeIf(AbortCountdown::isOver);
                waiting.add(countdown);
                entry.awaitedBy = waiting;
            }
        }
        selected.forEach(TaskEntry::abort);
        return !selected.isEmpty();
    }

    /** Oldest first. With the lock held. */
    private List<TaskEntry> select(Predicate<TaskEntry> which) {
        List<TaskEntry> selected = new ArrayList<>();
        for (TaskEntry entry = newest; entry != null; entry = entry.previous) {
            if (which.test(entry)) {
                selected.add(0, entry);
            }
        }
        return selected;
    }
}
