package org.lunaria.backend.remote.internal;

import java.io.IOException;

class QemuNbdTest extends RemoteContract {

    @Override
    NbdServer start() throws IOException {
        return NbdServer.qemu(folder, "-f", "raw", "--discard=unmap", image());
    }
}
