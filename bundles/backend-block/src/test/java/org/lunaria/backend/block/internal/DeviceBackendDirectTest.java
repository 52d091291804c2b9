package org.lunaria.backend.block.internal;

/** Past the page cache. */
class DeviceBackendDirectTest extends DeviceBackendContract {

    @Override
    boolean direct() {
        return true;
    }
}
