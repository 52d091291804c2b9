package org.lunaria.scsi.internal.unit;

import java.nio.ByteBuffer;
import java.util.Arrays;

/** CDBs and parameter lists of POPULATE TOKEN and WRITE USING TOKEN (SBC-3 5.22, 5.49), for tests. */
public final class TokenLists {
    public static final int POPULATE_TOKEN = 0x10;
    public static final int WRITE_USING_TOKEN = 0x11;
    public static final int RECEIVE_ROD_TOKEN_INFORMATION = 0x07;
    public static final int IMMED = 1;
    public static final int RTV = 2;
    public static final int DEL_TKN = 2;
    public static final int WRITE_HEADER = 536;
    private static final int POPULATE_HEADER = 16;

    private TokenLists() {}

    /** Ranges are LBA and count, one after the other. */
    public static byte[] populateOf(int flags, int timeoutSeconds, int rodType, long... ranges) {
        ByteBuffer list = ByteBuffer.allocate(POPULATE_HEADER + 8 * ranges.length);
        list.put(2, (byte) flags).putInt(4, timeoutSeconds).putInt(8, rodType);
        return ranges(list, POPULATE_HEADER, ranges);
    }

    public static byte[] populate(long... ranges) {
        return populateOf(0, 0, 0, ranges);
    }

    public static byte[] write(int flags, long offset, byte[] token, long... ranges) {
        ByteBuffer list = ByteBuffer.allocate(WRITE_HEADER + 8 * ranges.length);
        list.put(2, (byte) flags).putLong(8, offset).put(16, token);
        return ranges(list, WRITE_HEADER, ranges);
    }

    private static byte[] ranges(ByteBuffer list, int header, long... ranges) {
        list.putShort(0, (short) (list.capacity() - 2)).putShort(header - 2, (short) (8 * ranges.length));
        list.position(header);
        for (int i = 0; i < ranges.length; i += 2) {
            list.putLong(ranges[i]).putInt((int) ranges[i + 1]).putInt(0);
        }
        return list.array();
    }

    public static byte[] zeroToken() {
        return ByteBuffer.allocate(512)
                .putInt(0, 0xFFFF0001)
                .putShort(6, (short) 0x1F8)
                .array();
    }

    public static int[] out(int serviceAction, int identifier, int length) {
        return cdb(0x83, serviceAction, 6, identifier, length);
    }

    public static int[] information(int identifier, int length) {
        return cdb(0x84, RECEIVE_ROD_TOKEN_INFORMATION, 2, identifier, length);
    }

    /** COPY OPERATION ABORT. */
    static int[] abort(int identifier) {
        return cdb(0x83, 0x1C, 2, identifier, 0);
    }

    private static int[] cdb(int opcode, int serviceAction, int identifierAt, int identifier, int length) {
        byte[] cdb = ByteBuffer.allocate(16)
                .put(0, (byte) opcode)
                .put(1, (byte) serviceAction)
                .putInt(identifierAt, identifier)
                .putInt(10, length)
                .array();
        int[] ints = new int[cdb.length];
        Arrays.setAll(ints, at -> cdb[at] & 0xFF);
        return ints;
    }
}
