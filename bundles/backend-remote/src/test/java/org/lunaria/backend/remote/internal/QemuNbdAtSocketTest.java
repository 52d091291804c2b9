package org.lunaria.backend.remote.internal;

import java.io.IOException;

class QemuNbdAtSocketTest extends RemoteContract {

    @Override
    NbdServer start() throws IOException {
        return NbdServer.qemuAtSocket(folder, "-f", "raw", "--discard=unmap", image());
    }
}
