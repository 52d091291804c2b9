package org.lunaria.backend.block.internal;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * What /sys tells of block devices (Linux, Documentation/ABI/stable/sysfs-block). Immutable; may block.
 *
 * @param root /sys
 */
record Sysfs(Path root) {

    /** A number of a device's queue, as discard_granularity; 0 when the kernel has no such. */
    long queueNumber(DeviceNumber device, String attribute) {
        try {
            return Long.parseLong(queueText(device, attribute));
        } catch (NumberFormatException e) {
            return 0;
        }
    }

    /** A word of a device's queue, as zoned; empty when the kernel has no such. */
    String queueText(DeviceNumber device, String attribute) {
        Path own = folder(device).resolve("queue");
        // A partition has the queue of its disk, whose folder its own lies in.
        Path queue = Files.isDirectory(own) ? own : real(folder(device)).resolveSibling("queue");
        return text(queue.resolve(attribute));
    }

    /** The partitions of a disk. */
    List<DeviceNumber> partitions(DeviceNumber disk) {
        return list(folder(disk)).stream()
                .filter(each -> Files.exists(each.resolve("partition")))
                .map(each -> text(each.resolve("dev")).split(":"))
                .map(number -> new DeviceNumber(Long.parseLong(number[0]), Long.parseLong(number[1])))
                .toList();
    }

    /** Devices of the kernel that are made of this one, as "dm-0 (vg-data)" or "md1". */
    List<String> holders(DeviceNumber device) {
        return list(folder(device).resolve("holders")).stream()
                .map(holder -> {
                    String mapped = text(holder.resolve("dm").resolve("name"));
                    return holder.getFileName() + (mapped.isEmpty() ? "" : " (" + mapped + ")");
                })
                .toList();
    }

    /** The kernel's name of a device, as sdb1. */
    String name(DeviceNumber device) {
        return real(folder(device)).getFileName().toString();
    }

    private Path folder(DeviceNumber device) {
        return root.resolve("dev").resolve("block").resolve(device.toString());
    }

    private static Path real(Path path) {
        try {
            return path.toRealPath();
        } catch (IOException e) {
            return path;
        }
    }

    private static String text(Path file) {
        try {
            return Files.readString(file).trim();
        } catch (IOException e) {
            return "";
        }
    }

    private static List<Path> list(Path folder) {
        try (Stream<Path> entries = Files.list(folder)) {
            return entries.sorted().toList();
        } catch (NoSuchFileException e) {
            return List.of();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot look into " + folder, e);
        }
    }
}
