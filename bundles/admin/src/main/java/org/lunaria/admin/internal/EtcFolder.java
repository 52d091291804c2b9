package org.lunaria.admin.internal;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The folder of the configuration files. A file changes as a whole and durably, or not at all: whoever reads it, and
 * whenever the power fails, sees the old text or the new one. Thread-safe for different files.
 */
final class EtcFolder {
    /** Only the appliance's own user: a configuration may tell what others should not know. */
    private static final Set<PosixFilePermission> OWNER_ONLY = PosixFilePermissions.fromString("rw-------");

    private final Path folder;
    private final Charset charset;

    /**
     * @param folder must exist
     * @param charset that File Install reads files in
     */
    EtcFolder(Path folder, Charset charset) throws IOException {
        this.folder = folder.toRealPath();
        this.charset = charset;
    }

    /** The name that File Install gives to the file in {@code felix.fileinstall.filename}. */
    String uri(InstanceId id) {
        return file(id).toFile().toURI().toString();
    }

    Optional<String> read(InstanceId id) throws IOException {
        try {
            return Optional.of(Files.readString(file(id), charset));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
    }

    void write(InstanceId id, String text) throws IOException {
        Path file = file(id);
        // The name of the temporary file is none that File Install would take.
        Path temporary = folder.resolve("." + id.fileName() + ".new");
        Files.deleteIfExists(temporary);
        try (FileChannel channel = FileChannel.open(
                temporary,
                Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
                PosixFilePermissions.asFileAttribute(OWNER_ONLY))) {
            ByteBuffer bytes = charset.encode(text);
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
            if (Files.exists(file)) {
                Files.setPosixFilePermissions(temporary, Files.getPosixFilePermissions(file));
            }
            channel.force(true);
            Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            Files.deleteIfExists(temporary);
            throw e;
        }
        makeEntriesDurable();
    }

    void delete(InstanceId id) throws IOException {
        if (Files.deleteIfExists(file(id))) {
            makeEntriesDurable();
        }
    }

    /** The names of the files that are, or should be, configurations of the appliance. */
    List<String> fileNames() {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.startsWith(InstanceId.NAMESPACE) && name.endsWith(".cfg"))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot list " + folder, e);
        }
    }

    @Override
    public String toString() {
        return folder.toString();
    }

    private Path file(InstanceId id) {
        return folder.resolve(id.fileName());
    }

    private void makeEntriesDurable() throws IOException {
        try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }
}
