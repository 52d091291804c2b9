package org.lunaria.backend.block.internal;

import java.io.IOException;
import java.util.Dictionary;
import java.util.Hashtable;
import java.util.List;
import java.util.Map;
import org.lunaria.backend.BlockBackend;
import org.lunaria.backend.BlockBackend.Capability;
import org.lunaria.backend.BlockBackend.Profile;
import org.lunaria.posix.FileCalls;
import org.lunaria.posix.Glibc;
import org.lunaria.settings.InvalidSetting;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ConfigurationPolicy;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Modified;
import org.osgi.service.metatype.annotations.Designate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One configured volume on a block device: a {@link BlockBackend} service from its activation to its end.
 *
 * <p>It registers the service itself, so that a changed configuration, which it refuses while the volume runs, does
 * not change the service's properties under its users; and so that they let go of the backend (unregistering waits
 * for them) before the device is closed.
 */
@Component(
        name = BlockSettings.FACTORY_PID,
        configurationPid = BlockSettings.FACTORY_PID,
        configurationPolicy = ConfigurationPolicy.REQUIRE,
        immediate = true,
        service = {})
@Designate(ocd = BlockConfig.class, factory = true)
public final class BlockComponent {

    private static final Logger LOG = LoggerFactory.getLogger(BlockComponent.class);
    private static final String KIND = "block";

    private final BlockSettings settings;
    private final Device device;
    private final DeviceBackend backend;
    private final Offer offer;

    /** @throws InvalidSetting when the volume cannot be opened as it is asked for; nothing is left of it then */
    @Activate
    public BlockComponent(BundleContext context, Map<String, Object> properties) {
        settings = BlockSettings.of(properties);
        FileCalls calls = Glibc.load(settings.source());
        device = DeviceOpener.open(calls, settings, Users.OF_THIS_SYSTEM);
        backend = newBackend(calls);
        Dictionary<String, Object> identity = new Hashtable<>(Map.of("backend.id", device.id(), "backend.kind", KIND));
        offer = newOffer(context, identity);
        Profile profile = backend.profile();
        LOG.info(
                "{} opened: {} bytes, sectors of {}{}{}{}",
                device,
                profile.capacityBytes(),
                device.sectorBytes(),
                device.direct() ? ", direct" : "",
                profile.can(Capability.UNMAP) ? ", gives space back" : "",
                profile.can(Capability.WRITE) ? "" : ", read-only");
    }

    /** A running volume keeps its settings: what is asked for now is taken when it starts the next time. */
    @Modified
    void modified(Map<String, Object> properties) {
        try {
            List<String> changed = settings.differences(BlockSettings.of(properties));
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
        offer.close();
        close();
    }

    /** A bundle that stops just now cannot register; then the device must not stay taken. */
    private Offer newOffer(BundleContext context, Dictionary<String, Object> identity) {
        try {
            return new Offer(backend, () -> context.registerService(BlockBackend.class, backend, identity));
        } catch (IllegalStateException e) {
            close();
            throw e;
        }
    }

    /** May be told before the constructor has ended; then it is told again. */
    private void withdraw() {
        Offer offered = offer;
        if (offered != null) {
            offered.withdraw();
        }
    }

    private DeviceBackend newBackend(FileCalls calls) {
        try {
            return new DeviceBackend(calls, device, System::nanoTime, this::withdraw);
        } catch (OutOfMemoryError e) {
            calls.close(device.fd());
            throw settings.source()
                    .invalid(
                            "direct",
                            "there is no direct memory left for that; raise -XX:MaxDirectMemorySize in"
                                    + " etc/jvm.options, or set direct = false");
        }
    }

    private void close() {
        try {
            backend.close();
            LOG.info("{} closed", device);
        } catch (IOException e) {
            LOG.error("{} closed, but what was written last may be lost: {}", device, e.getMessage());
        }
    }
}
