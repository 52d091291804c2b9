package org.lunaria.iscsi.internal.node;

import java.net.InetAddress;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/**
 * The redirects of one target. Immutable.
 *
 * @param byPortal by the name of the portal that initiators come in by
 */
public record Redirects(Map<String, Redirect> byPortal) {
    public static final Redirects NONE = new Redirects(Map.of());

    public Redirects {
        byPortal = Map.copyOf(byPortal);
    }

    /**
     * Where an initiator that comes in by a portal is sent to; empty where it is served. A redirect that would lead it
     * round in a circle is none: portals may have got other addresses since it was checked.
     *
     * @param portals of this node
     * @param local whether an address is one of this machine's
     */
    public Optional<Redirect> at(String portal, List<Portal> portals, Predicate<InetAddress> local) {
        return Optional.ofNullable(byPortal.get(portal)).filter(redirect -> !circles(portal, portals, local));
    }

    /** Whether who follows the redirects from a portal comes to one of this node's where he was already. */
    public boolean circles(String portal, List<Portal> portals, Predicate<InetAddress> local) {
        Set<String> visited = new HashSet<>();
        Optional<String> at = Optional.of(portal);
        while (at.isPresent() && visited.add(at.get())) {
            at = Optional.ofNullable(byPortal.get(at.get()))
                    .flatMap(redirect -> portals.stream()
                            .filter(candidate -> redirect.leadsTo(candidate, local))
                            .map(Portal::name)
                            .findFirst());
        }
        return at.isPresent();
    }
}
