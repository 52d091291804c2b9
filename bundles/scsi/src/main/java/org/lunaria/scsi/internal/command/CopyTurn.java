package org.lunaria.scsi.internal.command;

/**
 * How much a copy has moved on its I/O thread without a pause. A store that is done at once would let it have the thread as
 * long as it likes; after a megabyte others get it. Confined to the task's executor.
 */
final class CopyTurn {
    private static final long LIMIT_BYTES = 1 << 20;

    private long bytes;

    /** A store was waited for, or others had the thread: it begins anew. */
    void restart() {
        bytes = 0;
    }

    void moved(long more) {
        bytes += more;
    }

    boolean isOver() {
        return bytes > LIMIT_BYTES;
    }
}
