package org.lunaria.scsi.internal.copy;

/** What the copy manager takes of ROD tokens: announced by VPD page 8Fh, and held by the commands. */
public final class RodLimits {

    /** MAXIMUM RANGE DESCRIPTORS of POPULATE TOKEN and WRITE USING TOKEN. */
    public static final int RANGE_DESCRIPTORS = 128;

    /** DEFAULT INACTIVITY TIMEOUT. */
    public static final int DEFAULT_TIMEOUT_SECONDS = 60;

    /** MAXIMUM INACTIVITY TIMEOUT. */
    public static final int MAXIMUM_TIMEOUT_SECONDS = 600;

    /** What a token stands for at most, and what a command writes from one: it ends within initiators' time-outs. */
    public static final long TRANSFER_BYTES = 256L << 20;

    /** OPTIMAL TRANSFER COUNT, in bytes. */
    public static final long OPTIMAL_BYTES = 64L << 20;

    private RodLimits() {}

    /** MAXIMUM TOKEN TRANSFER SIZE, in logical blocks. */
    public static long transferBlocks(int blockBytes) {
        return TRANSFER_BYTES / blockBytes;
    }
}
