package org.lunaria.backend.memory.internal;

import java.io.IOException;
import java.util.Hashtable;
import java.util.Map;
import org.lunaria.backend.BlockBackend;
import org.lunaria.backend.BlockBackend.Capability;
import org.lunaria.backend.Completions;
import org.lunaria.settings.InvalidSetting;
import org.lunaria.settings.Settings;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceRegistration;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ConfigurationPolicy;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Modified;
import org.osgi.service.metatype.annotations.Designate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One configured memory volume: a {@link BlockBackend} service from its activation to its end. All that a backend of
 * another kind needs besides its {@link BlockBackend} is here: a factory PID {@code org.lunaria.backend.KIND}, a
 * described configuration, and a service with the properties {@code backend.id} and {@code backend.kind}.
 *
 * <p>It registers the service itself rather than by Declarative Services. So a changed configuration, which it
 * refuses while the volume runs, does not change the service's properties under its users; and they let go of the
 * backend (unregistering waits for them) before it is closed.
 */
@Component(
        name = MemorySettings.FACTORY_PID,
        configurationPid = MemorySettings.FACTORY_PID,
        configurationPolicy = ConfigurationPolicy.REQUIRE,
        immediate = true,
        service = {})
@Designate(ocd = MemoryConfig.class, factory = true)
public final class MemoryComponent {

    private static final Logger LOG = LoggerFactory.getLogger(MemoryComponent.class);
    private static final String KIND = "memory";

    private final MemorySettings settings;
    private final BlockBackend backend;
    private final ServiceRegistration<BlockBackend> registration;

    /** @throws InvalidSetting when the volume cannot be as it is asked for; nothing is left of it then */
    @Activate
    public MemoryComponent(BundleContext context, Map<String, Object> properties) throws IOException {
        Settings source = MemorySettings.source(properties);
        settings = MemorySettings.of(source);
        backend = settings.discardWrites()
                ? new NullBackend(settings.id(), settings.sizeBytes())
                : inMemory(source, MemoryBudget.HALF_OF_THE_HEAP);
        Map<String, String> identity = Map.of("backend.id", settings.id(), "backend.kind", KIND);
        registration = register(context, new Hashtable<>(identity));
        LOG.info(
                "volume {} (memory) opened: {} bytes{}",
                settings.id(),
                settings.sizeBytes(),
                settings.discardWrites() ? ", discards writes" : "");
    }

    /** A running volume becomes larger, and else keeps its settings: to take others it would have to lose its bytes. */
    @Modified
    void modified(Map<String, Object> properties) {
        try {
            Settings source = MemorySettings.source(properties);
            MemorySettings changed = MemorySettings.of(source);
            long capacityBytes = backend.profile().capacityBytes();
            boolean otherwise = !settings.equals(changed.withSize(settings.sizeBytes()));
            boolean larger =
                    changed.sizeBytes() > capacityBytes && backend.profile().can(Capability.RESIZE);
            if (otherwise || changed.sizeBytes() != capacityBytes && !larger) {
                LOG.warn(
                        "{}: a running volume keeps {} bytes and discardWrites = {}; set back what was there",
                        source,
                        capacityBytes,
                        settings.discardWrites());
            } else if (larger) {
                grow(source, changed.sizeBytes());
            }
        } catch (InvalidSetting e) {
            LOG.warn("{} The volume goes on as it is.", e.getMessage());
        }
    }

    private void grow(Settings source, long sizeBytes) {
        backend.resize(sizeBytes).whenComplete((done, failure) -> {
            if (failure == null) {
                LOG.info("volume {} (memory) has grown to {} bytes", settings.id(), sizeBytes);
            } else {
                LOG.warn(
                        "{}: sizeBytes = {}: {}; set back {}",
                        source,
                        sizeBytes,
                        Completions.failure(failure).getMessage(),
                        backend.profile().capacityBytes());
            }
        });
    }

    @Deactivate
    void deactivate() throws IOException {
        registration.unregister();
        backend.close();
        LOG.info("volume {} (memory) closed", settings.id());
    }

    private BlockBackend inMemory(Settings source, MemoryBudget budget) {
        if (!budget.reserve(settings.sizeBytes())) {
            throw source.invalid(
                    "sizeBytes",
                    "memory volumes may take half of the heap, " + budget.mostBytes() + " bytes, of which "
                            + budget.freeBytes() + " are free; give at most that, or a larger heap (-Xmx)");
        }
        return new MemoryBackend(settings.id(), settings.sizeBytes(), budget);
    }

    /** A bundle that stops just now cannot register; then the memory must not stay reserved. */
    private ServiceRegistration<BlockBackend> register(BundleContext context, Hashtable<String, String> identity)
            throws IOException {
        try {
            return context.registerService(BlockBackend.class, backend, identity);
        } catch (IllegalStateException e) {
            backend.close();
            throw e;
        }
    }
}
