package org.lunaria.admin.internal;

import java.util.Arrays;
import java.util.List;
import org.lunaria.backend.BlockBackend;
import org.osgi.framework.BundleContext;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.framework.ServiceReference;

/**
 * Has components activated. Service Component Runtime activates a component, also one that failed before, when somebody gets its service
 * (OSGi Compendium 112.5.3), or when it gets a configuration. Thread-safe.
 */
final class Activation {
    private static final String IS_BACKEND = "(objectClass=" + BlockBackend.class.getName() + ")";

    private final BundleContext context;
    private final Configurations configurations;

    Activation(BundleContext context, Configurations configurations) {
        this.context = context;
        this.configurations = configurations;
    }

    /**
     * A component that waits for its first user is activated by one.
     *
     * @param pid of its configuration
     * @return whether it is active
     */
    boolean wake(String pid) {
        return services(pid, "").stream().anyMatch(this::use);
    }

    /**
     * A component that failed tries again. A component that is the backend itself gets its configuration anew, whereupon its service is
     * registered anew: those who were refused it once do not ask for it again. One that registers its backend by itself, as ours do,
     * has a service of its own for this, since a configuration that it could change by itself does not activate it.
     */
    void again(InstanceId id) {
        List<ServiceReference<?>> own = services(id.pid(), "(!" + IS_BACKEND + ")");
        if (own.isEmpty()) {
            configurations.handOverAgain(id);
        } else {
            own.forEach(this::use);
        }
    }

    private List<ServiceReference<?>> services(String pid, String and) {
        try {
            ServiceReference<?>[] found =
                    context.getAllServiceReferences(null, "(&(service.pid=" + pid + ")" + and + ")");
            return found == null ? List.of() : Arrays.asList(found);
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
