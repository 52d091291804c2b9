package org.lunaria.posix;

import org.lunaria.backend.BlockBackend.Failure;

/** How bytes get to a file or a device and back: by the page cache, or past it. Thread-safe. */
public interface Way {

    /** Reads what needs no waiting; the number of bytes read, maybe 0. Never blocks. */
    int readAtOnce(long address, int length, long offset);

    /** Writes what needs no waiting; the number of bytes written, maybe 0. Never blocks. */
    int writeAtOnce(long address, int length, long offset);

    /** Reads all. May block. */
    void read(long address, int length, long offset) throws Failure;

    /**
     * Writes all. May block. Of 4096 aligned bytes none is the work of two calls.
     *
     * @param durable whether it is durable when this returns; only where {@link #writesDurably}
     */
    void write(long address, int length, long offset, boolean durable) throws Failure;

    /** Whether a write can be durable by itself; else a flush has to follow. */
    boolean writesDurably();
}
