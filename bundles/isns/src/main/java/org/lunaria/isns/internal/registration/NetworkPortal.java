package org.lunaria.isns.internal.registration;

import java.net.InetAddress;

/**
 * A Portal object (RFC 4171 6.3): one address and TCP port. Immutable.
 *
 * @param name of its configuration, for people
 */
record NetworkPortal(InetAddress address, int port, String name) {

    boolean isAt(InetAddress otherAddress, long otherPort) {
        return address.equals(otherAddress) && port == otherPort;
    }
}
