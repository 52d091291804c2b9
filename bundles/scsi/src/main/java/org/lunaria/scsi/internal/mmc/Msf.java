package org.lunaria.scsi.internal.mmc;

/** Addresses as minutes, seconds and frames: 75 frames a second, and two seconds before the first block (MMC-6 4.2.3). */
public final class Msf {
    /** The address of a lead-out that has no better: the largest. */
    private static final int[] LARGEST = {255, 59, 74};

    private static final int SECONDS = 60;
    private static final int FRAMES = 75;
    private static final int LEAD_FRAMES = 2 * FRAMES;

    private Msf() {}

    /** Three bytes as one number, most significant first; of what is too far out the largest. */
    static int of(long lba) {
        long frames = lba + LEAD_FRAMES;
        long minute = frames / FRAMES / SECONDS;
        return minute > LARGEST[0]
                ? pack(LARGEST[0], LARGEST[1], LARGEST[2])
                : pack((int) minute, (int) (frames / FRAMES % SECONDS), (int) (frames % FRAMES));
    }

    /** Whether three bytes are an address at all. */
    public static boolean isValid(long msf) {
        return second(msf) < SECONDS && frame(msf) < FRAMES;
    }

    /** The block; negative before the first one. */
    public static long lba(long msf) {
        return ((msf >> 16 & 0xFF) * SECONDS + second(msf)) * FRAMES + frame(msf) - LEAD_FRAMES;
    }

    private static long second(long msf) {
        return msf >> 8 & 0xFF;
    }

    private static long frame(long msf) {
        return msf & 0xFF;
    }

    private static int pack(int minute, int second, int frame) {
        return minute << 16 | second << 8 | frame;
    }
}
