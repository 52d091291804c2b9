package org.lunaria.backend.file.internal;

import java.lang.ref.Reference;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Optional;
import org.lunaria.posix.FileCalls;
import org.lunaria.posix.Glibc;

/**
 * How transfers of a file past the page cache have to lie. Immutable.
 *
 * @param memoryBytes what addresses are multiples of, a power of two
 * @param offsetBytes what offsets and lengths are multiples of, a power of two from 512 to 4096
 */
record Alignment(int memoryBytes, int offsetBytes) {

    private static final int PAGE_BYTES = 4096;

    /** struct statx, which is the same on all machines. */
    private static final int STATX_BYTES = 256;

    private static final int STX_MASK = 0;
    private static final int STX_DIO_MEM_ALIGN = 0x98;
    private static final int STX_DIO_OFFSET_ALIGN = 0x9C;
    private static final int STATX_DIOALIGN = 0x2000;

    /**
     * Asks for it; a kernel before 6.1, and many a file system, does not tell, and is tried.
     *
     * @param fd open with O_DIRECT; of a file with {@link #PAGE_BYTES} or more
     * @return none where there is no such alignment
     */
    static Optional<Alignment> of(FileCalls calls, int fd) {
        ByteBuffer status = ByteBuffer.allocateDirect(STATX_BYTES).order(ByteOrder.nativeOrder());
        int result = calls.statx(fd, Glibc.address(status));
        Reference.reachabilityFence(status);
        if (result < 0 || (status.getInt(STX_MASK) & STATX_DIOALIGN) == 0) {
            return tried(calls, fd);
        }
        int offset = Math.max(FileSettings.BLOCK_BYTES, status.getInt(STX_DIO_OFFSET_ALIGN));
        int memory = status.getInt(STX_DIO_MEM_ALIGN);
        // Zeroes say that it cannot be done, as for a file that is encrypted.
        return status.getInt(STX_DIO_OFFSET_ALIGN) > 0 && isUsable(offset) && isUsable(memory)
                ? Optional.of(new Alignment(memory, offset))
                : Optional.empty();
    }

    private static Optional<Alignment> tried(FileCalls calls, int fd) {
        ByteBuffer page = ByteBuffer.allocateDirect(2 * PAGE_BYTES).alignedSlice(PAGE_BYTES);
        for (int bytes = FileSettings.BLOCK_BYTES; bytes <= PAGE_BYTES; bytes *= 2) {
            long result = calls.read(fd, Glibc.address(page), bytes, bytes % PAGE_BYTES, 0);
            Reference.reachabilityFence(page);
            if (result >= 0) {
                return Optional.of(new Alignment(bytes, bytes));
            }
        }
        return Optional.empty();
    }

    private static boolean isUsable(int bytes) {
        return Integer.bitCount(bytes) == 1 && bytes <= PAGE_BYTES;
    }
}
