package org.lunaria.iscsi.internal.node;

import java.net.InetAddress;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Where initiators of a target are sent to instead (RFC 7143 11.13.5, class 1). Immutable.
 *
 * @param permanent whether they should remember it
 * @param host IPv4 address, IPv6 address in brackets, or a name that initiators look up
 * @param literal the address of {@code host}; empty for a name
 * @param port of TCP
 */
public record Redirect(boolean permanent, String host, Optional<InetAddress> literal, int port) {

    /** As TargetAddress has it with a redirect: without a portal group tag (RFC 7143 13.8). */
    public String targetAddress() {
        return host + ":" + port;
    }

    /** Whether it leads to this portal. {@code local} says whether an address is one of this machine's. */
    boolean leadsTo(Portal portal, Predicate<InetAddress> local) {
        InetAddress there = portal.address().getAddress();
        return port == portal.address().getPort()
                && literal.filter(here -> there.isAnyLocalAddress() ? local.test(here) : here.equals(there))
                        .isPresent();
    }
}
