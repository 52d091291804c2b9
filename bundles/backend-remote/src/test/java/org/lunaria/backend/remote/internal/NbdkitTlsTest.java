package org.lunaria.backend.remote.internal;

import java.io.IOException;

/** Both sides show certificates. */
class NbdkitTlsTest extends RemoteContract {

    private Certificates certificates;

    @Override
    NbdServer start() throws IOException {
        certificates = new Certificates(folder.resolve("tls"), "IP:127.0.0.1");
        return NbdServer.nbdkit(
                        folder,
                        "--tls=require",
                        "--tls-verify-peer",
                        "--tls-certificates=" + certificates.folder(),
                        "memory",
                        "size=" + LEAST_CAPACITY_BYTES)
                .withTls();
    }

    @Override
    Object[] keys() {
        return new Object[] {
            "tls.authorities",
            certificates.path("ca-cert.pem"),
            "tls.certificate",
            certificates.path("client-cert.pem"),
            "tls.key",
            certificates.path("client-key.pem")
        };
    }
}
