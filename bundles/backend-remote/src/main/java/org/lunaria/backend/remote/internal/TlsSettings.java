package org.lunaria.backend.remote.internal;

import java.nio.file.Path;
import org.lunaria.settings.Settings;

/**
 * How a server is known and told who we are. Immutable; holds paths and never what is in the files.
 *
 * @param authorities PEM file, or null for those of the virtual machine
 * @param certificate PEM file, or null for none
 * @param key PEM file, or null for none
 * @param serverName what the server's certificate must name
 */
record TlsSettings(Path authorities, Path certificate, Path key, String serverName) {

    static TlsSettings of(Settings source, NbdUri uri) {
        TlsSettings settings = new TlsSettings(
                path(source, "tls.authorities"),
                path(source, "tls.certificate"),
                path(source, "tls.key"),
                source.text("tls.serverName").isEmpty() ? uri.host() : source.text("tls.serverName"));
        if ((settings.certificate == null) != (settings.key == null)) {
            throw source.invalid(
                    settings.certificate == null ? "tls.certificate" : "tls.key",
                    "give a certificate and its key, or neither");
        }
        if (uri.tls() && settings.serverName.isEmpty()) {
            throw source.invalid("tls.serverName", "give what the server's certificate names, as a socket has no host");
        }
        if (!uri.tls() && !settings.equals(new TlsSettings(null, null, null, uri.host()))) {
            throw source.invalid("uri", "give an nbds:// address, or leave the keys of tls out: this one has no TLS");
        }
        return settings;
    }

    private static Path path(Settings source, String key) {
        String text = source.text(key);
        if (text.isEmpty()) {
            return null;
        }
        Path path = Path.of(text);
        if (!path.isAbsolute()) {
            throw source.invalid(key, "give the absolute path of a PEM file");
        }
        return path;
    }
}
