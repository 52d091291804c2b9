package org.lunaria.backend.file.internal;

import java.io.IOException;
import java.nio.file.Path;

/** On tmpfs: no RWF_NOWAIT, no FALLOC_FL_ZERO_RANGE, no FIEMAP. */
class FileBackendInMemoryTest extends FileBackendContract {

    private static final Path FOLDER = Path.of("/dev/shm");

    @Override
    Path folder() throws IOException {
        requireFileSystem(FOLDER, "tmpfs");
        return FOLDER;
    }
}
