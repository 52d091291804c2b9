package org.lunaria.iscsi.entity;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.lunaria.iscsi.IscsiTransport;
import org.lunaria.iscsi.PortalStatus;
import org.lunaria.iscsi.TargetStatus;
import org.lunaria.iscsi.internal.component.PortalComponent;
import org.lunaria.iscsi.internal.component.TargetComponent;
import org.lunaria.iscsi.internal.component.TransportComponent;
import org.lunaria.scsi.ScsiTargets;
import org.osgi.service.component.ComponentConstants;

/**
 * A Network Entity (RFC 7143 4.1): targets, and the portals by which they are reached. It has threads of its own, which are daemons.
 *
 * <p>Settings are given by the keys of the appliance's files in {@code etc/}, as texts, numbers or booleans, with the same
 * defaults and the same checks. Thread-safe.
 */
public final class NetworkEntity implements AutoCloseable {
    private final TransportComponent transport;
    private final ScsiTargets engine;

    /** What ends targets and portals, the last one first; guarded by this. */
    private final Deque<Runnable> ends = new ArrayDeque<>();

    private NetworkEntity(TransportComponent transport, ScsiTargets engine) {
        this.transport = transport;
        this.engine = engine;
    }

    /** One with the settings' defaults. */
    public static NetworkEntity open(ScsiTargets engine) {
        return open(engine, Map.of());
    }

    /**
     * @param engine whose units the targets show; it must stay until this is closed
     * @param settings by the keys of {@code etc/org.lunaria.iscsi.cfg}
     * @throws IllegalArgumentException with one sentence when a setting cannot be taken
     */
    public static NetworkEntity open(ScsiTargets engine, Map<String, ?> settings) {
        return new NetworkEntity(new TransportComponent(new HashMap<>(settings)), engine);
    }

    /**
     * Makes a target.
     *
     * @param settings by the keys of {@code etc/org.lunaria.target-NAME.cfg}; {@code iqn} must be there, {@code luns} says which
     *     units it has, and without {@code access} it admits nobody
     * @throws IllegalArgumentException with one sentence when a setting cannot be taken
     */
    public synchronized void addTarget(String name, Map<String, ?> settings) {
        requireNew("target", name, transport.targets().stream().map(TargetStatus::name));
        TargetComponent target = new TargetComponent(instance("org.lunaria.target", name, settings), transport, engine);
        ends.push(() -> target.deactivate(ComponentConstants.DEACTIVATION_REASON_DISPOSED));
    }

    /**
     * Makes a portal, which listens when this returns.
     *
     * @param settings by the keys of {@code etc/org.lunaria.portal-NAME.cfg}; {@code address} must be there
     * @return the TCP port, for who gave 0 as {@code port}
     * @throws IllegalArgumentException with one sentence when a setting cannot be taken
     * @throws IOException with one sentence when it cannot listen, as where the port is taken; there is no such portal then
     */
    public synchronized int addPortal(String name, Map<String, ?> settings) throws IOException {
        requireNew("portal", name, transport.portals().stream().map(PortalStatus::name));
        PortalComponent portal = new PortalComponent(instance("org.lunaria.portal", name, settings), transport);
        Runnable end = () -> portal.deactivate(ComponentConstants.DEACTIVATION_REASON_DISPOSED);
        PortalStatus status = transport.portals().stream()
                .filter(each -> each.name().equals(name))
                .findFirst()
                .orElseThrow();
        if (!status.listening()) {
            end.run();
            throw new IOException(status.detail());
        }
        ends.push(end);
        return status.port();
    }

    /** What there is: portals, targets, sessions, limits. */
    public IscsiTransport transport() {
        return transport;
    }

    /** Ends all sessions, and listens no more. Initiators that come back find nobody. */
    @Override
    public synchronized void close() {
        while (!ends.isEmpty()) {
            ends.pop().run();
        }
        transport.deactivate();
    }

    private static void requireNew(String what, String name, Stream<String> those) {
        if (those.anyMatch(name::equals)) {
            throw new IllegalArgumentException(what + " " + name + " exists already; choose another name.");
        }
    }

    private static Map<String, Object> instance(String factoryPid, String name, Map<String, ?> settings) {
        Map<String, Object> properties = new HashMap<>(settings);
        properties.put("service.pid", factoryPid + "~" + name);
        return properties;
    }
}
