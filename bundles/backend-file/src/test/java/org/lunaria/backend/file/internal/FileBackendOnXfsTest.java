package org.lunaria.backend.file.internal;

import java.io.IOException;

/** On XFS, which takes space a little otherwise than ext4. */
class FileBackendOnXfsTest extends MountedContract {

    @Override
    Mounted mount() throws IOException {
        return Mounted.xfs();
    }
}
