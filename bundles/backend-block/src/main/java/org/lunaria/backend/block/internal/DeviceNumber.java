package org.lunaria.backend.block.internal;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** Major and minor number, by which the kernel knows a device whatever its names are. Immutable. */
record DeviceNumber(long major, long minor) {

    /** The type of a file in its mode, and that of a block device (inode(7)). */
    private static final int S_IFMT = 0xF000;

    private static final int S_IFBLK = 0x6000;

    /** That of the block device at a path, or empty when there is something else. */
    static Optional<DeviceNumber> at(Path path) throws IOException {
        int mode = (int) Files.getAttribute(path, "unix:mode");
        return (mode & S_IFMT) == S_IFBLK
                ? Optional.of(of((long) Files.getAttribute(path, "unix:rdev")))
                : Optional.empty();
    }

    /** From a dev_t of the C library (makedev(3)). */
    static DeviceNumber of(long rdev) {
        return new DeviceNumber(
                rdev >>> 8 & 0xFFF | rdev >>> 32 & 0xFFFFF000L, rdev & 0xFF | rdev >>> 12 & 0xFFFFFF00L);
    }

    /** As /proc and /sys write it. */
    @Override
    public String toString() {
        return major + ":" + minor;
    }
}
