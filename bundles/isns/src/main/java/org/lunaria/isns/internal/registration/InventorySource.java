package org.lunaria.isns.internal.registration;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.lunaria.iscsi.IscsiTransport;
import org.lunaria.iscsi.PortalStatus;
import org.lunaria.iscsi.TargetStatus;

/**
 * Takes stock of the transport. A portal that does not listen is not there, nor a target that no portal reaches. One that
 * listens on every address stands for each address of the machine, as SendTargets names the one that was reached: 0.0.0.0
 * for those of IPv4, :: for all, link-local ones of IPv6 left out since they mean nothing elsewhere. Thread-safe.
 */
public final class InventorySource {
    /** Authentication methods, as RFC 4171 6.4.8 writes them. */
    private static final String CHAP = "CHAP";

    private static final String NONE = "none";

    private final IscsiTransport transport;
    private final Supplier<List<InetAddress>> machine;

    /** @param machine the addresses of its interfaces that are up */
    public InventorySource(IscsiTransport transport, Supplier<List<InetAddress>> machine) {
        this.transport = transport;
        this.machine = machine;
    }

    Inventory take() {
        Map<String, PortalStatus> statuses = new LinkedHashMap<>();
        Map<String, List<NetworkPortal>> byName = new LinkedHashMap<>();
        for (PortalStatus status : transport.portals()) {
            if (status.listening()) {
                statuses.put(status.name(), status);
                byName.put(status.name(), portals(status));
            }
        }
        List<StorageNode> nodes = new ArrayList<>();
        LinkedHashSet<NetworkPortal> used = new LinkedHashSet<>();
        for (TargetStatus target : transport.targets()) {
            Map<NetworkPortal, Integer> tags = new LinkedHashMap<>();
            for (String name : target.portals()) {
                byName.getOrDefault(name, List.of())
                        .forEach(portal -> tags.put(portal, statuses.get(name).tag()));
            }
            if (!tags.isEmpty()) {
                used.addAll(tags.keySet());
                nodes.add(new StorageNode(target.iqn(), alias(target), target.authenticated() ? CHAP : NONE, tags));
            }
        }
        return new Inventory(List.copyOf(used), nodes);
    }

    /** A target without an alias is called by the name of its configuration: a server shows nothing else to people. */
    private static String alias(TargetStatus target) {
        return target.alias().isEmpty() ? target.name() : target.alias();
    }

    private List<NetworkPortal> portals(PortalStatus status) {
        return addresses(status.address()).stream()
                .map(address -> new NetworkPortal(address, status.port(), status.name()))
                .toList();
    }

    private List<InetAddress> addresses(String literal) {
        InetAddress configured;
        try {
            configured = InetAddress.getByName(literal);
        } catch (UnknownHostException e) {
            // An address of an interface that is not there any more.
            return List.of();
        }
        if (!configured.isAnyLocalAddress()) {
            return List.of(configured);
        }
        return machine.get().stream()
                .filter(address -> address instanceof Inet4Address
                        || !(configured instanceof Inet4Address) && !address.isLinkLocalAddress())
                .toList();
    }
}
