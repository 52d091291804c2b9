package org.lunaria.backend.file.internal;

import java.io.IOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import org.lunaria.posix.FileCalls;

/**
 * What a volume has to know of the file system that its file is in. Immutable.
 *
 * @param type its name, as mount(8) has it
 * @param blockBytes the granularity of its space and holes: a power of two
 * @param punchesHoles whether it takes space back out of the middle of a file
 * @param tellsSpace whether it knows how much is left; ramfs does not
 */
record FileSystem(String type, int blockBytes, boolean punchesHoles, boolean tellsSpace) {

    private static final Set<String> IN_MEMORY = Set.of("tmpfs", "ramfs");
    private static final Set<String> COPIES_ON_WRITE = Set.of("btrfs", "zfs", "bcachefs", "nilfs2");
    private static final Set<String> ZEROES_IN_PLACE = Set.of("ext4", "ext3", "ext2");

    private static final int USUAL_BLOCK_BYTES = 4096;
    private static final int MOST_BLOCK_BYTES = 1 << 16;

    /**
     * Asks the file system of an open file.
     *
     * @param fd may be written, or no hole can be punched
     */
    static FileSystem of(FileCalls calls, int fd, Path path, long sizeBytes) throws IOException {
        FileStore store = Files.getFileStore(path);
        return new FileSystem(
                store.type(),
                blockBytes(store.getBlockSize()),
                punchesHoles(calls, fd, sizeBytes),
                store.getTotalSpace() > 0);
    }

    /** Whether there is no disk under it, so that reads and writes are copies, and nothing outlives a loss of power. */
    boolean isInMemory() {
        return IN_MEMORY.contains(type);
    }

    /** Whether it writes a block elsewhere each time, so that space which a file has is of no use to its next write. */
    boolean copiesOnWrite() {
        return COPIES_ON_WRITE.contains(type);
    }

    /**
     * Whether a range that it zeroes keeps its space at every moment. XFS gives it away and takes other space, which may be
     * gone by then.
     */
    boolean zeroesInPlace() {
        return ZEROES_IN_PLACE.contains(type);
    }

    /** Punches behind the end, where there is nothing: that harms no byte, and tells whether it can be done. */
    private static boolean punchesHoles(FileCalls calls, int fd, long sizeBytes) {
        int mode = FileCalls.FALLOC_FL_PUNCH_HOLE | FileCalls.FALLOC_FL_KEEP_SIZE;
        return calls.fallocate(fd, mode, sizeBytes, USUAL_BLOCK_BYTES) == 0;
    }

    /** A network file system may name its transfer size here, or anything; then the usual number does. */
    private static int blockBytes(long named) {
        boolean plausible = Long.bitCount(named) == 1 && named >= FileSettings.BLOCK_BYTES && named <= MOST_BLOCK_BYTES;
        return plausible ? (int) named : USUAL_BLOCK_BYTES;
    }
}
