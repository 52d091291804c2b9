package org.lunaria.backend.remote.internal;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A folder of certificates by openssl, named as GnuTLS's servers want them: an authority, a server's, a client's. */
final class Certificates {

    private static final List<String> KEY =
            List.of("-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes");

    private final Path folder;

    /** @param serverNames subjectAltName of the server's certificate */
    Certificates(Path folder, String serverNames) throws IOException {
        this.folder = Files.createDirectories(folder);
        openssl("req", "-x509", "-days", "2", "-subj", "/CN=authority", "-keyout", "ca-key.pem", "-out", "ca-cert.pem");
        issue("server", "subjectAltName=" + serverNames + "\nextendedKeyUsage=serverAuth\n");
        issue("client", "extendedKeyUsage=clientAuth\n");
    }

    Path folder() {
        return folder;
    }

    String path(String file) {
        return folder.resolve(file).toString();
    }

    private void issue(String who, String extensions) throws IOException {
        Files.writeString(folder.resolve("ext"), extensions + "keyUsage=digitalSignature\n");
        openssl("req", "-subj", "/CN=" + who, "-keyout", who + "-key.pem", "-out", "csr");
        openssl(
                "x509",
                "-req",
                "-days",
                "2",
                "-in",
                "csr",
                "-CA",
                "ca-cert.pem",
                "-CAkey",
                "ca-key.pem",
                "-CAcreateserial",
                "-extfile",
                "ext",
                "-out",
                who + "-cert.pem");
        Files.setPosixFilePermissions(folder.resolve(who + "-key.pem"), PosixFilePermissions.fromString("rw-------"));
    }

    private void openssl(String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of("openssl"));
        command.addAll(List.of(arguments));
        if (arguments[0].equals("req")) {
            command.addAll(KEY);
        }
        Process process = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("openssl.log").toFile())
                .start();
        try {
            if (!process.waitFor(60, TimeUnit.SECONDS) || process.exitValue() != 0) {
                throw new AssertionError(command + ": " + Files.readString(folder.resolve("openssl.log")));
            }
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
