package org.lunaria.backend.file.internal;

import java.io.IOException;

/** No fallocate at all, and nobody knows what is left. */
class FileBackendOnRamfsTest extends MountedContract {

    @Override
    Mounted mount() throws IOException {
        return Mounted.ramfs();
    }
}
