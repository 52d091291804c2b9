package org.lunaria.backend.file.internal;

import static org.lunaria.posix.FileCalls.O_CLOEXEC;
import static org.lunaria.posix.FileCalls.O_RDONLY;

import java.nio.ByteBuffer;
import java.util.Optional;
import org.lunaria.backend.BlockBackend.Failure;
import org.lunaria.backend.file.internal.JournalFormat.Checkpoint;
import org.lunaria.backend.file.internal.JournalFormat.Entry;
import org.lunaria.posix.Errno;
import org.lunaria.posix.FileCalls;
import org.lunaria.posix.Glibc;
import org.lunaria.posix.Transfers;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finishes the atomic writes of a volume that was not closed: brings what counts in its journal into its file, once more or
 * for the first time, before anybody reads it. It can be broken off and done again: nothing is made void before the volume is
 * durable. Confined to the thread that opens; may block.
 */
final class Recovery {

    private static final Logger LOG = LoggerFactory.getLogger(Recovery.class);

    /** What cannot be done; the message ends a sentence that names the volume's file. */
    static final class Refusal extends Exception {
        private static final long serialVersionUID = 1L;

        Refusal(String message) {
            super(message);
        }
    }

    private final FileCalls calls;
    private final VolumeFile volume;
    private final String path;
    private final Transfers transfers;

    private Recovery(FileCalls calls, VolumeFile volume) {
        this.calls = calls;
        this.volume = volume;
        path = Journal.path(volume);
        transfers = new Transfers(calls, volume.open(), volume.fileSystem().isInMemory());
    }

    /**
     * Finishes what is to be finished.
     *
     * @param isNew whether the volume's file was made just now, so that no journal can be its own
     * @return whether the volume can have a journal: not where another file has its name, or none can
     */
    static boolean finish(FileCalls calls, VolumeFile volume, boolean isNew) throws Refusal {
        return new Recovery(calls, volume).finish(isNew);
    }

    private boolean finish(boolean isNew) throws Refusal {
        int fd = calls.open(path, O_RDONLY | O_CLOEXEC, 0);
        if (Errno.ENOENT.is(fd)) {
            return true;
        }
        if (Errno.ENAMETOOLONG.is(fd)) {
            return false;
        }
        if (fd < 0) {
            throw new Refusal("its journal " + path + " cannot be opened: " + Errno.text(fd)
                    + "; give the appliance's user the right to");
        }
        try {
            JournalReader journal = JournalReader.of(calls, fd);
            if (journal.newest().isEmpty()) {
                return journal.isBlank();
            }
            finish(journal, isNew);
            return true;
        } catch (Failure e) {
            throw new Refusal("its journal " + path + " cannot be brought into it (" + e.getMessage()
                    + "); mend the disk, or delete the journal to give up what it holds");
        } finally {
            calls.close(fd);
        }
    }

    private void finish(JournalReader journal, boolean isNew) throws Failure, Refusal {
        ByteBuffer data = ByteBuffer.allocateDirect(JournalFormat.MOST_DATA_BYTES);
        int finished = 0;
        for (Optional<Entry> entry = journal.next(data); entry.isPresent(); entry = journal.next(data)) {
            if (finished == 0) {
                requireOwn(journal.newest().orElseThrow(), isNew);
            }
            transfers.write(
                    Glibc.address(data), entry.get().lengthBytes(), entry.get().offset());
            finished++;
        }
        if (finished == 0) {
            return;
        }
        int result = calls.fdatasync(volume.fd());
        if (result < 0) {
            throw new Failure(Errno.whenWriting(result), -1, Errno.text(result));
        }
        // That clears it; no entry is going to be added, so that it need not have its whole space.
        Journal.open(calls, volume, volume::sizeBytes, 0).close();
        LOG.info("{} was not closed: its last {} atomic writes are finished", volume, finished);
    }

    /** Never writes old data of one file into another, nor leaves the last writes of one undone unasked. */
    private void requireOwn(Checkpoint last, boolean isNew) throws Refusal {
        if (isNew || last.inode() != volume.inode() || last.sizeBytes() > volume.sizeBytes()) {
            throw new Refusal(
                    "its journal " + path + " holds atomic writes of another file; put that file back, or delete"
                            + " the journal to serve this one as it is");
        }
        if (!volume.writable()) {
            throw new Refusal("its journal " + path
                    + " holds atomic writes to be finished; give the appliance's user the" + " right to write");
        }
    }
}
