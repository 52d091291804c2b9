package org.lunaria.scsi.internal.mmc;

import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.stream.Stream;

/** What READ DISC STRUCTURE returns: of a CD the list only, which says so (MMC-6 6.22.3). */
public enum DiscStructure {
    /** Physical format information of layer 0: part version 1, 120 mm, one layer, embossed. */
    PHYSICAL(0x00, 2052) {
        @Override
        void put(ByteBuffer data, Disc disc) {
            data.put((byte) 0x01).put((byte) 0x0F).put((byte) 0x01).put((byte) 0x00);
            data.putInt(FIRST_SECTOR);
            data.putInt((int) Math.min(FIRST_SECTOR + disc.blockCount() - 1, LAST_SECTOR));
        }
    },
    /** Copyright information: no protection system, no region is kept out. */
    COPYRIGHT(0x01, 8) {
        @Override
        void put(ByteBuffer data, Disc disc) {
            // Zeroes.
        }
    },
    /** The list of these formats. */
    LIST(0xFF, 4) {
        @Override
        public boolean isOn(Disc disc) {
            return true;
        }

        @Override
        int lengthBytes(Disc disc) {
            return super.lengthBytes(disc)
                    + LISTED_BYTES
                            * (int) Stream.of(values())
                                    .filter(structure -> structure.isOn(disc))
                                    .count();
        }

        @Override
        void put(ByteBuffer data, Disc disc) {
            Stream.of(values())
                    .filter(structure -> structure.isOn(disc))
                    .forEach(structure -> data.put((byte) structure.code)
                            .put((byte) READABLE)
                            .putShort((short) structure.lengthBytes(disc)));
        }
    };

    private static final int LISTED_BYTES = 4;

    /** Physical sector number of block 0. */
    private static final int FIRST_SECTOR = 0x03_0000;

    private static final long LAST_SECTOR = 0xFF_FFFF;

    /** RDS. */
    private static final int READABLE = 0x40;

    private final int code;
    private final int lengthBytes;

    DiscStructure(int code, int lengthBytes) {
        this.code = code;
        this.lengthBytes = lengthBytes;
    }

    public static Optional<DiscStructure> find(int code) {
        for (DiscStructure structure : values()) {
            if (structure.code == code) {
                return Optional.of(structure);
            }
        }
        return Optional.empty();
    }

    /** Whether a disc has it. */
    public boolean isOn(Disc disc) {
        return disc.profile() == Profile.DVD_ROM;
    }

    /** With the header of four bytes. */
    int lengthBytes(Disc disc) {
        return lengthBytes;
    }

    public byte[] of(Disc disc) {
        int length = lengthBytes(disc);
        ByteBuffer data = ByteBuffer.allocate(length).putShort((short) (length - 2));
        put(data.putShort((short) 0), disc);
        return data.array();
    }

    /** Puts what follows the header. */
    abstract void put(ByteBuffer data, Disc disc);
}
