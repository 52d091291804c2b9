package org.lunaria.backend.file.internal;

import java.io.IOException;

/** Holes can be punched, but space is taken by writing it only. */
class FileBackendOnExt2Test extends MountedContract {

    @Override
    Mounted mount() throws IOException {
        return Mounted.ext(2, SIZE_BYTES);
    }

    @Override
    Object[] settings() {
        return new Object[] {"preallocate", true};
    }
}
