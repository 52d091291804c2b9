package org.lunaria.scsi.internal.mmc;

import java.nio.ByteBuffer;
import java.util.Optional;

/** The features of a CD/DVD unit, in ascending order as GET CONFIGURATION returns them (MMC-6 5.3). */
public enum Feature {
    PROFILE_LIST(0x0000, 0, true) {
        @Override
        byte[] data(Optional<Disc> disc) {
            ByteBuffer data = ByteBuffer.allocate(8);
            putProfile(data, Profile.DVD_ROM, disc);
            putProfile(data, Profile.CD_ROM, disc);
            return data.array();
        }
    },
    /** Physical interface standard 1, the SCSI family; INQ2, since INQUIRY checks its CDB; DBE, by the class Device Busy. */
    CORE(0x0001, 2, true) {
        @Override
        byte[] data(Optional<Disc> disc) {
            return new byte[] {0, 0, 0, 1, 0x03, 0, 0, 0};
        }
    },
    /** No events but those of media tell that features change (OCEvent), and none come unasked (Async). */
    MORPHING(0x0002, 1, true) {
        @Override
        byte[] data(Optional<Disc> disc) {
            return new byte[4];
        }
    },
    /** A tray that is loaded, ejected and locked by commands. */
    REMOVABLE_MEDIUM(0x0003, 2, true) {
        @Override
        byte[] data(Optional<Disc> disc) {
            return new byte[] {0x39, 0, 0, 0};
        }
    },
    /** Blocks of 2048 bytes; PP, since there is the mode page Read Error Recovery. */
    RANDOM_READABLE(0x0010, 0, false) {
        @Override
        byte[] data(Optional<Disc> disc) {
            Profile profile = disc.map(Disc::profile).orElse(Profile.CD_ROM);
            return ByteBuffer.allocate(8)
                    .putInt(2048)
                    .putShort((short) profile.blocking())
                    .put((byte) 1)
                    .array();
        }

        @Override
        boolean isCurrent(Optional<Disc> disc) {
            return disc.isPresent();
        }
    },
    /** Without digital audio, C2 error pointers and CD-Text. */
    CD_READ(0x001E, 2, false) {
        @Override
        byte[] data(Optional<Disc> disc) {
            return new byte[4];
        }

        @Override
        boolean isCurrent(Optional<Disc> disc) {
            return disc.filter(in -> in.profile() == Profile.CD_ROM).isPresent();
        }
    },
    DVD_READ(0x001F, 1, false) {
        @Override
        byte[] data(Optional<Disc> disc) {
            return new byte[4];
        }

        @Override
        boolean isCurrent(Optional<Disc> disc) {
            return disc.filter(in -> in.profile() == Profile.DVD_ROM).isPresent();
        }
    };

    private static final int PERSISTENT = 0x02;
    private static final int CURRENT = 0x01;

    private final int code;
    private final int version;
    private final boolean persistent;

    Feature(int code, int version, boolean persistent) {
        this.code = code;
        this.version = version;
        this.persistent = persistent;
    }

    public int code() {
        return code;
    }

    /** FEATURE DEPENDENT DATA. */
    abstract byte[] data(Optional<Disc> disc);

    /** Whether it is there now: a persistent one always is. */
    boolean isCurrent(Optional<Disc> disc) {
        return persistent;
    }

    byte[] descriptor(Optional<Disc> disc) {
        byte[] data = data(disc);
        int flags = version << 2 | (persistent ? PERSISTENT : 0) | (isCurrent(disc) ? CURRENT : 0);
        return ByteBuffer.allocate(4 + data.length)
                .putShort((short) code)
                .put((byte) flags)
                .put((byte) data.length)
                .put(data)
                .array();
    }

    private static void putProfile(ByteBuffer data, Profile profile, Optional<Disc> disc) {
        boolean current = disc.filter(in -> in.profile() == profile).isPresent();
        data.putShort((short) profile.code()).put((byte) (current ? 1 : 0)).put((byte) 0);
    }
}
