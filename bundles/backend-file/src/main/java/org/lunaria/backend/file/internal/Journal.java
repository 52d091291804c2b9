package org.lunaria.backend.file.internal;

import static org.lunaria.posix.FileCalls.FALLOC_FL_KEEP_SIZE;
import static org.lunaria.posix.FileCalls.LOCK_EX;
import static org.lunaria.posix.FileCalls.LOCK_NB;
import static org.lunaria.posix.FileCalls.O_CLOEXEC;
import static org.lunaria.posix.FileCalls.O_CREAT;
import static org.lunaria.posix.FileCalls.O_RDONLY;
import static org.lunaria.posix.FileCalls.O_RDWR;
import static org.lunaria.posix.FileCalls.SEEK_END;

import java.lang.ref.Reference;
import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.util.function.LongSupplier;
import org.lunaria.backend.BlockBackend.Failure;
import org.lunaria.backend.BlockBackend.Fault;
import org.lunaria.backend.file.internal.JournalFormat.Checkpoint;
import org.lunaria.backend.file.internal.JournalFormat.Entry;
import org.lunaria.posix.Errno;
import org.lunaria.posix.FileCalls;
import org.lunaria.posix.Glibc;
import org.lunaria.posix.OpenFile;
import org.lunaria.posix.Transfers;

/**
 * The open journal of a volume ({@link JournalFormat}), to which entries are added until it is cleared. It takes all of its
 * space when it is made, so that no later write of it meets a full file system. Confined to one thread; all of it may block.
 */
final class Journal {

    /** What it takes for entries: seven of the largest. */
    static final int LOG_BYTES = 8 << 20;

    /** As many at most, however small: those that wait are looked through before each change of the volume. */
    static final int MOST_ENTRIES = 256;

    private static final int ZEROES_BYTES = 256 * 1024;
    private static final int OWNER_ONLY = 0600;
    private static final SecureRandom RANDOM = new SecureRandom();

    private final FileCalls calls;
    private final VolumeFile volume;
    private final OpenFile file;
    private final Transfers transfers;
    private final LongSupplier sizeBytes;
    private final int logBytes;
    private final ByteBuffer block = ByteBuffer.allocateDirect(JournalFormat.BLOCK_BYTES);

    private Checkpoint checkpoint;
    private int entries;
    private int usedBytes;

    private Journal(FileCalls calls, VolumeFile volume, int fd, LongSupplier sizeBytes, int logBytes, Checkpoint last) {
        this.calls = calls;
        this.volume = volume;
        this.sizeBytes = sizeBytes;
        this.logBytes = logBytes;
        this.checkpoint = last;
        file = new OpenFile(fd, "journal of " + volume);
        transfers = new Transfers(calls, file, false);
    }

    /** The journal's path. */
    static String path(VolumeFile volume) {
        return volume.path() + JournalFormat.SUFFIX;
    }

    /**
     * Opens a volume's journal, or makes it, and clears it: what stood in it is void. For one in which nothing is left to be
     * done ({@link Recovery}).
     *
     * @param sizeBytes of the volume as it is now
     * @throws Failure when that could not be; the next call may come again
     */
    static Journal open(FileCalls calls, VolumeFile volume, LongSupplier sizeBytes, int logBytes) throws Failure {
        int fd = calls.open(path(volume), O_RDWR | O_CREAT | O_CLOEXEC, OWNER_ONLY);
        if (fd < 0) {
            throw failure(volume, "open", fd);
        }
        boolean done = false;
        try {
            int locked = calls.flock(fd, LOCK_EX | LOCK_NB);
            if (locked < 0) {
                // Somebody serves this file as a volume.
                throw failure(volume, "flock", locked);
            }
            JournalReader reader = JournalReader.of(calls, fd);
            if (reader.newest().isEmpty() && !reader.isBlank()) {
                throw new Failure(Fault.WRITE_ERROR, -1, path(volume) + " is no journal");
            }
            Checkpoint none = new Checkpoint(0, 0, volume.inode(), volume.sizeBytes());
            Checkpoint last = reader.newest().orElse(none);
            Journal journal = new Journal(calls, volume, fd, sizeBytes, logBytes, last);
            journal.takeSpace();
            journal.clear();
            journal.makeDurable();
            done = true;
            return journal;
        } finally {
            if (!done) {
                calls.close(fd);
            }
        }
    }

