package org.lunaria.backend.block.internal;

import java.io.IOException;
import java.util.OptionalLong;
import org.junit.jupiter.api.AfterEach;
import org.lunaria.backend.BlockBackend;
import org.lunaria.backend.BlockBackendContract;
import org.lunaria.posix.FileCalls;
import org.lunaria.posix.Glibc;

/** The contract on a block device whose bytes are in a sparse file. */
class DeviceBackendOnLoopTest extends BlockBackendContract {

    private LoopDevice device;

    @Override
    protected BlockBackend open() throws IOException {
        device = LoopDevice.of(LEAST_CAPACITY_BYTES);
        FileCalls calls = new Glibc();
        BlockSettings settings = Config.settings(device.path());
        return new DeviceBackend(calls, DeviceOpener.open(calls, settings, Users.OF_THIS_SYSTEM), System::nanoTime);
    }

    @AfterEach
    void detach() throws IOException {
        device.close();
    }

    /** The page cache keeps changes apart, but lets reads by. */
    @Override
    protected boolean readsAreWhole() {
        return false;
    }

    @Override
    protected OptionalLong usedBytes() throws IOException {
        return device.usedBytes();
    }
}
