package org.lunaria.iscsi.internal.node;

import java.net.InetSocketAddress;

/**
 * A network portal of this node (RFC 7143 2.2), as it is configured. Immutable.
 *
 * @param name of the configuration
 * @param address that it listens on; the wildcard address means every address of the machine
 * @param tag target portal group tag, 1 to 65535: the relative target port identifier too (RFC 7143 4.4.3)
 * @param discovery what has to be proved in a discovery session
 */
public record Portal(String name, InetSocketAddress address, int tag, Authentication discovery) {

    /** One that asks for no proof in a discovery session. */
    public Portal(String name, InetSocketAddress address, int tag) {
        this(name, address, tag, Authentication.NONE);
    }
}
