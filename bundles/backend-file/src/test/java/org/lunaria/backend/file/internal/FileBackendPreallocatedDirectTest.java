package org.lunaria.backend.file.internal;

import java.io.IOException;

/** Past the page cache, with all space taken and each write durable. */
class FileBackendPreallocatedDirectTest extends MountedContract {

    @Override
    Mounted mount() throws IOException {
        return Mounted.ext4(SIZE_BYTES);
    }

    @Override
    Object[] settings() {
        return new Object[] {"direct", true, "preallocate", true, "sync", true};
    }
}
