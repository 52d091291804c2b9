package org.lunaria.isns.internal.registration;

import java.net.InetAddress;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * What there is to register: targets that are reached, and the portals that they are reached by. Immutable.
 */
record Inventory(List<NetworkPortal> portals, List<StorageNode> nodes) {
    static final Inventory EMPTY = new Inventory(List.of(), List.of());

    Inventory {
        portals = List.copyOf(portals);
        nodes = List.copyOf(nodes);
    }

    boolean isEmpty() {
        return nodes.isEmpty();
    }

    Set<String> names() {
        return nodes.stream().map(StorageNode::iqn).collect(Collectors.toSet());
    }

    /** Portals that were not there, or not like this. */
    List<NetworkPortal> newPortals(Inventory before) {
        return portals.stream()
                .filter(portal -> !before.portals.contains(portal))
                .toList();
    }

    /** Nodes that were not there or not like this, or stand otherwise to one of the portals that there are now. */
    List<StorageNode> newNodes(Inventory before) {
        Map<String, StorageNode> known =
                before.nodes.stream().collect(Collectors.toMap(StorageNode::iqn, Function.identity()));
        boolean samePortals = newPortals(before).isEmpty();
        return nodes.stream()
                .filter(node ->
                        !(samePortals && known.containsKey(node.iqn()) && node.isLike(known.get(node.iqn()), portals)))
                .toList();
    }

    /**
     * What is of use to those who ask a server. A loopback address means another machine to each of them, so it is for a
     * server on this machine only.
     *
     * @param local address by which this machine reaches the server
     */
    Inventory seenBy(InetAddress local) {
        return local.isLoopbackAddress()
                ? this
                : reachedBy(portal -> !portal.address().isLoopbackAddress());
    }

    private Inventory reachedBy(Predicate<NetworkPortal> which) {
        return new Inventory(
                portals.stream().filter(which).toList(),
                nodes.stream()
                        .map(node -> new StorageNode(
                                node.iqn(),
                                node.alias(),
                                node.authMethod(),
                                node.portalGroupTags().entrySet().stream()
                                        .filter(tag -> which.test(tag.getKey()))
                                        .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue))))
                        .filter(node -> !node.portalGroupTags().isEmpty())
                        .toList());
    }
}
