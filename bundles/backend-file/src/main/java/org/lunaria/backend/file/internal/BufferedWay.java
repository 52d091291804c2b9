package org.lunaria.backend.file.internal;

import org.lunaria.backend.BlockBackend.Failure;
import org.lunaria.posix.Transfers;
import org.lunaria.posix.Way;

/**
 * By the page cache. Thread-safe.
 *
 * <p>A write has no durability of its own: the kernel tells of lost pages once, and whoever hears of them has to remember
 * it for all ({@link org.lunaria.posix.Durability}).
 */
record BufferedWay(Transfers transfers) implements Way {

    @Override
    public int readAtOnce(long address, int length, long offset) {
        return transfers.readAtOnce(address, length, offset);
    }

    @Override
    public int writeAtOnce(long address, int length, long offset) {
        return transfers.writeAtOnce(address, length, offset);
    }

    @Override
    public void read(long address, int length, long offset) throws Failure {
        transfers.read(address, length, offset);
    }

    @Override
    public void write(long address, int length, long offset, boolean durable) throws Failure {
        transfers.write(address, length, offset);
    }

    @Override
    public boolean writesDurably() {
        return false;
    }
}
