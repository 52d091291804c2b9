package org.lunaria.backend;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.Dictionary;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceRegistration;

/**
 * The backends that components registered, and those that are pending, without a framework: a {@link BundleContext} that knows registerService
 * and a {@link ServiceRegistration} that knows unregister. Thread-safe.
 */
public final class TestServices {

    /** A registered backend. */
    public record Service(BlockBackend backend, Dictionary<?, ?> properties) {

        public Object property(String key) {
            return properties.get(key);
        }
    }

    private final List<Service> services = new CopyOnWriteArrayList<>();
    private final List<PendingBackend> pending = new CopyOnWriteArrayList<>();
    private volatile boolean stopped;

    /** What is registered now. */
    public List<Service> all() {
        return List.copyOf(services);
    }

    /** The one service that is registered. */
    public Service only() {
        if (services.size() != 1) {
            throw new AssertionError(services.size() + " services are registered");
        }
        return services.get(0);
    }

    /** What stands in for backends that are not there yet. */
    public List<PendingBackend> pending() {
        return List.copyOf(pending);
    }

    /** From now on nothing can be registered, as in a bundle that stops. */
    public void stop() {
        stopped = true;
    }

    public BundleContext context() {
        return proxy(BundleContext.class, (proxy, method, arguments) -> {
            if (!method.getName().equals("registerService") || stopped) {
                throw new IllegalStateException(method + " cannot be called");
            }
            return arguments[0] == PendingBackend.class
                    ? register(pending, (PendingBackend) arguments[1])
                    : register(services, new Service((BlockBackend) arguments[1], (Dictionary<?, ?>) arguments[2]));
        });
    }

    private static <T> ServiceRegistration<?> register(List<T> all, T service) {
        all.add(service);
        return proxy(ServiceRegistration.class, (registration, call, none) -> unregister(all, service, call));
    }

    private static Object unregister(List<?> all, Object service, Method call) {
        if (!call.getName().equals("unregister") || !all.remove(service)) {
            throw new IllegalStateException(call + " cannot be called");
        }
        return null;
    }

    private static <T> T proxy(Class<T> type, InvocationHandler handler) {
        return type.cast(Proxy.newProxyInstance(TestServices.class.getClassLoader(), new Class<?>[] {type}, handler));
    }
}
