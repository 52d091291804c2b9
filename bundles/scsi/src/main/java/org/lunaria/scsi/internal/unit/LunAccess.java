package org.lunaria.scsi.internal.unit;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.lunaria.scsi.Nexus;
import org.lunaria.scsi.internal.command.Access;
import org.lunaria.scsi.internal.command.Device;
import org.lunaria.scsi.internal.page.PortIdentity;
import org.lunaria.scsi.internal.page.Sense;

/**
 * SAM's I_T_L nexus: an initiator's access to a unit under a number, with its unit attentions and its tasks. Thread-safe;
 * its lock guards the list of tasks, and only the nexus' own tasks and those who abort them take it.
 */
final class LunAccess implements Access {
    private final NexusPaths paths;
    private final LogicalUnit unit;
    private final Optional<Device> device;
    private final UnitAttentions attentions = new UnitAttentions();

    private volatile boolean mappedReadOnly;
    private volatile boolean removalPrevented;

    /** The newest of the tasks, which are linked. */
    private TaskEntry newest;

    private boolean closed;

    LunAccess(NexusPaths paths, LogicalUnit unit, boolean mappedReadOnly) {
        this.paths = paths;
        this.unit = unit;
        this.device = Optional.of(unit);
        this.mappedReadOnly = mappedReadOnly;
        attentions.establish(UnitAttention.POWER_ON);
    }

    Nexus nexus() {
        return paths.nexus();
    }

    LogicalUnit unit() {
        return unit;
    }

    UnitAttentions attentions() {
        return attentions;
    }

    void mapReadOnly(boolean readOnly) {
        if (mappedReadOnly != readOnly) {
            mappedReadOnly = readOnly;
            attentions.establish(UnitAttention.MODE_PARAMETERS_CHANGE);
        }
    }

    boolean preventsRemoval() {
        return removalPrevented;
    }

    @Override
    public Optional<Device> device() {
        return device;
    }

    @Override
    public PortIdentity port() {
        return paths.port();
    }

    @Override
    public boolean writeProtected() {
        return mappedReadOnly || unit.readOnly() || !unit.geometry().writable();
    }

    @Override
    public int[] luns() {
        return paths.luns();
    }

    @Override
    public void lunsReported() {
        paths.lunsReported();
    }

    @Override
    public Optional<Sense> takeUnitAttention() {
        return attentions.take().map(condition -> Sense.of(condition.code()));
    }

    @Override
    public void preventRemoval(boolean prevent) {
        removalPrevented = prevent;
    }

    /** Lists a task, unless the nexus is lost. */
    synchronized boolean add(TaskEntry entry) {
        if (closed) {
            return false;
        }
        entry.previous = newest;
        if (newest != null) {
            newest.next = entry;
        }
        newest = entry;
        return true;
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

    synchronized boolean hasTasks() {
        return newest != null;
    }

    synchronized boolean hasTask(long tag) {
        return !select(entry -> entry.task().tag() == tag).isEmpty();
    }

    /** Aborts the task with a tag; says whether there was one. */
    boolean abort(long tag, AbortCountdown countdown) {
        return abort(entry -> entry.task().tag() == tag, countdown);
    }

    /** Aborts all tasks; says whether there were some. */
    boolean abortAll(AbortCountdown countdown) {
        return abort(entry -> true, countdown);
    }

    /** The nexus is lost, or its unit gone: takes no more tasks, and aborts those that there are. */
    void close() {
        synchronized (this) {
            closed = true;
        }
        removalPrevented = false;
        abortAll(new AbortCountdown(() -> {}));
    }

    private boolean abort(Predicate<TaskEntry> which, AbortCountdown countdown) {
        List<TaskEntry> aborted;
        synchronized (this) {
            aborted = select(which);
            for (TaskEntry entry : aborted) {
                countdown.add();
                List<AbortCountdown> waiting = new ArrayList<>(entry.awaitedBy);
                waiting.removeIf(AbortCountdown::isOver);
                waiting.add(countdown);
                entry.awaitedBy = waiting;
            }
        }
        aborted.forEach(TaskEntry::abort);
        return !aborted.isEmpty();
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
