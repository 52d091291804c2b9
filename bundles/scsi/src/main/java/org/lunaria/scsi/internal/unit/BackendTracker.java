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
 * Puts the backend that a unit wants into its slot, and takes it out when its service goes: unregistering waits until the
 * slot has drained. A second backend with the same id waits for the first one's end. Thread-safe.
 */
final class BackendTracker extends ServiceTracker<BlockBackend, BlockBackend> {
    private final LogicalUnit unit;

    BackendTracker(BundleContext context, LogicalUnit unit) {
        super(context, filter(unit.settings().backendId()), null);
        this.unit = unit;
    }

    @Override
    public BlockBackend addingService(ServiceReference<BlockBackend> reference) {
        BlockBackend backend = super.addingService(reference);
        if (backend != null) {
            unit.slot().attach(backend);
        }
        return backend;
    }

    @Override
    public void removedService(ServiceReference<BlockBackend> reference, BlockBackend backend) {
        unit.slot().detach(backend);
        Optional.ofNullable(getService()).ifPresent(unit.slot()::attach);
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
