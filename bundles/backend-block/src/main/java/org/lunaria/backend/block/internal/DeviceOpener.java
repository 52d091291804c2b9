package org.lunaria.backend.block.internal;

import static org.lunaria.posix.FileCalls.O_CLOEXEC;
import static org.lunaria.posix.FileCalls.O_DIRECT;
import static org.lunaria.posix.FileCalls.O_EXCL;
import static org.lunaria.posix.FileCalls.O_RDONLY;
import static org.lunaria.posix.FileCalls.O_RDWR;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.lunaria.posix.Errno;
import org.lunaria.posix.FileCalls;
import org.lunaria.settings.InvalidSetting;

/**
 * Opens a block device, keeps others out, and finds out what it can. Each refusal is an {@link InvalidSetting} of one
 * sentence; not a byte of the device is changed. Confined to the thread that opens. May block.
 */
final class DeviceOpener {

    private static final int LEAST_SECTOR_BYTES = 512;
    private static final int PAGE_BYTES = 4096;

    private final FileCalls calls;
    private final BlockSettings settings;
    private final Users users;
    private boolean writable = true;
    private int fd = -1;

    private DeviceOpener(FileCalls calls, BlockSettings settings, Users users) {
        this.calls = calls;
        this.settings = settings;
        this.users = users;
    }

    /** Opens what the settings ask for. */
    static Device open(FileCalls calls, BlockSettings settings, Users users) {
        return new DeviceOpener(calls, settings, users).open();
    }

    private Device open() {
        DeviceNumber number = number(settings.device());
        users.fileSystem(number).ifPresent(use -> {
            throw settings.invalid(use + " first, or give another device");
        });
        openDevice(number);
        boolean done = false;
        try {
            // A name may have come to mean another device since it was looked at.
            if (!number.equals(number(Path.of("/proc/self/fd/" + fd)))) {
                throw settings.invalid("it was exchanged just now; try again");
            }
            Device device = describe(number);
            done = true;
            return device;
        } finally {
            if (!done) {
                calls.close(fd);
            }
        }
    }

    private DeviceNumber number(Path path) {
        try {
            if (Files.exists(path)) {
                return DeviceNumber.at(path)
                        .orElseThrow(() -> settings.invalid("this is no block device; give one, as /dev/sdb, or for a"
                                + " file use a volume of kind file"));
            }
        } catch (IOException e) {
            throw settings.invalid(
                    "the device cannot be looked at (" + e + "); give the appliance's user the right to");
        }
        throw settings.invalid("there is no such device; attach it, or give another");
    }

    private void openDevice(DeviceNumber number) {
        int flags = O_CLOEXEC | (settings.exclusive() ? O_EXCL : 0) | (settings.direct() ? O_DIRECT : 0);
        String path = settings.device().toString();
        fd = calls.open(path, O_RDWR | flags, 0);
        if (Errno.EACCES.is(fd) || Errno.EPERM.is(fd) || Errno.EROFS.is(fd)) {
            writable = false;
            fd = calls.open(path, O_RDONLY | flags, 0);
        }
        if (Errno.EBUSY.is(fd)) {
            Optional<String> holder = users.holder(number);
            throw settings.invalid(holder.orElse("somebody has it for himself, whom the appliance cannot see; end that")
                    + " first, or give another device");
        }
        if (fd < 0) {
            throw settings.invalid("the device cannot be opened: " + Errno.text(fd)
                    + "; give the appliance's user the right to, or another device");
        }
    }

    private Device describe(DeviceNumber number) {
        DeviceCalls asked = new DeviceCalls(calls, fd);
        long sizeBytes = asked.sizeBytes();
        if (sizeBytes <= 0) {
            throw settings.invalid("the device has no bytes, as a drive without a medium; put one in, or give another");
        }
        if (users.sysfs().queueText(number, "zoned").startsWith("host")) {
            throw settings.invalid("the device is zoned, and has to be written in order; give another");
        }
        int sectorBytes = size(asked.sectorBytes(), LEAST_SECTOR_BYTES);
        if (settings.direct() && sectorBytes > PAGE_BYTES) {
            throw settings.source()
                    .invalid(
                            "direct",
                            "the device has sectors of " + sectorBytes + " bytes, which is too many for that"
                                    + "; set direct = false");
        }
        return new Device(
                settings.id(),
                settings.device(),
                fd,
                writable,
                settings.direct(),
                memoryAlignment(number, sectorBytes),
                sectorBytes,
                // What begins amid a physical block has none that its bytes could be aligned to.
                asked.alignmentOffset() == 0 ? size(asked.physicalBlockBytes(), sectorBytes) : sectorBytes,
                (int) Math.max(0, Math.min(1 << 30, asked.optimalBytes())),
                writable ? unmapBytes(number) : 0);
    }

    /** A device that gives space back, and can be told to in a way that leaves zeroes. */
    private int unmapBytes(DeviceNumber number) {
        boolean discards = users.sysfs().queueNumber(number, "discard_max_bytes") > 0;
        boolean zeroes = users.sysfs().queueNumber(number, "write_zeroes_max_bytes") > 0;
        long granularity = users.sysfs().queueNumber(number, "discard_granularity");
        return discards && zeroes ? (int) Math.min(1 << 30, Math.max(PAGE_BYTES, granularity)) : 0;
    }

    /** A kernel before 6.0 does not tell, and needs memory that is aligned to sectors. */
    private int memoryAlignment(DeviceNumber number, int sectorBytes) {
        long mask = users.sysfs().queueNumber(number, "dma_alignment");
        return mask > 0 ? size(mask + 1, 1) : sectorBytes;
    }

    private static int size(long named, int least) {
        return Long.bitCount(named) == 1 && named >= least && named <= 1 << 30 ? (int) named : least;
    }
}
