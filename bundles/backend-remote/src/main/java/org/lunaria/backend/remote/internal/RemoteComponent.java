package org.lunaria.backend.remote.internal;

import java.io.IOException;
import java.util.Dictionary;
import java.util.Hashtable;
import java.util.Map;
import org.lunaria.backend.BlockBackend;
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
 * One configured remote volume: a {@link BlockBackend} service from the first time that its server is there to the end of
 * the component. A server that is away at the start of the appliance is waited for; one that goes later is the backend's
 * own business.
 *
 * <p>It registers the service itself, so that a changed configuration, which it refuses while the volume runs, does not
 * change the service's properties under its users; and so that they let go of the backend (unregistering waits for them)
 * before it is closed.
 */
@Component(
        name = RemoteSettings.FACTORY_PID,
        configurationPid = RemoteSettings.FACTORY_PID,
        configurationPolicy = ConfigurationPolicy.REQUIRE,
        immediate = true,
        service = {})
@Designate(ocd = RemoteConfig.class, factory = true)
public final class RemoteComponent {

    private static final Logger LOG = LoggerFactory.getLogger(RemoteComponent.class);
    private static final String KIND = "remote";

    private final RemoteSettings settings;
    private final RemoteServer server;
    private final BundleContext context;
    private final RemoteBackend backend;

    /** Guarded by this, as is whether it is over. */
    private ServiceRegistration<BlockBackend> registration;

    private boolean ended;

    /** @throws InvalidSetting when the volume cannot be as it is asked for; nothing is left of it then */
    @Activate
    public RemoteComponent(BundleContext context, Map<String, Object> properties) throws IOException {
        Settings source = RemoteSettings.source(properties);
        settings = RemoteSettings.of(source);
        server = server(source, settings);
        this.context = context;
        HeapBudget.QUARTER.reserve(source, settings.unflushedBytes());
        synchronized (this) {
            // The server may be there before the constructor has ended.
            backend = open();
        }
    }

    /** A running volume keeps its settings: what is asked for now is taken when it starts the next time. */
    @Modified
    void modified(Map<String, Object> properties) {
        try {
            Settings source = RemoteSettings.source(properties);
            if (!settings.equals(RemoteSettings.of(source))) {
                LOG.warn(
                        "{}: a running volume keeps its settings, and goes on as it is; set back what was there",
                        source);
            }
        } catch (InvalidSetting e) {
            LOG.warn("{} The volume goes on as it is.", e.getMessage());
        }
    }

    @Deactivate
    void deactivate() {
        ServiceRegistration<BlockBackend> registered;
        synchronized (this) {
            ended = true;
            registered = registration;
        }
        if (registered != null) {
            registered.unregister();
        }
        try {
            backend.close();
            LOG.info("{} closed", settings);
        } catch (IOException e) {
            LOG.error("{} closed, but what was written last may be lost: {}", settings, e.getMessage());
        } finally {
            HeapBudget.QUARTER.release(settings.unflushedBytes());
        }
    }

    private RemoteBackend open() throws IOException {
        try {
            return new RemoteBackend(settings, server, this::opened);
        } catch (IOException | RuntimeException e) {
            HeapBudget.QUARTER.release(settings.unflushedBytes());
            throw e;
        }
    }

    /** Whoever hears of the new service may ask it for something, so that the volume's thread must be free. */
    private void opened() {
        Thread registrar = new Thread(this::register, "remote-" + settings.id() + "-opened");
        registrar.setDaemon(true);
        registrar.start();
    }

    private synchronized void register() {
        if (ended) {
            return;
        }
        BlockBackend.Profile profile = backend.profile();
        LOG.info(
                "{} opened: {} bytes of {}{}",
                settings,
                profile.capacityBytes(),
                server,
                profile.can(BlockBackend.Capability.WRITE) ? "" : ", read-only");
        Dictionary<String, Object> identity =
                new Hashtable<>(Map.of("backend.id", settings.id(), "backend.kind", KIND));
        try {
            registration = context.registerService(BlockBackend.class, backend, identity);
        } catch (IllegalStateException e) {
            LOG.debug("{}: its bundle stops", settings);
        }
    }

    static RemoteServer server(Settings source, RemoteSettings settings) {
        NbdUri uri = settings.uri();
        return new RemoteServer(
                uri.host(),
                uri.port(),
                uri.socket(),
                uri.exportName(),
                uri.tls() ? TlsFiles.engines(settings.tls(), uri.port()) : null,
                source.text("uri"));
    }
}
