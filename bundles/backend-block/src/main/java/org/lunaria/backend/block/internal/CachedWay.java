package org.lunaria.backend.block.internal;

import java.util.concurrent.locks.Lock;
import org.lunaria.backend.BlockBackend.Failure;
import org.lunaria.posix.Transfers;
import org.lunaria.posix.Way;

/**
 * By the page cache. Thread-safe.
 *
 * <p>A write has no durability of its own: the kernel tells of lost pages once, and whoever hears of them has to remember
 * it for all ({@link org.lunaria.posix.Durability}).
 *
 * @param writing held while a write is made; who changes the device past the cache keeps all writes out by it
 */
record CachedWay(Transfers transfers, Lock writing) implements Way {

    @Override
    public int readAtOnce(long address, int length, long offset) {
        return transfers.readAtOnce(address, length, offset);
    }

    /** Nothing: who writes may have to wait for who zeroes. */
    @Override
    public int writeAtOnce(long address, int length, long offset) {
        return 0;
    }

    @Override
    public void read(long address, int length, long offset) throws Failure {
        transfers.read(address, length, offset);
    }

    @Override
    public void write(long address, int length, long offset, boolean durable) throws Failure {
        writing.lock();
        try {
            transfers.write(address, length, offset);
        } finally {
            writing.unlock();
        }
    }

    @Override
    public boolean writesDurably() {
        return false;
    }
}
