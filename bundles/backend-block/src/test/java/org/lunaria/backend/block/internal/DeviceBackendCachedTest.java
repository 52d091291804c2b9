package org.lunaria.backend.block.internal;

/** By the page cache. */
class DeviceBackendCachedTest extends DeviceBackendContract {

    @Override
    boolean direct() {
        return false;
    }
}
