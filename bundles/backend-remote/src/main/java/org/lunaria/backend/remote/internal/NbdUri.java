package org.lunaria.backend.remote.internal;

import java.net.URI;
import java.net.URISyntaxException;
import java.net.UnixDomainSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/**
 * The address of an export ("The NBD Uniform Resource Indicator (URI) format", doc/uri.md of the NBD project): nbd, nbds,
 * nbd+unix and nbds+unix. Immutable.
 *
 * @param host empty for a socket of this machine
 * @param socket null for a host
 * @param exportName may be empty
 */
record NbdUri(boolean tls, String host, int port, Path socket, String exportName) {

    private static final int PORT_DEFAULT = 10809;
    private static final String SOCKET = "socket=";

    /** A socket's address has no room for more ("unix(7)", sun_path). */
    private static final int SOCKET_BYTES_MAX = 107;

    /** @throws IllegalArgumentException with what to give instead */
    static NbdUri parse(String text) {
        URI uri;
        try {
            uri = new URI(text);
        } catch (URISyntaxException e) {
            throw new IllegalArgumentException("give an address such as nbd://host:10809/export");
        }
        String scheme = String.valueOf(uri.getScheme());
        boolean tls = scheme.startsWith("nbds");
        String path = uri.getPath() == null ? "" : uri.getPath();
        String exportName = path.startsWith("/") ? path.substring(1) : path;
        if (exportName.getBytes(StandardCharsets.UTF_8).length > Nbd.STRING_BYTES_MAX || exportName.indexOf(0) >= 0) {
            throw new IllegalArgumentException(
                    "give the name of an export in at most " + Nbd.STRING_BYTES_MAX + " bytes");
        }
        if (uri.getUserInfo() != null || uri.getFragment() != null) {
            throw new IllegalArgumentException("leave out the user and what follows #");
        }
        return switch (scheme) {
            case "nbd", "nbds" -> ofHost(uri, tls, exportName);
            case "nbd+unix", "nbds+unix" -> ofSocket(uri, tls, exportName);
            default ->
                throw new IllegalArgumentException(
                        "give nbd://host:port/export, nbds://host:port/export or nbd+unix:///export?socket=/path");
        };
    }

    private static NbdUri ofHost(URI uri, boolean tls, String exportName) {
        if (uri.getHost() == null || uri.getQuery() != null) {
            throw new IllegalArgumentException("give a host and no query, such as nbd://host:10809/export");
        }
        int port = uri.getPort() < 0 ? PORT_DEFAULT : uri.getPort();
        if (port == 0 || port > 65535) {
            throw new IllegalArgumentException("give a port from 1 to 65535");
        }
        return new NbdUri(tls, uri.getHost().replaceAll("[\\[\\]]", ""), port, null, exportName);
    }

    private static NbdUri ofSocket(URI uri, boolean tls, String exportName) {
        String query = uri.getQuery();
        if (uri.getAuthority() != null || query == null || !query.startsWith(SOCKET) || query.contains("&")) {
            throw new IllegalArgumentException("give nbd+unix:///export?socket=/path, three slashes and nothing else");
        }
        Path socket = Path.of(query.substring(SOCKET.length()));
        if (!socket.isAbsolute() || socket.toString().getBytes(StandardCharsets.UTF_8).length > SOCKET_BYTES_MAX) {
            throw new IllegalArgumentException(
                    "give the absolute path of a socket, at most " + SOCKET_BYTES_MAX + " bytes long");
        }
        UnixDomainSocketAddress.of(socket);
        return new NbdUri(tls, "", 0, socket, exportName);
    }
}
