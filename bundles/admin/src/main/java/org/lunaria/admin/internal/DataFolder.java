package org.lunaria.admin.internal;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import org.lunaria.admin.ApplianceException;

/**
 * The folder where volumes lie that have a path and were given none. What lies in it is the appliance's own, and may be
 * purged; what lies elsewhere is not. Thread-safe.
 *
 * @param folder absolute; need not exist
 * @param text the folder as configurations write it, so that a home that moves keeps its volumes
 */
record DataFolder(Path folder, String text) {

    /** The path of a new volume as it stands in the configuration. */
    String textFor(String volume) {
        return text + "/" + volume + ".img";
    }

    Path pathFor(String volume) {
        return folder.resolve(volume + ".img");
    }

    /** Makes the folder if it is not there. */
    void prepare() {
        try {
            make(folder);
        } catch (IOException e) {
            throw new ApplianceException("cannot make the folder " + folder + ": " + e, e);
        }
    }

    /** Makes a folder, for the appliance alone, if it is not there. */
    static Path make(Path folder) throws IOException {
        Files.createDirectories(
                folder, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        synchronize(folder.getParent());
        return folder;
    }

    boolean owns(Path path) {
        return path.normalize().startsWith(folder.normalize()) && !Files.isDirectory(path);
    }

    /** Where the kind file keeps the atomic writes that are under way, beside a volume's data. */
    static Path journal(Path data) {
        return data.resolveSibling(data.getFileName() + ".journal");
    }

    /** Deletes data for good, and its journal. */
    void purge(Path path) {
        if (!owns(path)) {
            throw new IllegalArgumentException(path + " is not in " + folder);
        }
        try {
            // First, so that no journal is left that has no volume.
            boolean changed = Files.deleteIfExists(journal(path));
            changed |= Files.deleteIfExists(path);
            if (changed) {
                synchronize(path.getParent());
            }
        } catch (IOException e) {
            throw new ApplianceException(
                    "the volume is gone, but its data in " + path + " could not be deleted: " + e
                            + "; delete that file.",
                    e);
        }
    }

    /** An absolute path, from what an administrator gave. */
    static Path absolute(String text) {
        try {
            Path path = Path.of(text);
            if (path.isAbsolute()) {
                return path.normalize();
            }
        } catch (InvalidPathException e) {
            // Falls through: what is no path gets the same sentence.
        }
        throw new ApplianceException("path '" + text + "': give an absolute path, such as /srv/volumes/disk1.img.");
    }

    private static void synchronize(Path directory) throws IOException {
        try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }
}
