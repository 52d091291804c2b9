package org.lunaria.iscsi.internal.session;

import java.util.List;
import java.util.function.Supplier;
import org.lunaria.iscsi.internal.node.AccountDirectory;
import org.lunaria.iscsi.internal.node.Portal;
import org.lunaria.iscsi.internal.node.TargetDirectory;
import org.lunaria.iscsi.internal.wire.Wire;
import org.lunaria.iscsi.internal.wire.WireListener;

/**
 * What the connections that come in by one portal have in common. Immutable; the things in it are thread-safe.
 *
 * @param portal that they come in by
 * @param portals every portal that listens now
 */
public record PortalGroup(
        Portal portal,
        Supplier<List<Portal>> portals,
        TargetDirectory targets,
        AccountDirectory accounts,
        SessionRegistry sessions,
        SessionRules rules) {

    /** A connection was accepted. To be called on its I/O thread. */
    public WireListener accepted(Wire wire) {
        return new Connection(wire, this);
    }
}
