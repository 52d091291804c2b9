package org.lunaria.scsi.internal.copy;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.function.LongSupplier;
import org.lunaria.scsi.internal.copy.CopyOperation.State;

/**
 * The third-party copies of a nexus with a unit, by list identifier (SPC-4 5.17.4.2): those under way, and for a while those
 * that are over. They are forgotten with the nexus. Thread-safe.
 */
public final class CopyOperations {
    /** How many are remembered that are over; then the oldest is forgotten. */
    static final int KEPT = 64;

    /** How long; an initiator asks at once. */
    static final long KEPT_NANOS = 300_000_000_000L;

    private record Entry(CopyOperation operation, long begunNanos) {}

    private final LongSupplier nanoClock;

    /** Oldest first. */
    private final Map<Long, Entry> entries = new LinkedHashMap<>();

    public CopyOperations(LongSupplier nanoClock) {
        this.nanoClock = nanoClock;
    }

    /**
     * A copy begins. What was known of a former one of the same name is forgotten.
     *
     * @return empty when one of the same name is in progress
     */
    public synchronized Optional<CopyOperation> begin(long listIdentifier, int serviceAction) {
        Entry former = entries.get(listIdentifier);
        if (former != null && former.operation().isUnderWay()) {
            return Optional.empty();
        }
        entries.remove(listIdentifier);
        forget();
        CopyOperation operation = new CopyOperation(serviceAction);
        entries.put(listIdentifier, new Entry(operation, nanoClock.getAsLong()));
        return Optional.of(operation);
    }

    /** A copy that was begun could not be started: it never was. */
    public synchronized void withdraw(CopyOperation operation) {
        entries.values().removeIf(entry -> entry.operation() == operation);
    }

    public synchronized Optional<CopyOperation> find(long listIdentifier) {
        forget();
        return Optional.ofNullable(entries.get(listIdentifier)).map(Entry::operation);
    }

    /**
     * Ends those early that go on in background.
     *
     * @return completes, for each of them, when nothing is written any more
     */
    public List<CompletionStage<Void>> stopBackground() {
        List<CopyOperation> background;
        synchronized (this) {
            background = entries.values().stream()
                    .map(Entry::operation)
                    .filter(operation -> operation.state() == State.IN_BACKGROUND)
                    .toList();
        }
        background.forEach(CopyOperation::stop);
        return background.stream().map(CopyOperation::ended).toList();
    }

    private void forget() {
        long now = nanoClock.getAsLong();
        int excess = entries.size() - KEPT;
        for (Iterator<Entry> all = entries.values().iterator(); all.hasNext(); ) {
            Entry entry = all.next();
            boolean over = !entry.operation().isUnderWay();
            if (over && (excess > 0 || now - entry.begunNanos() > KEPT_NANOS)) {
                all.remove();
                excess--;
            }
        }
    }
}
