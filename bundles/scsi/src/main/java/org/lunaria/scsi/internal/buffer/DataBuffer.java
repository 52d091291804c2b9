package org.lunaria.scsi.internal.buffer;

import java.nio.ByteBuffer;

/** The one data buffer of a unit, which all initiators share: zeroes at first. Thread-safe; takes its memory with the first write. */
public final class DataBuffer {
    public static final int CAPACITY_BYTES = 64 * 1024;

    private static final byte[] UNTOUCHED = {};

    private byte[] bytes = UNTOUCHED;

    /** Stores what remains of a source. */
    public synchronized void write(int offset, ByteBuffer source) {
        if (bytes == UNTOUCHED) {
            bytes = new byte[CAPACITY_BYTES];
        }
        source.get(bytes, offset, source.remaining());
    }

    /** Fills a target. */
    public synchronized void read(int offset, ByteBuffer target) {
        if (bytes == UNTOUCHED) {
            target.put(new byte[target.remaining()]);
        } else {
            target.put(bytes, offset, target.remaining());
        }
    }
}
