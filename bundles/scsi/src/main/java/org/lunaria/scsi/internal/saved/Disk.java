package org.lunaria.scsi.internal.saved;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/** The steps that a file is replaced by, one call each, so that a test can let the power fail between them. Stateless. */
public class Disk {
    private static final String OWNER_ONLY = "rw-------";

    /** Makes a folder and those that it is in, if there are none. */
    protected void createFolder(Path folder) throws IOException {
        Files.createDirectories(folder);
    }

    /** @throws java.nio.file.NoSuchFileException if there is no such file */
    protected byte[] read(Path file) throws IOException {
        return Files.readAllBytes(file);
    }

    /** Writes a new file, or a file anew. A key is nobody's business: only the owner may read it. */
    protected void write(Path file, byte[] bytes) throws IOException {
        Files.deleteIfExists(file);
        try (FileChannel channel = FileChannel.open(
                file,
                Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(OWNER_ONLY)))) {
            ByteBuffer rest = ByteBuffer.wrap(bytes);
            while (rest.hasRemaining()) {
                channel.write(rest);
            }
        }
    }

    /** Makes the contents of a file durable. */
    protected void sync(Path file) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            channel.force(true);
        }
    }

    /** Gives a file another's name, whose contents are gone then. */
    protected void rename(Path from, Path to) throws IOException {
        Files.move(from, to, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    protected void delete(Path file) throws IOException {
        Files.deleteIfExists(file);
    }

    /** Makes the names in a folder durable. */
    protected void syncFolder(Path folder) throws IOException {
        try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }
}
