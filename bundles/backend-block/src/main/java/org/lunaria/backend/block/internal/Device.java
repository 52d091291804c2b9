package org.lunaria.backend.block.internal;

import java.nio.file.Path;
import org.lunaria.posix.OpenFile;

/**
 * An open block device that holds a volume. Immutable but for what the kernel says of it; who has it closes {@code fd}.
 *
 * @param id the volume's name
 * @param path as it was configured
 * @param fd its descriptor
 * @param writable whether the descriptor is open for writing
 * @param direct whether it was opened past the page cache
 * @param memoryAlignment what addresses have to be multiples of then, a power of two
 * @param sectorBytes its logical block, a power of two from 512 on
 * @param physicalBlockBytes what it writes without reading first, a power of two, at least sectorBytes
 * @param optimalBytes preferred size of a large transfer, or 0
 * @param unmapBytes granularity at which it gives space back, or 0 where it gives none back
 */
record Device(
        String id,
        Path path,
        int fd,
        boolean writable,
        boolean direct,
        int memoryAlignment,
        int sectorBytes,
        int physicalBlockBytes,
        int optimalBytes,
        int unmapBytes) {

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
