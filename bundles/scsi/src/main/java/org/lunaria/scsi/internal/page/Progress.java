package org.lunaria.scsi.internal.page;

/**
 * Progress indication sense-key specific data: how much of a long work is done (SPC-4 4.5.2.4.4). Immutable.
 *
 * @param parts of 65 536
 */
public record Progress(int parts) implements SenseKeySpecific {
    private static final int ALL = 0x1_0000;

    public Progress {
        if (parts < 0 || parts >= ALL) {
            throw new IllegalArgumentException(parts + " of " + ALL);
        }
    }

    /** What is done of the whole; never all, since then it would be over. */
    public static Progress of(long done, long whole) {
        double share = whole <= 0 ? 0 : (double) done / whole;
        return new Progress((int) Math.max(0, Math.min(ALL - 1, share * ALL)));
    }

    @Override
    public void put(byte[] sense, int at) {
        sense[at] = (byte) VALID;
        sense[at + 1] = (byte) (parts >> 8);
        sense[at + 2] = (byte) parts;
    }
}
