package org.lunaria.iscsi.internal.wire;

import java.nio.ByteBuffer;

/**
 * Direct memory for many pages, allocated in one piece, because the kernel can only back it by huge pages when it is much
 * longer than one of them. What was not handed out as a page takes up no memory. Confined to its {@link Pages}.
 */
final class Slab {
    /** Of a full slab, which is 16 MiB. */
    static final int PAGES = 64;

    /**
     * A line of the processor's caches. The C library's memory begins 16 bytes behind such a border, and there the kernel
     * took half as long again to copy a page of a file to it, which is aligned.
     */
    private static final int ALIGNMENT_BYTES = 64;

    /** Direct memory that a page takes, with its slab's alignment. */
    static final int PAGE_FOOTPRINT_BYTES = Page.BYTES + ALIGNMENT_BYTES;

    private final ByteBuffer memory;
    private int used;

    Slab(int pages) {
        ByteBuffer allocated = ByteBuffer.allocateDirect(pages * Page.BYTES + ALIGNMENT_BYTES);
        HugePages.prefer(allocated);
        memory = allocated.alignedSlice(ALIGNMENT_BYTES).slice(0, pages * Page.BYTES);
    }

    boolean hasPage() {
        return used < memory.capacity();
    }

    /** Memory of {@link Page#BYTES}, which nobody else has. */
    ByteBuffer nextPage() {
        ByteBuffer page = memory.slice(used, Page.BYTES);
        used += Page.BYTES;
        return page;
    }
}
