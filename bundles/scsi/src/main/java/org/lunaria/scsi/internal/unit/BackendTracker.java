package org.lunaria.scsi.internal.unit;

import java.util.Optional;
import org.lunaria.backend.BlockBackend;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Constants;
import org.osgi.framework.Filter;
import org.osgi.framework.FrameworkUtil;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.framework.ServiceReference;
import org.osgi.util.tracker.ServiceTracker;

/**
 * Tells a unit of the backend with one id: that it is there, and that its service goes. Unregistering waits until the unit has
 * let it go. A second backend with the same id waits for the first one's end. Thread-safe.
 */
final class BackendTracker extends ServiceTracker<BlockBackend, BlockBackend> {
    private final String id;
    private final BackendChoice choice;

    BackendTracker(BundleContext context, String id, BackendChoice choice) {
        super(context, filter(id), null);
        this.id = id;
        this.choice = choice;
    }

    @Override
    public BlockBackend addingService(ServiceReference<BlockBackend> reference) {
        BlockBackend backend = super.addingService(reference);
        if (backend != null) {
            choice.arrived(id, backend);
        }
        return backend;
    }

    @Override
    public void removedService(ServiceReference<BlockBackend> reference, BlockBackend backend) {
        choice.gone(id, backend);
        Optional.ofNullable(getService()).ifPresent(next -> choice.arrived(id, next));
        super.removedService(reference, backend);
    }

    private static Filter filter(String backendId) {
        String filter =
                "(&(" + Constants.OBJECTCLASS + "=" + BlockBackend.class.getName() + ")(backend.id=" + backendId + "))";
        try {
            return FrameworkUtil.createFilter(filter);
        } catch (InvalidSyntaxException e) {
            throw new IllegalArgumentException(filter, e);
        }
    }
}
