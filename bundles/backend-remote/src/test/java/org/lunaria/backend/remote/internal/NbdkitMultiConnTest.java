package org.lunaria.backend.remote.internal;

import java.io.IOException;

class NbdkitMultiConnTest extends RemoteContract {

    @Override
    NbdServer start() throws IOException {
        return NbdServer.nbdkit(folder, "memory", "size=" + LEAST_CAPACITY_BYTES);
    }

    @Override
    protected int overlappingOperations() {
        return 1500;
    }

    @Override
    Object[] keys() {
        return new Object[] {"connections", 4};
    }
}
