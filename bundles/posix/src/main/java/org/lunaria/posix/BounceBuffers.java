package org.lunaria.posix;

import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Queue;

/**
 * A few buffers that lie as every device needs it, allocated once. Who finds none waits for one: there are workers who hold
 * them, and they hold one each. Thread-safe.
 */
public final class BounceBuffers {

    static final int BYTES = 256 * 1024;
    static final int ALIGNMENT = 4096;
    static final int COUNT = 8;

    /** @GuardedBy this */
    private final Queue<ByteBuffer> free = new ArrayDeque<>();

    /** @throws OutOfMemoryError when there is not that much direct memory; nothing is left of it then */
    public BounceBuffers() {
        ByteBuffer all = ByteBuffer.allocateDirect(COUNT * BYTES + ALIGNMENT).alignedSlice(ALIGNMENT);
        for (int number = 0; number < COUNT; number++) {
            free.add(all.slice(number * BYTES, BYTES));
        }
    }

    /** Takes one away; its caller gives it back. May block. An interrupt is kept for later. */
    synchronized ByteBuffer take() {
        boolean interrupted = false;
        while (free.isEmpty()) {
            try {
                wait();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        return free.remove();
    }

    synchronized void giveBack(ByteBuffer buffer) {
        free.add(buffer);
        notify();
    }
}
