package org.lunaria.backend.remote.internal;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lunaria.backend.BlockBackend.Failure;

/** A server that is not who it should be is told nothing, and the log says why. */
class TlsRefusalTest {

    @TempDir
    Path folder;

    private Certificates certificates;

    @BeforeEach
    void issue() throws IOException {
        certificates = new Certificates(folder.resolve("tls"), "IP:127.0.0.1");
    }

    private NbdServer tlsServer(String... more) {
        String[] all = new String[more.length + 4];
        all[0] = "--tls=require";
        all[1] = "--tls-certificates=" + certificates.folder();
        System.arraycopy(more, 0, all, 2, more.length);
        all[all.length - 2] = "memory";
        all[all.length - 1] = "1M";
        return NbdServer.nbdkit(folder, all).withTls();
    }

    @Test
    void aServerWithoutTlsIsNotSpokenTo() throws Exception {
        try (NbdServer server =
                NbdServer.nbdkit(folder, "--tls=off", "memory", "1M").withTls()) {
            refused("begins no TLS", server, "tls.authorities", certificates.path("ca-cert.pem"));
        }
    }

    @Test
    void aServerThatNobodyVouchesForIsNotSpokenTo() throws Exception {
        Certificates others = new Certificates(folder.resolve("others"), "IP:127.0.0.1");
        try (NbdServer server = tlsServer()) {
            refused("PKIX path", server, "tls.authorities", others.path("ca-cert.pem"));
        }
    }

    @Test
    void aServerWithAnotherNameIsNotSpokenTo() throws Exception {
        try (NbdServer server = tlsServer()) {
            refused(
                    "store-2",
                    server,
                    "tls.authorities",
                    certificates.path("ca-cert.pem"),
                    "tls.serverName",
                    "store-2");
        }
    }

    @Test
    void aServerThatWantsTlsIsNotSpokenToWithout() throws Exception {
        try (NbdServer server = tlsServer()) {
            String uri = server.uri().replace("nbds:", "nbd:");
            refused("it requires TLS: give an nbds:// address", uri);
        }
    }

    @Test
    void aKeyThatOthersMayReadIsNotUsed() throws Exception {
        Path key = Path.of(certificates.path("client-key.pem"));
        Files.setPosixFilePermissions(key, PosixFilePermissions.fromString("rw-r-----"));
        try (NbdServer server = tlsServer()) {
            refused(
                    "readable by others",
                    server,
                    "tls.certificate",
                    certificates.path("client-cert.pem"),
                    "tls.key",
                    key.toString());
        }
    }

    private static void refused(String reason, NbdServer server, Object... keys) throws Exception {
        refused(reason, server.uri(), keys);
    }

    /** The reason is in what an operation fails with that waited too long. */
    private static void refused(String reason, String uri, Object... keys) throws Exception {
        Object[] all = new Object[keys.length + 2];
        all[0] = "reconnectMillis";
        all[1] = 50;
        System.arraycopy(keys, 0, all, 2, keys.length);
        boolean[] opened = new boolean[1];
        try (RemoteBackend store = Volume.begin(() -> opened[0] = true, uri, all)) {
            String message = "";
            long end = System.nanoTime() + 60_000_000_000L;
            while (!message.contains(reason) && System.nanoTime() < end) {
                message = store.flush()
                        .handle((nothing, thrown) -> ((Failure) thrown).getMessage())
                        .toCompletableFuture()
                        .join();
            }
            assertTrue(message.contains(reason), message);
        }
        assertFalse(opened[0]);
    }
}
