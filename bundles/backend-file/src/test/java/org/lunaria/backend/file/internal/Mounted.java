package org.lunaria.backend.file.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A new file system of a test's own, which it may fill. Mounting is root's to do: by another user it is done with sudo, which
 * must not ask for a password. Where it cannot be done the test fails and says why.
 */
final class Mounted implements AutoCloseable {

    private final Path place;
    private final List<String> mount;

    private Mounted(Path place, String... mount) throws IOException {
        this.place = place;
        this.mount = List.of(mount);
        mount();
    }

    /** In a file of the build's file system; ext2 and ext3 are of the same make, and take no space without writing it. */
    static Mounted ext(int version, long sizeBytes, String... options) throws IOException {
        Path place = newPlace();
        Path image = image(place, sizeBytes);
        List<String> command = new ArrayList<>(List.of("mkfs.ext" + version, "-q", "-F", "-m", "0"));
        command.addAll(List.of(options));
        command.add(image.toString());
        run(command.toArray(String[]::new));
        return new Mounted(place, "-o", "loop", image.toString());
    }

    /** Blocks of 4096 bytes; small ones of their own accord have 1024. */
    static Mounted ext4(long sizeBytes) throws IOException {
        return ext(4, sizeBytes, "-b", "4096");
    }

    /** It has 300 MiB at least. */
    static Mounted xfs() throws IOException {
        Path place = newPlace();
        Path image = image(place, 300 << 20);
        run("mkfs.xfs", "-q", image.toString());
        return new Mounted(place, "-o", "loop", image.toString());
    }

    static Mounted tmpfs(long sizeBytes) throws IOException {
        return new Mounted(newPlace(), "-t", "tmpfs", "-o", "size=" + sizeBytes, "tmpfs");
    }

    /** A file system without fallocate and without an end. */
    static Mounted ramfs() throws IOException {
        return new Mounted(newPlace(), "-t", "ramfs", "ramfs");
    }

    Path folder() {
        return place.resolve("mounted");
    }

    /** Leaves nothing in the page cache. */
    void mountAgain() throws IOException {
        root("umount", folder().toString());
        mount();
    }

    /** Takes what is left of it; whoever wants room again deletes the file. */
    Path fill() throws IOException {
        Path filler = folder().resolve("filler");
        try (RandomAccessFile file = new RandomAccessFile(filler.toFile(), "rw")) {
            for (int bytes = 1 << 20; bytes >= 512; bytes /= 2) {
                try {
                    while (true) {
                        file.write(new byte[bytes]);
                    }
                } catch (IOException e) {
                    // Full, for a write of this size.
                }
            }
            file.getFD().sync();
        }
        return filler;
    }

    /** Who still has a file of it open after a test that failed does not keep it mounted for ever. */
    @Override
    public void close() throws IOException {
        try {
            root("umount", folder().toString());
        } catch (AssertionError e) {
            root("umount", "--lazy", folder().toString());
            throw e;
        }
        Files.delete(folder());
        Files.deleteIfExists(place.resolve("image"));
        Files.delete(place);
    }

    private void mount() throws IOException {
        List<String> command = new ArrayList<>(List.of("mount"));
        command.addAll(mount);
        command.add(folder().toString());
        root(command.toArray(String[]::new));
        if (!isRoot()) {
            root("chown", System.getProperty("user.name"), folder().toString());
        }
    }

    private static Path newPlace() throws IOException {
        Path target = Files.createDirectories(Path.of("target", "mounted").toAbsolutePath());
        Path place = Files.createTempDirectory(target, "fs");
        Files.createDirectory(place.resolve("mounted"));
        return place;
    }

    private static Path image(Path place, long sizeBytes) throws IOException {
        Path image = place.resolve("image");
        try (RandomAccessFile file = new RandomAccessFile(image.toFile(), "rw")) {
            file.setLength(sizeBytes);
        }
        return image;
    }

    private static boolean isRoot() {
        return System.getProperty("user.name").equals("root");
    }

    private static void root(String... command) throws IOException {
        List<String> all = new ArrayList<>(isRoot() ? List.of() : List.of("sudo", "-n"));
        all.addAll(Arrays.asList(command));
        run(all.toArray(String[]::new));
    }

    private static void run(String... command) throws IOException {
        ProcessBuilder builder = new ProcessBuilder("env", "PATH=" + System.getenv("PATH") + ":/usr/sbin:/sbin");
        builder.command().addAll(List.of(command));
        Process process = builder.redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes()).trim();
        try {
            assertEquals(
                    0,
                    process.waitFor(),
                    () -> String.join(" ", command) + ": " + said
                            + "; this test needs to mount file systems: root, or sudo without a password");
        } catch (InterruptedException e) {
            throw new IOException(e);
        }
    }
}
