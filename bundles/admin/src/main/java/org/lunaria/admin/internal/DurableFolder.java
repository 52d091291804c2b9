package org.lunaria.admin.internal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * A folder whose files change as a whole and durably, or not at all: whoever reads one, and whenever the power fails, finds
 * the old bytes or the new ones. Thread-safe for different files.
 */
final class DurableFolder {
    /** Only the appliance's own user: a configuration may tell what others should not know. */
    private static final Set<PosixFilePermission> OWNER_ONLY = PosixFilePermissions.fromString("rw-------");

    private final Path folder;
    private final Runnable step;

    /** @param folder must exist */
    DurableFolder(Path folder) {
        this(folder, () -> {});
    }

    /** @param step called before each step of a change; a test lets the process die there */
    DurableFolder(Path folder, Runnable step) {
        this.folder = folder;
        this.step = step;
    }

    Path file(String name) {
        return folder.resolve(name);
    }

    Optional<byte[]> read(String name) throws IOException {
        try {
            return Optional.of(Files.readAllBytes(file(name)));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
    }

    /** Is another when the file has changed, as far as can be told without reading it. */
    String stamp(String name) {
        try {
            BasicFileAttributes now = Files.readAttributes(file(name), BasicFileAttributes.class);
            return now.fileKey() + " " + now.lastModifiedTime() + " " + now.size();
        } catch (IOException e) {
            return e.getClass().getName();
        }
    }

    void write(String name, ByteBuffer bytes) throws IOException {
        Path file = file(name);
        // A name that neither File Install nor we take for a whole file.
        Path temporary = folder.resolve("." + name + ".new");
        Files.deleteIfExists(temporary);
        step.run();
        try (FileChannel channel = FileChannel.open(
                temporary,
                Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
                PosixFilePermissions.asFileAttribute(OWNER_ONLY))) {
            step.run();
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
            if (Files.exists(file)) {
                Files.setPosixFilePermissions(temporary, Files.getPosixFilePermissions(file));
            }
            channel.force(true);
            step.run();
            Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            Files.deleteIfExists(temporary);
            throw e;
        }
        makeEntriesDurable();
    }

    void delete(String name) throws IOException {
        step.run();
        if (Files.deleteIfExists(file(name))) {
            makeEntriesDurable();
        }
    }

    List<String> names() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    @Override
    public String toString() {
        return folder.toString();
    }

    private void makeEntriesDurable() throws IOException {
        step.run();
        try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }
}
