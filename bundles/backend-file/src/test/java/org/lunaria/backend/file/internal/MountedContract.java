package org.lunaria.backend.file.internal;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;

/** The contract on a file system that is made for it. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class MountedContract extends FileBackendContract {

    static final long SIZE_BYTES = 64 << 20;

    private Mounted mounted;

    abstract Mounted mount() throws IOException;

    @BeforeAll
    void mountIt() throws IOException {
        mounted = mount();
    }

    @AfterAll
    void unmount() throws IOException {
        mounted.close();
    }

    /** The file system of the build has as many as others. */
    @Override
    protected int overlappingOperations() {
        return 150;
    }

    @Override
    Path folder() {
        return mounted.folder();
    }
}
