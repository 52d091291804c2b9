package org.lunaria.backend;

/** The double is held to the contract as well, and shows that the contract can be kept. */
class ArrayBackendTest extends BlockBackendContract {

    @Override
    protected BlockBackend open() {
        return new ArrayBackend(LEAST_CAPACITY_BYTES, 512);
    }
}
