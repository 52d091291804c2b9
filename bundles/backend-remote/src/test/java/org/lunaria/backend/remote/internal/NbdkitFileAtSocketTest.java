package org.lunaria.backend.remote.internal;

import java.io.IOException;

class NbdkitFileAtSocketTest extends RemoteContract {

    @Override
    NbdServer start() throws IOException {
        return NbdServer.nbdkitAtSocket(folder, "file", image());
    }
}
