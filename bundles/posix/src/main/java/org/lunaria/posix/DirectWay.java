package org.lunaria.posix;

import java.nio.ByteBuffer;
import org.lunaria.backend.BlockBackend.Failure;

/**
 * Past the page cache (O_DIRECT): the device reads and writes the caller's memory itself. Memory that does not lie as the
 * device needs it goes by one of a few buffers that do. A durable write is the device's own (FUA), or one and a flush.
 * Thread-safe; a call may wait for a buffer.
 *
 * <p>The kernel cuts large transfers into several, at multiples of a page from their beginning; then a page on the device
 * must not lie across such a place. So a transfer that is not short begins at a page of the device, and at one of the memory.
 */
public final class DirectWay implements Way {

    private static final int PAGE_BYTES = BounceBuffers.ALIGNMENT;

    /** What is not longer is not cut: it has at most 17 pages of memory, and devices take more at a time. */
    private static final int UNCUT_BYTES = 64 * 1024;

    private final Transfers transfers;
    private final int memoryAlignment;
    private final BounceBuffers buffers;

    /** @param memoryAlignment what addresses have to be multiples of, a power of two */
    public DirectWay(Transfers transfers, int memoryAlignment, BounceBuffers buffers) {
        this.transfers = transfers;
        this.memoryAlignment = memoryAlignment;
        this.buffers = buffers;
    }

    /** Nothing: there is always the device to wait for. */
    @Override
    public int readAtOnce(long address, int length, long offset) {
        return 0;
    }

    @Override
    public int writeAtOnce(long address, int length, long offset) {
        return 0;
    }

    @Override
    public void read(long address, int length, long offset) throws Failure {
        if (isAligned(address)) {
            transfers.read(address, length, offset);
            return;
        }
        ByteBuffer buffer = buffers.take();
        try {
            for (int done = 0; done < length; ) {
                int part = Math.min(BounceBuffers.BYTES, length - done);
                transfers.read(Glibc.address(buffer), part, offset + done);
                Glibc.view(address + done, part).put(buffer.slice(0, part));
                done += part;
            }
        } finally {
            buffers.giveBack(buffer);
        }
    }

    @Override
    public void write(long address, int length, long offset, boolean durable) throws Failure {
        int flags = durable ? FileCalls.RWF_DSYNC : 0;
        if (isAligned(address)) {
            for (int done = 0; done < length; ) {
                int part = part(address + done, offset + done, length - done);
                transfers.write(address + done, part, offset + done, flags);
                done += part;
            }
            return;
        }
        ByteBuffer buffer = buffers.take();
        try {
            for (int done = 0; done < length; ) {
                int part = part(0, offset + done, Math.min(BounceBuffers.BYTES, length - done));
                buffer.put(0, Glibc.view(address + done, part), 0, part);
                transfers.write(Glibc.address(buffer), part, offset + done, flags);
                done += part;
            }
        } finally {
            buffers.giveBack(buffer);
        }
    }

    @Override
    public boolean writesDurably() {
        return true;
    }

    /** How much of a write may be one call. */
    private static int part(long address, long offset, int length) {
        boolean whole = length <= UNCUT_BYTES || (address | offset) % PAGE_BYTES == 0;
        return whole ? length : UNCUT_BYTES - (int) (offset % PAGE_BYTES);
    }

    private boolean isAligned(long address) {
        return (address & memoryAlignment - 1) == 0;
    }
}
