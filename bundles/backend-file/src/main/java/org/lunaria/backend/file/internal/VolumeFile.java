package org.lunaria.backend.file.internal;

import java.nio.file.Path;
import org.lunaria.posix.OpenFile;

/**
 * An open and locked file that holds a volume. Immutable; who has it closes {@code fd}.
 *
 * @param id the volume's name
 * @param path where it is
 * @param fd its descriptor
 * @param sizeBytes a multiple of 512
 * @param blockBytes the granularity of its file system's holes: a power of two
 * @param writable whether the descriptor is open for writing
 * @param punchesHoles whether its space may be given back, and its file system knows how
 * @param writesAtomically whether it can have a journal of atomic writes
 * @param inode what its file system knows it by
 * @param inMemory whether its file system has no disk under it, so that reads and writes are copies
 */
record VolumeFile(
        String id,
        Path path,
        int fd,
        long sizeBytes,
        int blockBytes,
        boolean writable,
        boolean punchesHoles,
        boolean writesAtomically,
        long inode,
        boolean inMemory) {

    /** The same, with or without a journal. */
    VolumeFile withJournal(boolean journal) {
        return new VolumeFile(
                id, path, fd, sizeBytes, blockBytes, writable, punchesHoles, writable && journal, inode, inMemory);
    }

    /** What the calls see of it. */
    OpenFile open() {
        return new OpenFile(fd, toString());
    }

    /** As the log and the messages of failures name it. */
    @Override
    public String toString() {
        return "volume " + id + " (" + path + ")";
    }
}
