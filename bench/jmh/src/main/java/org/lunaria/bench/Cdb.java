package org.lunaria.bench;

import java.nio.ByteBuffer;

/** The commands that are measured (SBC-4 5.15, 5.40). Blocks are 512 bytes. */
final class Cdb {
    private static final byte READ_16 = (byte) 0x88;
    private static final byte WRITE_16 = (byte) 0x8A;
    private static final int LBA_OFFSET = 2;
    private static final int LENGTH_OFFSET = 10;

    private Cdb() {}

    static byte[] read16(long lba, int blocks) {
        return cdb(READ_16, lba, blocks);
    }

    static byte[] write16(long lba, int blocks) {
        return cdb(WRITE_16, lba, blocks);
    }

    /** A command that moves no data. */
    static byte[] testUnitReady() {
        return new byte[16];
    }

    private static byte[] cdb(byte code, long lba, int blocks) {
        return ByteBuffer.allocate(16)
                .put(0, code)
                .putLong(LBA_OFFSET, lba)
                .putInt(LENGTH_OFFSET, blocks)
                .array();
    }
}
