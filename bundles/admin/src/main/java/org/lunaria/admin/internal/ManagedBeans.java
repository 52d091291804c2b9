package org.lunaria.admin.internal;

import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.management.InstanceNotFoundException;
import javax.management.JMException;
import javax.management.MBeanServer;
import javax.management.MalformedObjectNameException;
import javax.management.ObjectName;
import org.lunaria.admin.Session;
import org.lunaria.admin.Target;
import org.lunaria.admin.Traffic;
import org.lunaria.admin.Volume;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The managed beans of all volumes, targets and sessions. Whoever owns this looks again from time to time, so that they come and
 * go with what they stand for. Thread-safe.
 */
final class ManagedBeans implements AutoCloseable {
    static final String DOMAIN = "org.lunaria";

    /** So old an answer may be, so that who reads all attributes asks once. */
    private static final long FRESH_NANOS = TimeUnit.SECONDS.toNanos(1);

    private static final Traffic.Latency NO_LATENCY = new Traffic.Latency(0, 0, 0, 0);
    private static final Logger LOG = LoggerFactory.getLogger(ManagedBeans.class);

    /** All that there is at a moment, by name. */
    record Objects(
            Map<String, Volume> volumes,
            Map<String, Target> targets,
            Map<String, Session> sessions,
            Map<String, Traffic.Latency> volumeLatencies,
            Map<String, Traffic.Latency> sessionLatencies) {}

    private final MBeanServer server;
    private final Supplier<Objects> source;
    private final LongSupplier nanoTime;
    private final Map<ObjectName, Object> registered = new HashMap<>();
    private Optional<Objects> seen = Optional.empty();
    private long seenNanos;
    private boolean closed;

    /** @param source tells what there is, and what it does */
    ManagedBeans(MBeanServer server, Supplier<Objects> source, LongSupplier nanoTime) {
        this.server = server;
        this.source = source;
        this.nanoTime = nanoTime;
    }

    /** Registers what has come, and takes away what has gone. */
    synchronized void refresh() {
        if (closed) {
            return;
        }
        seen = Optional.empty();
        Objects objects = objects();
        Map<ObjectName, Object> wanted = Stream.of(
                        beans("Volume", objects.volumes(), this::volume),
                        beans("Target", objects.targets(), this::target),
                        beans("Session", objects.sessions(), this::session))
                .flatMap(map -> map.entrySet().stream())
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
        for (Iterator<ObjectName> names = registered.keySet().iterator(); names.hasNext(); ) {
            ObjectName name = names.next();
            if (!wanted.containsKey(name)) {
                unregister(name);
                names.remove();
            }
        }
        wanted.forEach((name, bean) -> {
            if (!registered.containsKey(name)) {
                register(name, bean);
            }
        });
    }

    @Override
    public synchronized void close() {
        closed = true;
        registered.keySet().forEach(this::unregister);
        registered.clear();
    }

    private synchronized Objects objects() {
        long now = nanoTime.getAsLong();
        if (seen.isEmpty() || now - seenNanos >= FRESH_NANOS) {
            seen = Optional.of(source.get());
            seenNanos = now;
        }
        return seen.get();
    }

    private static <T> Map<ObjectName, Object> beans(String type, Map<String, T> all, Function<String, Object> bean) {
        return all.keySet().stream().collect(Collectors.toMap(name -> objectName(type, name), bean));
    }

    private Object volume(String name) {
        return new ManagedVolume(
                () -> find(objects().volumes(), name),
                () -> objects().volumeLatencies().getOrDefault(name, NO_LATENCY));
    }

    private Object target(String name) {
        return new ManagedTarget(() -> find(objects().targets(), name));
    }

    private Object session(String id) {
        return new ManagedSession(
                () -> find(objects().sessions(), id),
                () -> objects().sessionLatencies().getOrDefault(id, NO_LATENCY));
    }

    /** What has gone since the last refresh has no attributes any more. */
    private static <T> T find(Map<String, T> all, String name) {
        return Optional.ofNullable(all.get(name)).orElseThrow(() -> new NoSuchElementException(name + " has gone"));
    }

    /** Names that were given by hand may hold what JMX must have in quotes. */
    private static ObjectName objectName(String type, String name) {
        try {
            return new ObjectName(
                    DOMAIN + ":type=" + type + ",name=" + (name.matches("[\\w.-]+") ? name : ObjectName.quote(name)));
        } catch (MalformedObjectNameException e) {
            throw new IllegalArgumentException(name, e);
        }
    }

    private void register(ObjectName name, Object bean) {
        try {
            server.registerMBean(bean, name);
            registered.put(name, bean);
        } catch (JMException e) {
            LOG.warn("The managed bean {} cannot be registered.", name, e);
        }
    }

    private void unregister(ObjectName name) {
        try {
            server.unregisterMBean(name);
        } catch (InstanceNotFoundException e) {
            LOG.debug("The managed bean {} was taken away by another.", name);
        } catch (JMException e) {
            LOG.warn("The managed bean {} cannot be taken away.", name, e);
        }
    }
}
