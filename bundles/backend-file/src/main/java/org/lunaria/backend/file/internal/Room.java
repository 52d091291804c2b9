package org.lunaria.backend.file.internal;

import org.lunaria.backend.BlockBackend.Failure;
import org.lunaria.backend.BlockBackend.Fault;
import org.lunaria.posix.Usage;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Whether writes find room, for an administrator: the first that finds none is logged, and not each. There is room again when
 * more is left than at that time. Thread-safe.
 */
final class Room {

    private static final Logger LOG = LoggerFactory.getLogger(Room.class);

    /** What a file system gains or loses without anybody's doing. */
    private static final long MORE_BYTES = 1 << 20;

    private final VolumeFile file;
    private final Usage usage;
    private volatile String trouble = "";

    /** What was left at the first look then, or less since; all there is before it. @GuardedBy this */
    private long leftBytes;

    Room(VolumeFile file, Usage usage) {
        this.file = file;
        this.usage = usage;
    }

    /** What is in the way of writes that need space; empty if nothing. */
    String trouble() {
        return trouble;
    }

    /**
     * An operation has failed. Never blocks.
     *
     * @return whether it is the first that finds no room: it is time to {@link #look} at what is left
     */
    boolean failed(Failure failure) {
        return failure.fault() == Fault.NO_SPACE && trouble.isEmpty() && begin(failure.getMessage());
    }

    private synchronized boolean begin(String cause) {
        if (!trouble.isEmpty()) {
            return false;
        }
        leftBytes = Long.MAX_VALUE;
        trouble = "Writes that need space fail (" + cause + "); make room.";
        LOG.warn("{}; what needs space fails with NO_SPACE until there is room", cause);
        return true;
    }

    /** Asks how much is left, and whether there is room again. May block. */
    void look() {
        if (!trouble.isEmpty()) {
            compare(leftBytes());
        }
    }

    private synchronized void compare(long now) {
        if (now - MORE_BYTES >= leftBytes) {
            LOG.info("{}: there is room again: {} bytes are left", file, now);
            trouble = "";
        }
        leftBytes = Math.min(now, leftBytes);
    }

    /** Where that cannot be told, there is never more. */
    private long leftBytes() {
        try {
            return file.fileSystem().tellsSpace() ? usage.look().availableBytes() : 0;
        } catch (Failure e) {
            LOG.debug("{}", e.getMessage());
            return 0;
        }
    }
}
