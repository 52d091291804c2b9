package org.lunaria.scsi.internal.page;

/** What one command may ask for: announced by the Block Limits page, and held by the commands. */
public final class Limits {

    /** MAXIMUM WRITE SAME LENGTH, in logical blocks. */
    public static final int WRITE_SAME_BLOCKS = 0x1_0000;

    /** MAXIMUM UNMAP LBA COUNT: of all descriptors of a command together, in logical blocks. */
    public static final int UNMAP_BLOCKS = 0x10_0000;

    /** MAXIMUM UNMAP BLOCK DESCRIPTOR COUNT. */
    public static final int UNMAP_DESCRIPTORS = 256;

    private Limits() {}
}
