package org.lunaria.admin.internal;

import java.util.Arrays;
import org.osgi.framework.BundleContext;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.framework.ServiceReference;

/**
 * Has components activated: Service Component Runtime activates a delayed one when somebody gets its service (OSGi Compendium
 * 112.5.3). Thread-safe.
 */
final class Activation {
    private final BundleContext context;

    Activation(BundleContext context) {
        this.context = context;
    }

    /**
     * A component that waits for its first user is activated by one.
     *
     * @param pid of its configuration
     * @return whether it is active
     */
    boolean wake(String pid) {
        try {
            ServiceReference<?>[] found = context.getAllServiceReferences(null, "(service.pid=" + pid + ")");
            return found != null && Arrays.stream(found).anyMatch(this::use);
        } catch (InvalidSyntaxException e) {
            throw new IllegalArgumentException(pid, e);
        }
    }

    private boolean use(ServiceReference<?> reference) {
        boolean there = context.getService(reference) != null;
        context.ungetService(reference);
        return there;
    }
}
