package org.lunaria.backend.remote.internal;

import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.UnixDomainSocketAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;

/**
 * Where an export is ("NBD URI", doc/uri.md of the NBD project). Immutable.
 *
 * @param host name or address; empty for a socket of this machine
 * @param socket path of that; null for a host
 * @param exportName may be empty
 * @param tls gives an engine to each connection; null without TLS
 * @param text for logs
 */
record RemoteServer(String host, int port, Path socket, String exportName, TlsEngines tls, String text) {

    /** Looks the host's name up, which may block. */
    SocketAddress address() throws UnknownHostException {
        if (socket != null) {
            return UnixDomainSocketAddress.of(socket);
        }
        InetSocketAddress address = new InetSocketAddress(host, port);
        if (address.isUnresolved()) {
            throw new UnknownHostException("the host name " + host + " is not known");
        }
        return address;
    }

    @Override
    public String toString() {
        return text;
    }
}
