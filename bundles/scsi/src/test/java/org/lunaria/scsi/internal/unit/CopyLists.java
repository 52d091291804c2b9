package org.lunaria.scsi.internal.unit;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.HexFormat;

/** Parameter lists of EXTENDED COPY (SPC-4 6.4, 6.5), for tests. Confined to the test's thread. */
public final class CopyLists {
    public static final int THIS_UNIT = 0xFFFF;

    /** Where the first CSCD descriptor is. */
    public static final int LID1_HEADER = 16;

    private final ByteArrayOutputStream cscds = new ByteArrayOutputStream();
    private final ByteArrayOutputStream segments = new ByteArrayOutputStream();

    /** An identification descriptor of a unit, by its NAA designator. */
    public CopyLists naa(String naa) {
        return cscd(1, 3, HexFormat.of().parseHex(naa));
    }

    CopyLists cscd(int codeSet, int type, byte[] designator) {
        ByteBuffer descriptor = ByteBuffer.allocate(32);
        descriptor.put(0, (byte) 0xE4).put(4, (byte) codeSet).put(5, (byte) type);
        descriptor.put(7, (byte) designator.length).put(8, designator).putInt(28, 512);
        cscds.writeBytes(descriptor.array());
        return this;
    }

    CopyLists blockBytes(int bytes) {
        byte[] all = cscds.toByteArray();
        ByteBuffer.wrap(all).putInt(all.length - 4, bytes);
        cscds.reset();
        cscds.writeBytes(all);
        return this;
    }

    /** A segment of blocks of the source. */
    public CopyLists copy(int source, long sourceLba, int destination, long destinationLba, int blocks) {
        return copy(0, source, sourceLba, destination, destinationLba, blocks);
    }

    CopyLists copy(int flags, int source, long sourceLba, int destination, long destinationLba, int blocks) {
        segments.writeBytes(ByteBuffer.allocate(28)
                .put((byte) 0x02)
                .put((byte) flags)
                .putShort((short) 24)
                .putShort((short) source)
                .putShort((short) destination)
                .putShort((short) 0)
                .putShort((short) blocks)
                .putLong(sourceLba)
                .putLong(destinationLba)
                .array());
        return this;
    }

    CopyLists verify(int cscd, boolean tests) {
        segments.writeBytes(ByteBuffer.allocate(12)
                .put((byte) 0x07)
                .put(3, (byte) 8)
                .putShort(4, (short) cscd)
                .put(8, (byte) (tests ? 1 : 0))
                .array());
        return this;
    }

    public byte[] lid1(int listIdentifier) {
        return lid1(listIdentifier, 0);
    }

    byte[] lid1(int listIdentifier, int usage) {
        return ByteBuffer.allocate(LID1_HEADER + cscds.size() + segments.size())
                .put((byte) listIdentifier)
                .put((byte) (usage << 3))
                .putShort((short) cscds.size())
                .putInt(0)
                .putInt(segments.size())
                .putInt(0)
                .put(cscds.toByteArray())
                .put(segments.toByteArray())
                .array();
    }

    public byte[] lid4(int listIdentifier) {
        return ByteBuffer.allocate(48 + cscds.size() + segments.size())
                .put(0, (byte) 1)
                .put(3, (byte) 32)
                .put(16, (byte) 0xFF)
                .putInt(20, listIdentifier)
                .putShort(42, (short) cscds.size())
                .putShort(44, (short) segments.size())
                .position(48)
                .put(cscds.toByteArray())
                .put(segments.toByteArray())
                .array();
    }

    public static int[] cdb(int serviceAction, int length) {
        return new int[] {
            0x83,
            serviceAction,
            0,
            0,
            0,
            0,
            0,
            0,
            0,
            0,
            length >> 24,
            length >> 16 & 0xFF,
            length >> 8 & 0xFF,
            length & 0xFF,
            0,
            0
        };
    }
}
