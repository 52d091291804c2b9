package org.lunaria.iscsi.internal.wire;

import com.sun.jna.Native;
import com.sun.jna.Pointer;
import java.nio.ByteBuffer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Has the kernel back memory by huge pages (transparent_hugepage, madvise(2)): the processor finds its way through 1 MiB
 * then with one entry of its translation cache instead of 256. Stateless; thread-safe.
 */
final class HugePages {
    private static final Logger LOG = LoggerFactory.getLogger(HugePages.class);

    /** Of the kernel's page: madvise takes whole ones. A larger one of another architecture makes the calls fail. */
    private static final long PAGE_BYTES = 4096;

    private static final int MADV_DONTNEED = 4;
    private static final int MADV_HUGEPAGE = 14;

    /** The C library's function. */
    private static final class C {
        static {
            Native.register(C.class, "c");
        }

        static native int madvise(long address, long length, int advice);
    }

    private HugePages() {}

    /**
     * Prefers huge pages for fresh memory, and gives back what the Java virtual machine has touched in it by filling it with
     * zeroes; it stays zeroes. Where that cannot be, nothing happens.
     *
     * @param fresh direct, and in nobody's use
     */
    static void prefer(ByteBuffer fresh) {
        try {
            long address = Pointer.nativeValue(Native.getDirectBufferPointer(fresh));
            long from = (address + PAGE_BYTES - 1) / PAGE_BYTES * PAGE_BYTES;
            long length = (address + fresh.capacity()) / PAGE_BYTES * PAGE_BYTES - from;
            if (length > 0 && C.madvise(from, length, MADV_HUGEPAGE) == 0) {
                C.madvise(from, length, MADV_DONTNEED);
            }
        } catch (LinkageError e) {
            LOG.debug("no huge pages for buffers: {}", e.toString());
        }
    }
}
