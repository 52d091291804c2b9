package org.lunaria.backend.remote.internal;

import java.io.IOException;
import java.util.Dictionary;
import java.util.Hashtable;
import java.util.Map;
import org.lunaria.backend.BlockBackend;
import org.lunaria.backend.PendingBackend;
import org.lunaria.settings.Settings;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceRegistration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A remote volume with one set of settings: a {@link BlockBackend} service from the first time that its server is there to
 * the end. A server that is away at the start is waited for, with a {@link PendingBackend} that says so; one that goes later is
 * the backend's own business.
 *
 * <p>It registers the service itself, so that a changed configuration does not change the service's properties under its
 * users; and so that they let go of the backend (unregistering waits for them) before it is closed.
 */
final class RemoteVolume {

    private static final Logger LOG = LoggerFactory.getLogger(RemoteVolume.class);
    private static final String KIND = "remote";

    private final BundleContext context;
    private final Settings source;
    private final RemoteSettings settings;
    private final RemoteServer server;
    private final RemoteBackend backend;

    /** Of the backend, or until it is there of what stands in for it. Guarded by this, as is whether it is over. */
    private ServiceRegistration<?> registration;

    private boolean ended;

    RemoteVolume(BundleContext context, Settings source, RemoteSettings settings, RemoteServer server)
            throws IOException {
        this.context = context;
        this.source = source;
        this.settings = settings;
        this.server = server;
        synchronized (this) {
            // The server may be there before the constructor has ended.
            backend = new RemoteBackend(settings, server, this::opened);
            try {
                registration = context.registerService(PendingBackend.class, this::waitsFor, identity());
            } catch (IllegalStateException e) {
                // Its bundle stops.
                backend.close();
                throw e;
            }
        }
    }

    RemoteSettings settings() {
        return settings;
    }

    /** What of the configuration is not obeyed; empty if nothing. */
    void refuses(String sentence) {
        if (!sentence.isEmpty()) {
            LOG.warn("{}", sentence);
        }
        backend.refuses(sentence);
    }

    /** Ends it in order: nobody uses it any more, and what was written is flushed, if the server is there. */
    void close() {
        ServiceRegistration<?> registered;
        synchronized (this) {
            ended = true;
            registered = registration;
        }
        registered.unregister();
        try {
            backend.close();
            LOG.info("{} closed", settings);
        } catch (IOException e) {
            LOG.error("{} closed, but what was written last may be lost: {}", settings, e.getMessage());
        }
    }

    /** Whoever hears of the new service may ask it for something, so that the volume's thread must be free. */
    private void opened() {
        Thread registrar = new Thread(this::register, "remote-" + settings.id() + "-opened");
        registrar.setDaemon(true);
        registrar.start();
    }

    private String waitsFor() {
        return source.invalid(
                        "uri",
                        "there is no volume to be had from there (" + backend.obstacle()
                                + "); see that the server runs and has that export, or give another address")
                .getMessage();
    }

    private Dictionary<String, Object> identity() {
        return new Hashtable<>(Map.of("backend.id", settings.id(), "backend.kind", KIND));
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
        try {
            ServiceRegistration<?> pending = registration;
            registration = context.registerService(BlockBackend.class, backend, identity());
            pending.unregister();
        } catch (IllegalStateException e) {
            LOG.debug("{}: its bundle stops", settings);
        }
    }
}
