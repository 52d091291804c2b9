package org.lunaria.scsi.internal.page;

/** What one command may ask for: announced by the Block Limits page, and held by the commands. */
public final class Limits {

    /** MAXIMUM WRITE SAME LENGTH, in logical blocks. */
    public static final int WRITE_SAME_BLOCKS = 0x1_0000;

    /** MAXIMUM UNMAP LBA COUNT: of all descriptors of a command together, in logical blocks. */
    public static final int UNMAP_BLOCKS = 0x10_0000;

    /** MAXIMUM UNMAP BLOCK DESCRIPTOR COUNT. */
    public static final int UNMAP_DESCRIPTORS = 256;

    /** EXTENDED SELF-TEST COMPLETION TIME: advisory, of a thousand reads on a slow disk. */
    public static final int EXTENDED_SELF_TEST_SECONDS = 60;

    /** MAXIMUM COMPARE AND WRITE LENGTH: the field has 8 bits. */
    private static final int COMPARE_AND_WRITE_BLOCKS = 0xFF;

    /**
     * With the blocks that they are compared with they make one transfer, which every transport and store takes at once
     * (DataTransfer.chunkBytes, BlockBackend.Profile.maxTransferBytes).
     */
    private static final int COMPARE_AND_WRITE_BYTES = 32 * 1024;

    /** The bound of what one command moves; the 32 MiB that VMware asks for at most, and well above what others do. */
    private static final int TRANSFER_BYTES = 32 << 20;

    /** The bound of what one command writes atomically: it is held in memory before the first of it is written. */
    public static final int ATOMIC_BYTES = 1 << 20;

    /** MAXIMUM TRANSFER LENGTH, in logical blocks. */
    public static int transferBlocks(int blockBytes) {
        return TRANSFER_BYTES / blockBytes;
    }

    /**
     * MAXIMUM ATOMIC TRANSFER LENGTH, in logical blocks; also with an atomic boundary, and of one. TRANSFER LENGTH of the
     * command has 16 bits.
     *
     * @param atomicBytes what the backend writes atomically at most
     */
    static int atomicBlocks(int atomicBytes, int blockBytes) {
        return Math.min(0xFFFF, Math.min(atomicBytes, ATOMIC_BYTES) / blockBytes);
    }

    /** MAXIMUM COMPARE AND WRITE LENGTH, in logical blocks. */
    public static int compareAndWriteBlocks(int blockBytes) {
        return Math.min(COMPARE_AND_WRITE_BLOCKS, COMPARE_AND_WRITE_BYTES / blockBytes);
    }

    /** A threshold set: what resources of a thin disk are counted by (SBC-4 4.7.3.7.2). */
    public static final int THRESHOLD_SET_BYTES = 1 << 20;

    private Limits() {}
}
