package com.example.backend.mine;

import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.lunaria.backend.BlockBackend;
import org.lunaria.backend.BlockBackendContract;

/** What every backend owes, and that is all there is to test of it but for its own promises. */
class MineBackendTest extends BlockBackendContract {
    @TempDir
    private Path folder;

    @Override
    protected BlockBackend open() throws Exception {
        return new MineBackend(Config.of(folder, LEAST_CAPACITY_BYTES, true));
    }

    /** A file system lets a read see a write that is under way. */
    @Override
    protected boolean readsAreWhole() {
        return false;
    }
}
