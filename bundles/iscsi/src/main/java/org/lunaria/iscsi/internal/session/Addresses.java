package org.lunaria.iscsi.internal.session;

import java.net.Inet6Address;
import java.net.InetSocketAddress;

/** How an end of a connection is written. Stateless. */
final class Addresses {
    private Addresses() {}

    /** Address and port, an IPv6 address in brackets. */
    static String text(InetSocketAddress address) {
        if (address.isUnresolved()) {
            return address.getHostString() + ":" + address.getPort();
        }
        String host = address.getAddress().getHostAddress();
        return (address.getAddress() instanceof Inet6Address ? "[" + host + "]" : host) + ":" + address.getPort();
    }
}
