package org.lunaria.backend.block.internal;

import java.io.IOException;
import java.util.OptionalLong;
import org.junit.jupiter.api.AfterEach;
import org.lunaria.backend.BlockBackend;
import org.lunaria.backend.BlockBackendContract;
import org.lunaria.posix.FileCalls;
import org.lunaria.posix.Glibc;

/** The contract on a block device whose bytes are in a sparse file. */
abstract class DeviceBackendContract extends BlockBackendContract {

    private LoopDevice device;

    /** Whether the page cache is passed by. */
    abstract boolean direct();

    /** Of the device. */
    int sectorBytes() {
        return 512;
    }

    @Override
    protected BlockBackend open() throws IOException {
        int blocks = LEAST_CAPACITY_BYTES / 512;
        device = LoopDevice.of((long) blocks * sectorBytes(), "--sector-size", "" + sectorBytes());
        FileCalls calls = new Glibc();
        BlockSettings settings = Config.settings(device.path(), "direct", "" + direct());
        return new DeviceBackend(
                calls, DeviceOpener.open(calls, settings, Users.OF_THIS_SYSTEM), System::nanoTime, () -> {});
    }

    @AfterEach
    void detach() throws IOException {
        device.close();
    }

    /** Reads are let by, by the page cache and by the file under the device. */
    @Override
    protected boolean readsAreWhole() {
        return false;
    }

    @Override
    protected OptionalLong usedBytes() throws IOException {
        return device.usedBytes();
    }
}
