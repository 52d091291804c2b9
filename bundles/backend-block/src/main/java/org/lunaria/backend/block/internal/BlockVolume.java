package org.lunaria.backend.block.internal;

import java.io.IOException;
import java.util.Dictionary;
import java.util.Hashtable;
import java.util.Map;
import org.lunaria.backend.BlockBackend;
import org.lunaria.backend.BlockBackend.Capability;
import org.lunaria.backend.BlockBackend.Profile;
import org.lunaria.posix.FileCalls;
import org.lunaria.posix.Glibc;
import org.lunaria.settings.InvalidSetting;
import org.osgi.framework.BundleContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A volume on a block device with one set of settings: a {@link BlockBackend} service from its construction to its end.
 *
 * <p>It registers the service itself, so that a changed configuration does not change the service's properties under its
 * users; and so that they let go of the backend (unregistering waits for them) before the device is closed.
 */
final class BlockVolume {

    private static final Logger LOG = LoggerFactory.getLogger(BlockVolume.class);
    private static final String KIND = "block";

    private final BlockSettings settings;
    private final Device device;
    private final DeviceBackend backend;
    private final Offer offer;

    /** @throws InvalidSetting when the device cannot be opened as it is asked for; nothing is left of it then */
    BlockVolume(BundleContext context, BlockSettings settings) {
        this.settings = settings;
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

    /** What of the configuration is not obeyed; empty if nothing. */
    void refuses(String sentence) {
        backend.refuses(sentence);
    }

    /** Ends it in order: nobody uses it any more, and what was written is flushed. */
    void close() {
        offer.close();
        closeBackend();
    }

    /** A bundle that stops just now cannot register; then the device must not stay taken. */
    private Offer newOffer(BundleContext context, Dictionary<String, Object> identity) {
        try {
            return new Offer(backend, () -> context.registerService(BlockBackend.class, backend, identity));
        } catch (IllegalStateException e) {
            closeBackend();
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

    private void closeBackend() {
        try {
            backend.close();
            LOG.info("{} closed", device);
        } catch (IOException e) {
            LOG.error("{} closed, but what was written last may be lost: {}", device, e.getMessage());
        }
    }
}
