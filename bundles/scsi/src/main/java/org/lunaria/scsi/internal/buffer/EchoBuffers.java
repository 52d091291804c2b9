package org.lunaria.scsi.internal.buffer;

import java.util.ArrayDeque;
import java.util.Deque;

/**
 * The memory of a unit for echo buffers, one for each nexus that has written lately: when there are too many, the oldest is
 * overwritten by the next, and its nexus is told so. Thread-safe; its lock guards the {@link EchoBuffer}s that it gave.
 */
public final class EchoBuffers {
    /** At a time, of a unit: 64 KiB with {@link EchoBuffer#CAPACITY_BYTES}. */
    static final int MAX_HELD = 16;

    /** Oldest first. */
    private final Deque<EchoBuffer> held = new ArrayDeque<>();

    /** One for a nexus; it takes no memory until it is written. */
    public EchoBuffer newBuffer() {
        return new EchoBuffer(this);
    }

    /** With the lock held. */
    void hold(EchoBuffer buffer) {
        held.remove(buffer);
        held.add(buffer);
        if (held.size() > MAX_HELD) {
            held.remove().overwrite();
        }
    }

    /** With the lock held. */
    void drop(EchoBuffer buffer) {
        held.remove(buffer);
    }
}
