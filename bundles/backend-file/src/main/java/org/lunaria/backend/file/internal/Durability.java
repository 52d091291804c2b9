package org.lunaria.backend.file.internal;

import java.util.concurrent.atomic.AtomicLong;
import org.lunaria.backend.BlockBackend.Failure;
import org.lunaria.backend.BlockBackend.Fault;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes a file's bytes durable, by fdatasync(2). Thread-safe; a flush may block.
 *
 * <p>One fdatasync at a time, and those who came while it ran share the next one. That is not only quicker: the
 * kernel tells a lost write to one fdatasync and forgets it, so a second one at the same time would say all is well.
 *
 * <p>After a failure the lost pages may be gone from the cache, and no later fdatasync speaks of them. So the first
 * failure stays: every flush fails with it until the file is opened again. It is logged once.
 */
final class Durability {

    private static final Logger LOG = LoggerFactory.getLogger(Durability.class);

    private final FileCalls calls;
    private final VolumeFile file;
    private final AtomicLong asked = new AtomicLong();

    /** The newest request that a finished fdatasync covers. @GuardedBy this */
    private long covered;

    /** What the first failed fdatasync said; below 0 then. @GuardedBy this */
    private long failed;

    Durability(FileCalls calls, VolumeFile file) {
        this.calls = calls;
        this.file = file;
    }

    /** Returns when every write that was completed before this call is durable. */
    void flush() throws Failure {
        long mine = asked.incrementAndGet();
        synchronized (this) {
            if (failed == 0 && covered < mine) {
                long upTo = asked.get();
                failed = calls.fdatasync(file.fd());
                if (failed < 0) {
                    LOG.error("{}: writes were lost, {}; it takes no flush until it is opened again", file, cause());
                }
                covered = upTo;
            }
            if (failed < 0) {
                throw new Failure(Fault.WRITE_ERROR, -1, file + ": writes were lost: " + cause());
            }
        }
    }

    private String cause() {
        return Errno.text(failed);
    }
}
