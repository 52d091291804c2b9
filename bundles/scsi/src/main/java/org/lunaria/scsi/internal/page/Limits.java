package org.lunaria.scsi.internal.page;

/** What one command may ask for: announced by the Block Limits page, and held by the commands. */
public final class Limits {

    /** MAXIMUM WRITE SAME LENGTH, in logical blocks. */
    public static final int WRITE_SAME_BLOCKS = 0x1_0000;

    /** MAXIMUM UNMAP LBA COUNT: of all descriptors of a command together, in logical blocks. */
    public static final int UNMAP_BLOCKS = 0x10_0000;

    /** MAXIMUM UNMAP BLOCK DESCRIPTOR COUNT. */
    public static final int UNMAP_DESCRIPTORS = 256;

    /** MAXIMUM COMPARE AND WRITE LENGTH: the field has 8 bits. */
    private static final int COMPARE_AND_WRITE_BLOCKS = 0xFF;

    /**
     * With the blocks that they are compared with they make one transfer, which every transport and store takes at once
     * (DataTransfer.chunkBytes, BlockBackend.Profile.maxTransferBytes).
     */
    private static final int COMPARE_AND_WRITE_BYTES = 32 * 1024;

    /** MAXIMUM COMPARE AND WRITE LENGTH, in logical blocks. */
    public static int compareAndWriteBlocks(int blockBytes) {
        return Math.min(COMPARE_AND_WRITE_BLOCKS, COMPARE_AND_WRITE_BYTES / blockBytes);
    }

    private Limits() {}
}
