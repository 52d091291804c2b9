package org.lunaria.backend.file.internal;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** On the file system of the build, which has a disk. */
class FileBackendOnDiskTest extends FileBackendContract {

    @Override
    Path folder() throws IOException {
        return Files.createDirectories(Path.of("target", "volumes").toAbsolutePath());
    }
}
