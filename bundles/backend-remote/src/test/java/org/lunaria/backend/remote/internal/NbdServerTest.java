package org.lunaria.backend.remote.internal;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The reference implementation, which has neither structured replies nor multi-conn as Debian 12 has it. */
class NbdServerTest extends RemoteContract {

    @Override
    NbdServer start() throws IOException {
        int port = NbdServer.freePort();
        Path config = folder.resolve("nbd-server.conf");
        Files.writeString(config, """
                [generic]
                listenaddr = 127.0.0.1
                port = %d
                [disk]
                exportname = %s
                flush = true
                fua = true
                trim = true
                """.formatted(port, image()));
        // With -d it stays in the foreground and serves one connection.
        return NbdServer.of(
                List.of("nbd-server", "-d", "-C", config.toString()), "nbd://127.0.0.1:" + port + "/disk", folder);
    }
}
