package org.lunaria.backend.file.internal;

import java.io.IOException;
import java.util.Dictionary;
import java.util.Hashtable;
import java.util.List;
import java.util.Map;
import org.lunaria.backend.BlockBackend;
import org.lunaria.posix.FileCalls;
import org.lunaria.posix.Glibc;
import org.lunaria.settings.InvalidSetting;
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
 * One configured file volume: a {@link BlockBackend} service from its activation to its end.
 *
 * <p>It registers the service itself, so that a changed configuration, which it refuses while the volume runs, does
 * not change the service's properties under its users; and so that they let go of the backend (unregistering waits
 * for them) before the file is closed.
 */
@Component(
        name = FileSettings.FACTORY_PID,
        configurationPid = FileSettings.FACTORY_PID,
        configurationPolicy = ConfigurationPolicy.REQUIRE,
        immediate = true,
        service = {})
@Designate(ocd = FileConfig.class, factory = true)
public final class FileComponent {

    private static final Logger LOG = LoggerFactory.getLogger(FileComponent.class);
    private static final String KIND = "file";

    private final FileSettings settings;
    private final VolumeFile file;
    private final FileBackend backend;
    private final ServiceRegistration<BlockBackend> registration;

    /** @throws InvalidSetting when the volume cannot be opened as it is asked for; nothing is left of it then */
    @Activate
    public FileComponent(BundleContext context, Map<String, Object> properties) {
        settings = FileSettings.of(properties);
        FileCalls calls = Glibc.load(settings.source());
        file = FileOpener.open(calls, settings);
        backend = newBackend(calls);
        Dictionary<String, Object> identity = new Hashtable<>(Map.of("backend.id", file.id(), "backend.kind", KIND));
        registration = register(context, identity);
        LOG.info(
                "{} opened: {} bytes on {}{}{}{}{}",
                file,
                backend.profile().capacityBytes(),
                file.fileSystem().type(),
                file.preallocated() ? ", preallocated" : file.punchesHoles() ? ", gives space back" : "",
                file.direct().isPresent() ? ", direct" : "",
                file.sync() ? ", sync" : "",
                file.writable() ? "" : ", read-only");
        if (file.fileSystem().isInMemory() && file.writable()) {
            LOG.warn(
                    "{}: its file system is in memory ({}): what is flushed outlives the appliance, and is lost with the power",
                    file,
                    file.fileSystem().type());
        }
    }

    /** A running volume keeps its settings: what is asked for now is taken when it starts the next time. */
    @Modified
    void modified(Map<String, Object> properties) {
        try {
            List<String> changed = settings.differences(FileSettings.of(properties));
            if (!changed.isEmpty()) {
                LOG.warn(
                        "{}: {} cannot change while the volume runs, which goes on as it is; set back what was there",
                        settings.source(),
                        String.join(", ", changed));
            }
        } catch (InvalidSetting e) {
            LOG.warn("{} The volume goes on as it is.", e.getMessage());
        }
    }

    @Deactivate
    void deactivate() {
        registration.unregister();
        close();
    }

    private FileBackend newBackend(FileCalls calls) {
        try {
            return new FileBackend(calls, file);
        } catch (OutOfMemoryError e) {
            calls.close(file.fd());
            throw settings.invalid(
                    "direct",
                    "there is no direct memory left for that; raise -XX:MaxDirectMemorySize in etc/jvm.options, or set"
                            + " direct = false");
        }
    }

    /** A bundle that stops just now cannot register; then the file must not stay locked. */
    private ServiceRegistration<BlockBackend> register(BundleContext context, Dictionary<String, Object> identity) {
        try {
            return context.registerService(BlockBackend.class, backend, identity);
        } catch (IllegalStateException e) {
            close();
            throw e;
        }
    }

    private void close() {
        try {
            backend.close();
            LOG.info("{} closed", file);
        } catch (IOException e) {
            LOG.error("{} closed, but what was written last may be lost: {}", file, e.getMessage());
        }
    }
}
