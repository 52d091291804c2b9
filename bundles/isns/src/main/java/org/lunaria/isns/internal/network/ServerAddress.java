package org.lunaria.isns.internal.network;

import java.net.InetSocketAddress;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where an iSNS server is. Immutable.
 *
 * @param host name or address, without brackets
 */
public record ServerAddress(String host, int port) {
    /** The port that is assigned to iSNS (RFC 4171 clause 9). */
    public static final int PORT = 3205;

    private static final int MAX_16_BITS = 65535;
    private static final Pattern ADDRESS = Pattern.compile(
            "(?:\\[([0-9a-fA-F:.]+(?:%[\\w.-]+)?)]|([A-Za-z0-9][A-Za-z0-9._-]{0,252}))(?::(\\d{1,5}))?");

    /** Of HOST, HOST:PORT or [ADDRESS]:PORT; empty when it is none. */
    public static Optional<ServerAddress> of(String text) {
        Matcher matcher = ADDRESS.matcher(text);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        int port = matcher.group(3) == null ? PORT : Integer.parseInt(matcher.group(3));
        String host = matcher.group(1) == null ? matcher.group(2) : matcher.group(1);
        return port >= 1 && port <= MAX_16_BITS ? Optional.of(new ServerAddress(host, port)) : Optional.empty();
    }

    /** Looks the name up, which may take long. */
    InetSocketAddress resolve() {
        return new InetSocketAddress(host, port);
    }

    @Override
    public String toString() {
        return (host.contains(":") ? "[" + host + "]" : host) + ":" + port;
    }
}
