package org.lunaria.scsi.internal.unit;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.osgi.framework.BundleContext;

/** Looks in the service registry for the backends that a unit wants. Thread-safe; may block as {@link BackendChoice} does. */
final class UnitBackends implements AutoCloseable {
    private final BundleContext context;
    private final BackendChoice choice;
    private final Map<String, BackendTracker> trackers = new HashMap<>();

    UnitBackends(BundleContext context, BackendChoice choice) {
        this.context = context;
        this.choice = choice;
        track();
    }

    /** Wants others from now on. */
    synchronized void want(String backendId, Optional<CopyWish> copy) {
        choice.want(backendId, copy);
        track();
    }

    @Override
    public synchronized void close() {
        choice.close();
        trackers.values().forEach(BackendTracker::close);
        trackers.clear();
    }

    /** First looks for those that are new: what is in the slot goes on until they are there. */
    private synchronized void track() {
        for (String id : choice.ids()) {
            if (!trackers.containsKey(id)) {
                BackendTracker tracker = new BackendTracker(context, id, choice);
                trackers.put(id, tracker);
                tracker.open();
            }
        }
        Set<String> ids = choice.ids();
        List<String> done =
                trackers.keySet().stream().filter(id -> !ids.contains(id)).toList();
        done.forEach(id -> trackers.remove(id).close());
    }
}
