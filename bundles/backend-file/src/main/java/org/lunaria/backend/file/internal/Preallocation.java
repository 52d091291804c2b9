package org.lunaria.backend.file.internal;

import org.lunaria.backend.BlockBackend.Failure;
import org.lunaria.backend.BlockBackend.Fault;
import org.lunaria.backend.BlockBackend.Space;
import org.lunaria.posix.Errno;
import org.lunaria.posix.FileCalls;
import org.lunaria.posix.Transfers;
import org.lunaria.posix.Usage;
import org.lunaria.settings.InvalidSetting;

/**
 * Takes the space of a whole file when it is opened, or finds that it has it. Confined to the thread that opens; may block.
 *
 * <p>Most file systems take any amount at once (fallocate). Where it has to be written, that is done as long as an
 * administrator would wait for it; more he writes himself, and sees how far it has come.
 */
final class Preallocation {

    /** What is written here at most: some seconds of a slow disk. */
    static final long MOST_WRITTEN_BYTES = 256L << 20;

    private final FileCalls calls;
    private final FileSettings settings;
    private final VolumeFile file;
    private final Allocation allocation;
    private final Reservation reservation;

    Preallocation(FileCalls calls, FileSettings settings, VolumeFile file) {
        this.calls = calls;
        this.settings = settings;
        this.file = file;
        Transfers transfers =
                new Transfers(calls, file.open(), file.fileSystem().isInMemory());
        allocation = new Allocation(calls, file, new BufferedWay(transfers));
        reservation = new Reservation(calls, file, new Extents(calls, file), allocation);
    }

    /**
     * Takes it, or refuses.
     *
     * @param isNew whether nothing was written to the file yet
     */
    void take(boolean isNew) throws InvalidSetting {
        try {
            requireRoom();
            if (!reservation.takeAtOnce(0, file.sizeBytes())) {
                write(isNew);
            }
        } catch (Failure e) {
            String hint =
                    e.fault() == Fault.NO_SPACE ? "make room, or set preallocate = false" : "set preallocate = false";
            throw settings.invalid("preallocate", e.getMessage() + "; " + hint);
        }
    }

    /** Before anything is taken: a file system that is filled up by half of a file stays so when it was there before. */
    private void requireRoom() throws Failure {
        Space space = new Usage(calls, file.open()).look();
        long missing = file.sizeBytes() - space.usedBytes();
        if (file.fileSystem().tellsSpace() && missing > space.availableBytes()) {
            throw new Failure(
                    Fault.NO_SPACE,
                    -1,
                    file + ": " + missing + " bytes are to be taken, and " + space.availableBytes() + " are left");
        }
    }

    private void write(boolean isNew) throws Failure {
        long missing = file.sizeBytes() - usedBytes();
        if (missing > MOST_WRITTEN_BYTES) {
            throw refusal();
        }
        if (isNew) {
            allocation.writeZeroes(0, file.sizeBytes());
        } else if (missing > 0) {
            reservation.take(0, file.sizeBytes());
        }
        int result = calls.fsync(file.fd());
        if (result < 0) {
            throw new Failure(Errno.whenWriting(result), -1, file + ": fsync: " + Errno.text(result));
        }
        if (usedBytes() < file.sizeBytes()) {
            throw refusal();
        }
    }

    private long usedBytes() throws Failure {
        return new Usage(calls, file.open()).look().usedBytes();
    }

    private InvalidSetting refusal() {
        return settings.invalid(
                "preallocate",
                file.fileSystem().type() + " takes space only by writing it; write a file yourself (dd if=/dev/zero"
                        + " bs=1M status=progress of=" + file.path() + " count="
                        + ((file.sizeBytes() + (1 << 20) - 1) >> 20)
                        + ") and set create = false, or set preallocate = false");
    }
}
