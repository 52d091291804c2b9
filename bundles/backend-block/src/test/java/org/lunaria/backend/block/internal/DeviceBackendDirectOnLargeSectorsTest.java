package org.lunaria.backend.block.internal;

/** Past the page cache, where the device has sectors of a page. */
class DeviceBackendDirectOnLargeSectorsTest extends DeviceBackendContract {

    @Override
    boolean direct() {
        return true;
    }

    @Override
    int sectorBytes() {
        return 4096;
    }
}
