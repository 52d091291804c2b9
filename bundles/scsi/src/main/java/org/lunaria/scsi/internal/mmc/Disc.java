package org.lunaria.scsi.internal.mmc;

import java.nio.ByteBuffer;

/**
 * A disc of one session with one data track from block 0 on, and what READ DISC INFORMATION and READ TRACK INFORMATION say
 * of it (MMC-6 6.21, 6.26). Immutable.
 *
 * @param blockCount of 2048 bytes each: the lead-out begins behind them
 */
public record Disc(long blockCount) {
    /** Of the track and of the session. */
    public static final int ONLY = 1;

    /** CONTROL of a data track, recorded uninterrupted. */
    static final int DATA_TRACK = 0x4;

    /** The largest lead-out of a CD is at 99:59:74. */
    private static final long MOST_CD_BLOCKS = (99 * 60 + 59) * 75 + 74 - 150;

    private static final int DISC_INFORMATION_BYTES = 34;
    private static final int TRACK_INFORMATION_BYTES = 48;

    /** The last session is complete, the disc finalized. */
    private static final int COMPLETE_AND_FINALIZED = 0xE;

    private static final int NO_ADDRESS = 0xFFFF_FFFF;
    private static final int MODE_1 = 1;

    public Profile profile() {
        return blockCount <= MOST_CD_BLOCKS ? Profile.CD_ROM : Profile.DVD_ROM;
    }

    /** Standard disc information. */
    public byte[] information() {
        ByteBuffer data = ByteBuffer.allocate(DISC_INFORMATION_BYTES);
        data.putShort((short) (DISC_INFORMATION_BYTES - 2)).put((byte) COMPLETE_AND_FINALIZED);
        data.put((byte) ONLY).put((byte) ONLY).put((byte) ONLY).put((byte) ONLY);
        return data.putInt(16, NO_ADDRESS).putInt(20, NO_ADDRESS).array();
    }

    /** The track information block of the track. */
    public byte[] trackInformation() {
        ByteBuffer data = ByteBuffer.allocate(TRACK_INFORMATION_BYTES);
        data.putShort((short) (TRACK_INFORMATION_BYTES - 2)).put((byte) ONLY).put((byte) ONLY);
        return data.put(5, (byte) DATA_TRACK)
                .put(6, (byte) MODE_1)
                .putInt(24, (int) Math.min(blockCount, 0xFFFF_FFFFL))
                .array();
    }
}
