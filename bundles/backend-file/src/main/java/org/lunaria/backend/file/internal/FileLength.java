package org.lunaria.backend.file.internal;

import static org.lunaria.posix.FileCalls.SEEK_END;

import java.util.concurrent.CompletionException;
import org.lunaria.backend.BlockBackend.Failure;
import org.lunaria.backend.Completions;
import org.lunaria.posix.Durability;
import org.lunaria.posix.Errno;
import org.lunaria.posix.FileCalls;

/**
 * Makes a volume's file longer and shorter. It is made durable as all else of the file is: whom the kernel tells of lost writes here,
 * it tells once, and a flush afterwards must know. Thread-safe if one call at a time is made; may block.
 */
final class FileLength {

    private final FileCalls calls;
    private final VolumeFile file;
    private final Reservation reservation;
    private final Durability durability;

    FileLength(FileCalls calls, VolumeFile file, Reservation reservation, Durability durability) {
        this.calls = calls;
        this.file = file;
        this.reservation = reservation;
        this.durability = durability;
    }

    /**
     * Adds zeroes, durably, or leaves it as long as it was; for a file that is preallocated with their space, which is taken before the file is longer: so no crash leaves a
     * longer one without it.
     */
    void extend(long fromBytes, long toBytes) throws Failure {
        long before = calls.lseek(file.fd(), 0, SEEK_END);
        require(before, "asked for its size");
        try {
            boolean taken = !file.preallocated() || reservation.takeAtOnce(fromBytes, toBytes - fromBytes);
            require(calls.ftruncate(file.fd(), Math.max(before, toBytes)), "made " + toBytes + " bytes long");
            if (!taken) {
                reservation.take(fromBytes, toBytes - fromBytes);
            }
            flush();
        } catch (Failure e) {
            // Gives space behind the end back as well.
            calls.ftruncate(file.fd(), before);
            throw e;
        }
    }

    /** Destroys what is behind a length, or leaves it as long as it was. A loss of power may bring it back until {@link #flush}. */
    void cut(long toBytes) throws Failure {
        require(calls.ftruncate(file.fd(), toBytes), "cut to " + toBytes + " bytes");
    }

    /** Makes its length, and what was written, durable. */
    void flush() throws Failure {
        try {
            durability.flushHere().toCompletableFuture().join();
        } catch (CompletionException e) {
            throw Completions.failure(e);
        }
    }

    private void require(long result, String what) throws Failure {
        if (result < 0) {
            throw new Failure(Errno.whenWriting(result), -1, "the file cannot be " + what + ": " + Errno.text(result));
        }
    }
}
