package org.lunaria.backend.file.internal;

import java.nio.file.Path;
import java.util.Optional;
import org.lunaria.posix.OpenFile;

/**
 * An open and locked file that holds a volume. Immutable; who has it closes {@code fd}.
 *
 * @param id the volume's name
 * @param path where it is
 * @param fd its descriptor
 * @param sizeBytes a multiple of 512; it may have grown since
 * @param fileSystem that it is in
 * @param writable whether the descriptor is open for writing
 * @param preallocated whether it has the space of all its bytes, and keeps it
 * @param sync whether each change is to be durable when it is done
 * @param direct how transfers have to lie, when they go past the page cache
 * @param writesAtomically whether it can have a journal of atomic writes
 * @param inode what its file system knows it by
 */
record VolumeFile(
        String id,
        Path path,
        int fd,
        long sizeBytes,
        FileSystem fileSystem,
        boolean writable,
        boolean preallocated,
        boolean sync,
        Optional<Alignment> direct,
        boolean writesAtomically,
        long inode) {

    /** The same, with or without a journal. */
    VolumeFile withJournal(boolean journal) {
        return new VolumeFile(
                id, path, fd, sizeBytes, fileSystem, writable, preallocated, sync, direct, writable && journal, inode);
    }

    /** The same, past the page cache. */
    VolumeFile withDirect(Alignment alignment) {
        return new VolumeFile(
                id,
                path,
                fd,
                sizeBytes,
                fileSystem,
                writable,
                preallocated,
                sync,
                Optional.of(alignment),
                writesAtomically,
                inode);
    }

    /** Whether its space may be given back, and its file system knows how. */
    boolean punchesHoles() {
        return writable && !preallocated && fileSystem.punchesHoles();
    }

    /** The smallest transfer. */
    int blockBytes() {
        return direct.map(Alignment::offsetBytes).orElse(FileSettings.BLOCK_BYTES);
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
