package org.lunaria.iscsi.internal.wire;

/**
 * What the commands of one session bring unasked, and how many more of them may come: so many as find memory when each brings
 * as much as those before. That is what its command window is opened by (RFC 7143 4.2.2.1), which can be opened but not closed
 * again. Confined to the session's thread.
 */
public final class Inflow {
    /** Who brings no more with a command is never held back. */
    private static final int LITTLE_BYTES = 4096;

    /** So much of it may come from each session however little memory there is. */
    private static final int LEAST_BYTES = BufferPool.BUFFER_BYTES_MAX;

    /** How quickly a large command is forgotten: by this part of what it brought with each that comes after. */
    private static final int FORGETS = 16;

    private final BufferPool pool;
    private int bytesPerCommand;
    private int activeSince;

    /** @param bytes that a command brings at most: as nobody knows yet what they are going to bring */
    public Inflow(BufferPool pool, int bytes) {
        this.pool = pool;
        this.bytesPerCommand = bytes;
        this.activeSince = pool.active(0);
    }

    /** A command came with so much data behind it that nobody asked for. */
    public void came(int bytes) {
        bytesPerCommand = Math.max(bytes, bytesPerCommand - (bytesPerCommand + FORGETS - 1) / FORGETS);
        activeSince = pool.active(activeSince);
    }

    /** Whether it may have as many under way as any session may, without asking the pool. */
    public boolean isLittle() {
        return bytesPerCommand <= LITTLE_BYTES;
    }

    /** How many more may come now, of one that is not little. */
    public int room() {
        return (int) (pool.roomForOne() / bytesPerCommand);
    }

    /** How many may have come or come in any case, of one that is not little: at least one. */
    public int least() {
        return Math.max(1, LEAST_BYTES / bytesPerCommand);
    }
}
