package org.lunaria.backend.remote.internal;

import java.io.IOException;

/** The server is known by a name that is not its address, over several connections. */
class QemuNbdTlsTest extends RemoteContract {

    private Certificates certificates;

    @Override
    NbdServer start() throws IOException {
        certificates = new Certificates(folder.resolve("tls"), "DNS:store-1");
        return NbdServer.qemu(
                        folder,
                        "--object",
                        "tls-creds-x509,id=tls0,endpoint=server,verify-peer=no,dir=" + certificates.folder(),
                        "--tls-creds=tls0",
                        "-f",
                        "raw",
                        "--discard=unmap",
                        image())
                .withTls();
    }

    @Override
    Object[] keys() {
        return new Object[] {
            "connections", 3, "tls.authorities", certificates.path("ca-cert.pem"), "tls.serverName", "store-1"
        };
    }
}
