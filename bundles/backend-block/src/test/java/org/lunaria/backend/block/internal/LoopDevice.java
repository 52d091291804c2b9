package org.lunaria.backend.block.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

/**
 * A block device over a new file, made by losetup(8). That is root's to do: by another user it is done with sudo, which must
 * not ask for a password. Where it cannot be done the test fails and says why.
 */
final class LoopDevice implements AutoCloseable {

    private final Path file;
    private final Path path;

    private LoopDevice(Path file, Path path) {
        this.file = file;
        this.path = path;
    }

    static LoopDevice of(long sizeBytes, String... options) throws IOException {
        Path folder = Files.createDirectories(Path.of("target", "volumes").toAbsolutePath());
        Path file = Files.createTempFile(folder, "loop", ".img");
        setLength(file, sizeBytes);
        List<String> command = new ArrayList<>(List.of("losetup", "--find", "--show"));
        command.addAll(List.of(options));
        command.add(file.toString());
        LoopDevice device = new LoopDevice(file, Path.of(root(command.toArray(String[]::new))));
        if (!isRoot()) {
            root("chown", System.getProperty("user.name"), device.path.toString());
        }
        return device;
    }

    Path path() {
        return path;
    }

    /** Gives the device another size, as a logical volume gets it; 0 is what the kernel makes of one that is pulled out. */
    void resize(long sizeBytes) throws IOException {
        setLength(file, sizeBytes);
        root("losetup", "--set-capacity", path.toString());
    }

    /** What the device takes of its file's file system. */
    OptionalLong usedBytes() throws IOException {
        return OptionalLong.of(Long.parseLong(run(List.of("stat", "--format=%b", file.toString()))) * 512);
    }

    /** Makes a file system and mounts it. */
    void mount(Path folder) throws IOException {
        root("mkfs.ext4", "-q", path.toString());
        root("mount", path.toString(), folder.toString());
    }

    static void unmount(Path folder) throws IOException {
        root("umount", folder.toString());
    }

    /** Detaches the device when its last user has closed it. */
    @Override
    public void close() throws IOException {
        root("losetup", "--detach", path.toString());
        Files.delete(file);
    }

    private static void setLength(Path file, long sizeBytes) throws IOException {
        try (RandomAccessFile open = new RandomAccessFile(file.toFile(), "rw")) {
            open.setLength(sizeBytes);
        }
    }

    private static boolean isRoot() {
        return System.getProperty("user.name").equals("root");
    }

    static String root(String... command) throws IOException {
        List<String> all = new ArrayList<>(isRoot() ? List.of() : List.of("sudo", "-n"));
        all.addAll(List.of(command));
        return run(all);
    }

    private static String run(List<String> command) throws IOException {
        ProcessBuilder builder = new ProcessBuilder("env", "PATH=" + System.getenv("PATH") + ":/usr/sbin:/sbin");
        builder.command().addAll(command);
        Process process = builder.redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes()).trim();
        try {
            assertEquals(
                    0,
                    process.waitFor(),
                    () -> String.join(" ", command) + ": " + said
                            + "; this test needs loop devices, and root or sudo without a password");
        } catch (InterruptedException e) {
            throw new IOException(e);
        }
        return said;
    }
}
