package org.lunaria.backend.file.internal;

import java.io.IOException;

/** Past the page cache. */
class FileBackendDirectTest extends MountedContract {

    @Override
    Mounted mount() throws IOException {
        return Mounted.ext4(SIZE_BYTES);
    }

    @Override
    Object[] settings() {
        return new Object[] {"direct", true};
    }

    /** The way that others do not go. */
    @Override
    protected int overlappingOperations() {
        return 1500;
    }
}
