package org.lunaria.backend.file.internal;

import java.io.IOException;

/** Past the page cache of XFS, with all space taken: it zeroes no range then. */
class FileBackendDirectOnXfsTest extends MountedContract {

    @Override
    Mounted mount() throws IOException {
        return Mounted.xfs();
    }

    @Override
    Object[] settings() {
        return new Object[] {"direct", true, "preallocate", true};
    }
}
