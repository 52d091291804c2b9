package org.lunaria.backend.block.internal;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * Finds out who uses a block device or a part of it, to say so to an administrator. What it cannot see (another user's
 * processes, another name space's mounts) it does not know of: the kernel's answer to O_EXCL is what counts. Immutable;
 * may block.
 *
 * @param proc /proc
 */
record Users(Path proc, Sysfs sysfs) {

    static final Users OF_THIS_SYSTEM = new Users(Path.of("/proc"), new Sysfs(Path.of("/sys")));

    /** Fields of a line of mountinfo (proc_pid_mountinfo(5)), and those behind its dash. */
    private static final int NUMBER = 2;

    private static final int MOUNT_POINT = 4;
    private static final int SOURCE = 1;

    /** Why nobody else may write to the device, as "it is mounted on /srv; unmount it", or empty. */
    Optional<String> fileSystem(DeviceNumber device) {
        return withParts(device)
                .flatMap(each -> mountPoint(each)
                        .map(point -> part(device, each) + " is mounted on " + point + "; unmount it")
                        .or(() -> swapsTo(each)
                                ? Optional.of(part(device, each) + " is swapped to; swap it off")
                                : Optional.empty())
                        .stream())
                .findFirst();
    }

    /** Who has it, as "it is in use by md1" or "process 17 (qemu) has it open"; empty when nobody can be seen. */
    Optional<String> holder(DeviceNumber device) {
        return withParts(device)
                .flatMap(each -> sysfs.holders(each).stream()
                        .map(holder -> part(device, each) + " is a part of " + holder + "; take it out of that"))
                .findFirst()
                .or(() -> withParts(device)
                        .flatMap(each -> process(each).stream()
                                .map(process -> part(device, each) + " is open in " + process + "; end that"))
                        .findFirst());
    }

    private Stream<DeviceNumber> withParts(DeviceNumber device) {
        return Stream.concat(Stream.of(device), sysfs.partitions(device).stream());
    }

    private String part(DeviceNumber device, DeviceNumber each) {
        return each.equals(device) ? "it" : "its partition " + sysfs.name(each);
    }

    private Optional<String> mountPoint(DeviceNumber device) {
        for (String line : lines(proc.resolve("self").resolve("mountinfo"))) {
            String[] halves = line.split(" - ", 2);
            String[] fields = halves[0].split(" ");
            String[] behind = halves.length < 2 ? new String[0] : halves[1].split(" ");
            boolean numbered = fields.length > MOUNT_POINT && fields[NUMBER].equals(device.toString());
            // Some file systems, as btrfs, have a number of their own and name their device.
            if (numbered || behind.length > SOURCE && isAt(device, behind[SOURCE])) {
                return Optional.of(unescaped(fields[MOUNT_POINT]));
            }
        }
        return Optional.empty();
    }

    private boolean swapsTo(DeviceNumber device) {
        return lines(proc.resolve("swaps")).stream()
                .map(line -> line.split("\\s+")[0])
                .anyMatch(path -> isAt(device, path));
    }

    private Optional<String> process(DeviceNumber device) {
        for (Path process : list(proc, each -> each.getFileName().toString().matches("\\d+"))) {
            for (Path descriptor : list(process.resolve("fd"), each -> true)) {
                if (isAt(device, descriptor)) {
                    String name = String.join("", lines(process.resolve("comm")));
                    boolean own = Long.parseLong(process.getFileName().toString())
                            == ProcessHandle.current().pid();
                    return Optional.of(
                            own
                                    ? "this appliance, for another volume"
                                    : "process " + process.getFileName() + " (" + name + ")");
                }
            }
        }
        return Optional.empty();
    }

    private static boolean isAt(DeviceNumber device, String path) {
        return path.startsWith("/dev/") && isAt(device, Path.of(unescaped(path)));
    }

    private static boolean isAt(DeviceNumber device, Path path) {
        try {
            return DeviceNumber.at(path).filter(device::equals).isPresent();
        } catch (IOException e) {
            // It is gone, or not for us to see.
            return false;
        }
    }

    /** Blanks and backslashes are written in octal there. */
    private static String unescaped(String text) {
        return text.replace("\\040", " ")
                .replace("\\011", "\t")
                .replace("\\012", "\n")
                .replace("\\134", "\\");
    }

    private static List<String> lines(Path file) {
        try {
            return Files.readAllLines(file);
        } catch (IOException e) {
            return List.of();
        }
    }

    private static List<Path> list(Path folder, Predicate<Path> filter) {
        List<Path> found = new ArrayList<>();
        try (Stream<Path> entries = Files.list(folder)) {
            entries.filter(filter).forEach(found::add);
        } catch (IOException e) {
            // A process that has ended, or one of another user.
        }
        return found;
    }
}
