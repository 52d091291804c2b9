package org.lunaria.isns.internal.registration;

import java.util.Collection;
import java.util.Map;
import java.util.Objects;

/**
 * A Storage Node object (RFC 4171 6.4): one target. Immutable.
 *
 * @param alias for people
 * @param authMethod methods as the RFC writes them (6.4.8)
 * @param portalGroupTags by portal that reaches it
 */
record StorageNode(String iqn, String alias, String authMethod, Map<NetworkPortal, Integer> portalGroupTags) {
    StorageNode {
        portalGroupTags = Map.copyOf(portalGroupTags);
    }

    /** Whether a server that knows the other one knows this one, as to these portals. */
    boolean isLike(StorageNode other, Collection<NetworkPortal> portals) {
        return alias.equals(other.alias)
                && authMethod.equals(other.authMethod)
                && portals.stream()
                        .allMatch(portal ->
                                Objects.equals(portalGroupTags.get(portal), other.portalGroupTags.get(portal)));
    }
}
