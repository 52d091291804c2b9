package org.lunaria.backend.file.internal;

/** On the file system of the build, with all space taken. */
class FileBackendPreallocatedTest extends FileBackendOnDiskTest {

    @Override
    Object[] settings() {
        return new Object[] {"preallocate", true};
    }
}
