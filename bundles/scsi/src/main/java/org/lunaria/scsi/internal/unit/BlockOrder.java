package org.lunaria.scsi.internal.unit;

import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import org.lunaria.backend.Completions;
import org.lunaria.scsi.internal.command.Blocks;

/**
 * The order of a logical unit's tasks on its blocks, beside that of the {@link TaskSet}: a task that has to be one step to
 * all others, as COMPARE AND WRITE (SBC-4), claims its blocks. It gets them when every task is over that was at work on one
 * of them, and until it ends none begins there. Other blocks are not concerned, and no claim is passed by.
 *
 * <p>Thread-safe. While nothing is claimed a task pays for it with two volatile reads, {@link #isIdle} when it is listed and
 * when it has ended, and nobody keeps a list of ranges: who claims walks the tasks that the nexuses list, and takes their
 * ranges from their CDBs. That the two cannot miss each other rests on the lock of the nexus' list: a task is listed, and
 * taken off, under it. One that the walk does not find is listed later, and then finds the claim; one that it finds ends
 * later, and then finds the claim.
 *
 * <p>Every claim waits for older claims and for tasks at work only, and nothing at work waits for a claim: there is no
 * deadlock. A task that waits in the task set is not at work.
 */
final class BlockOrder {

    /** Walks the tasks of the unit that are listed. */
    @FunctionalInterface
    interface Tasks {
        void forEach(Consumer<TaskEntry> visitor);
    }

    /** Who waits for blocks, or has claimed them. */
    private static final class Claim {
        final TaskEntry entry;
        final Blocks blocks;

        /** Whether it claims them, or only has to wait until they are free. */
        final boolean exclusive;

        /** Tasks that have to end first. */
        final Set<TaskEntry> blockers = Collections.newSetFromMap(new IdentityHashMap<>());

        final CompletableFuture<Void> granted = new CompletableFuture<>();

        Claim(TaskEntry entry, Blocks blocks, boolean exclusive) {
            this.entry = entry;
            this.blocks = blocks;
            this.exclusive = exclusive;
        }

        /** Whether an older one has to end before this one. */
        boolean yieldsTo(Claim older) {
            return (exclusive || older.exclusive) && blocks.overlaps(older.blocks);
        }
    }

    private final Tasks tasks;
    private final Object lock = new Object();

    /** Oldest first. One that only waited leaves when it begins. */
    private final Map<TaskEntry, Claim> claims = new LinkedHashMap<>();

    /** Claims that are exclusive; written under the lock. */
    private volatile int exclusives;

    BlockOrder(Tasks tasks) {
        this.tasks = tasks;
    }

    /** Whether nothing is claimed. */
    boolean isIdle() {
        return exclusives == 0;
    }

    /**
     * A task that was not at work when it was listed wants to begin.
     *
     * @return completes when it may, on any thread; never, if it is withdrawn
     */
    CompletionStage<Void> enter(TaskEntry entry) {
        Claim claim = new Claim(entry, entry.blocks(), false);
        synchronized (lock) {
            return place(claim);
        }
    }

    /** A task claims blocks, until it ends. At most once a task, and not for one whose row of the table says that it moves them. */
    CompletionStage<Void> claim(TaskEntry entry, Blocks blocks) {
        Claim claim = new Claim(entry, blocks, true);
        synchronized (lock) {
            exclusives++;
            tasks.forEach(other -> {
                if (other.atWork && blocks.overlaps(other.blocks())) {
                    claim.blockers.add(other);
                }
            });
            return place(claim);
        }
    }

    /** A task that was thought to be at work waits in the task set: it asks anew when its turn comes. */
    void postpone(TaskEntry entry) {
        List<Claim> granted;
        synchronized (lock) {
            entry.atWork = false;
            granted = release(entry);
        }
        complete(granted);
    }

    /** Takes back what a task waits for; says whether it still waited. */
    boolean withdraw(TaskEntry entry) {
        List<Claim> granted;
        synchronized (lock) {
            Claim claim = claims.get(entry);
            if (claim == null || claim.blockers.isEmpty()) {
                return false;
            }
            granted = remove(entry);
        }
        complete(granted);
        return true;
    }

    /** A task has ended, and is listed no more. */
    void leave(TaskEntry entry) {
        if (isIdle()) {
            return;
        }
        List<Claim> granted;
        synchronized (lock) {
            granted = remove(entry);
        }
        complete(granted);
    }

    private CompletionStage<Void> place(Claim claim) {
        for (Claim older : claims.values()) {
            if (claim.yieldsTo(older)) {
                claim.blockers.add(older.entry);
            }
        }
        boolean waits = !claim.blockers.isEmpty();
        if (waits || claim.exclusive) {
            claims.put(claim.entry, claim);
        } else {
            claim.entry.atWork = true;
        }
        return waits ? claim.granted : Completions.DONE;
    }

    private List<Claim> remove(TaskEntry entry) {
        Claim claim = claims.remove(entry);
        if (claim != null && claim.exclusive) {
            exclusives--;
        }
        return release(entry);
    }

    /** Nobody waits for a task any more; gives those who waited for nothing else. */
    private List<Claim> release(TaskEntry entry) {
        List<Claim> granted = new ArrayList<>();
        for (Iterator<Claim> all = claims.values().iterator(); all.hasNext(); ) {
            Claim claim = all.next();
            if (claim.blockers.remove(entry) && claim.blockers.isEmpty()) {
                granted.add(claim);
                if (!claim.exclusive) {
                    claim.entry.atWork = true;
                    all.remove();
                }
            }
        }
        return granted;
    }

    private static void complete(List<Claim> granted) {
        granted.forEach(claim -> claim.granted.complete(null));
    }
}