    /** Whether a volume has a journal. */
    static boolean exists(FileCalls calls, VolumeFile volume) {
        int fd = calls.open(path(volume), O_RDONLY | O_CLOEXEC, 0);
        if (fd >= 0) {
            calls.close(fd);
        }
        return !Errno.ENOENT.is(fd);
    }

    /** Whether it knows a volume of another size, and has to be cleared. */
    boolean isOfOtherSize() {
        return checkpoint.sizeBytes() != sizeBytes.getAsLong();
    }

    boolean hasRoom(long offset, int lengthBytes) {
        return offset + lengthBytes <= checkpoint.sizeBytes()
                && entries < MOST_ENTRIES
                && usedBytes + Entry.spaceBytes(lengthBytes) <= logBytes;
    }

    /**
     * Writes an entry, which counts once {@link #commit} has returned; until then it may count after a crash or not.
     *
     * @param data from position to limit, which stay
     */
    void append(long offset, ByteBuffer data) throws Failure {
        int length = data.remaining();
        long at = JournalFormat.LOG_OFFSET + usedBytes;
        new Entry(checkpoint.key(), entries, offset, length, JournalFormat.checksum(data)).put(block.clear());
        transfers.write(Glibc.address(data) + data.position(), length, at + JournalFormat.BLOCK_BYTES);
        transfers.write(Glibc.address(block), JournalFormat.BLOCK_BYTES, at);
        entries++;
        usedBytes += Entry.spaceBytes(length);
    }

    /** Makes durable what was added. */
    void commit() throws Failure {
        requireDone("fdatasync", calls.fdatasync(file.fd()));
    }

    /** Makes all entries void, durably. */
    void clear() throws Failure {
        Checkpoint next =
                new Checkpoint(checkpoint.generation() + 1, RANDOM.nextLong(), volume.inode(), sizeBytes.getAsLong());
        next.put(block.clear());
        transfers.write(Glibc.address(block), JournalFormat.BLOCK_BYTES, next.place());
        commit();
        checkpoint = next;
        entries = 0;
        usedBytes = 0;
    }

    /** Overwrites all entries, durably. For one that was cleared. */
    void wipe() throws Failure {
        long size = calls.lseek(file.fd(), 0, SEEK_END);
        requireDone("lseek", size);
        writeZeroes(JournalFormat.LOG_OFFSET, size);
        commit();
    }

    void close() {
        calls.close(file.fd());
    }

    /**
     * Writes zeroes to the end of what it needs. That is more than to set the space aside: a file system that cannot do that
     * takes it all the same, and a sync of an entry later brings its data only, and nothing of how the space is used.
     */
    private void takeSpace() throws Failure {
        long size = JournalFormat.LOG_OFFSET + (long) logBytes;
        long has = calls.lseek(file.fd(), 0, SEEK_END);
        if (has < 0 || has >= size) {
            requireDone("lseek", has);
            return;
        }
        int result = calls.fallocate(file.fd(), FALLOC_FL_KEEP_SIZE, 0, size);
        if (!Errno.EOPNOTSUPP.is(result)) {
            requireDone("taking " + size + " bytes", result);
        }
        writeZeroes(has, size);
    }

    private void writeZeroes(long from, long end) throws Failure {
        ByteBuffer zeroes = ByteBuffer.allocateDirect(ZEROES_BYTES);
        for (long at = from; at < end; at += ZEROES_BYTES) {
            transfers.write(Glibc.address(zeroes), (int) Math.min(ZEROES_BYTES, end - at), at);
        }
        Reference.reachabilityFence(zeroes);
    }

    private void requireDone(String operation, long result) throws Failure {
        if (result < 0) {
            throw failure(volume, operation, result);
        }
    }

    /** Syncs the file's size, and the folder that names it. */
    private void makeDurable() throws Failure {
        int folder = calls.open(volume.path().getParent().toString(), O_RDONLY | O_CLOEXEC, 0);
        int result = folder < 0 ? folder : Math.min(calls.fsync(file.fd()), calls.fsync(folder));
        if (folder >= 0) {
            calls.close(folder);
        }
        requireDone("fsync", result);
    }

    private static Failure failure(VolumeFile volume, String operation, long result) {
        return new Failure(
                Errno.whenWriting(result), -1, "journal of " + volume + ": " + operation + ": " + Errno.text(result));
    }
}
