package org.lunaria.backend.file.internal;

import static org.lunaria.posix.FileCalls.SEEK_END;

import org.lunaria.backend.BlockBackend.Failure;
import org.lunaria.posix.Errno;
import org.lunaria.posix.FileCalls;

/**
 * Makes a volume's file longer and shorter, durably: a call that fails leaves it as long as it was. Thread-safe if one call at a
 * time is made; may block.
 */
final class FileLength {

    private final FileCalls calls;
    private final VolumeFile file;
    private final Reservation reservation;

    FileLength(FileCalls calls, VolumeFile file, Reservation reservation) {
        this.calls = calls;
        this.file = file;
        this.reservation = reservation;
    }

    /**
     * Adds zeroes; for a file that is preallocated with their space, which is taken before the file is longer: so no crash leaves a
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
            require(calls.fsync(file.fd()), "made longer durably");
        } catch (Failure e) {
            // Gives space behind the end back as well.
            calls.ftruncate(file.fd(), before);
            throw e;
        }
    }

    /** Destroys what is behind a length. */
    void cut(long toBytes) throws Failure {
        require(calls.ftruncate(file.fd(), toBytes), "cut to " + toBytes + " bytes");
        // Cut it is; when that is not durable a loss of power may bring the rest back, and nobody was told that it is
        // gone.
        require(calls.fsync(file.fd()), "made shorter durably");
    }

    private void require(long result, String what) throws Failure {
        if (result < 0) {
            throw new Failure(Errno.whenWriting(result), -1, "the file cannot be " + what + ": " + Errno.text(result));
        }
    }
}
