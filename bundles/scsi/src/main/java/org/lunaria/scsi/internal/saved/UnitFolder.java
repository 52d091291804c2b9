package org.lunaria.scsi.internal.saved;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A folder with a file for each unit that keeps something. A file is replaced as a whole: written beside, synced, renamed,
 * and the folder is synced, so that whenever the power fails the old text is there or the new one. Immutable. Blocks; used
 * by one thread at a time for a unit.
 */
public final class UnitFolder {
    private static final String SUFFIX = ".txt";
    private static final Pattern UNIT = Pattern.compile("[0-9a-f]{16,32}");

    private final Path folder;
    private final Disk disk;

    /** Makes what is kept of a text. */
    @FunctionalInterface
    public interface Decoder<T> {
        /** @throws IOException with what is wrong */
        T decode(String text) throws IOException;
    }

    /** @param folder need not be there */
    public UnitFolder(Path folder, Disk disk) {
        this.folder = folder.toAbsolutePath();
        this.disk = disk;
    }

    /**
     * What is kept for a unit; empty when nothing is.
     *
     * @throws IOException when that cannot be told, with the file and what is wrong
     */
    public <T> Optional<T> load(String unit, Decoder<T> decoder) throws IOException {
        Path file = file(unit);
        try {
            return Optional.of(decoder.decode(new String(disk.read(file), StandardCharsets.UTF_8)));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (IOException e) {
            throw new IOException(file + " cannot be used: " + e.getMessage(), e);
        }
    }

    /** Keeps a text. When it returns, the text outlasts a loss of power; if it fails, the former one may have gone or not. */
    public void save(String unit, String text) throws IOException {
        Path beside = beside(unit);
        disk.createFolder(folder);
        disk.syncFolder(folder.getParent());
        disk.write(beside, text.getBytes(StandardCharsets.UTF_8));
        disk.sync(beside);
        disk.rename(beside, file(unit));
        disk.syncFolder(folder);
    }

    /** Keeps nothing for a unit any more. When it returns, that is durable. */
    public void delete(String unit) throws IOException {
        try {
            disk.delete(file(unit));
            disk.delete(beside(unit));
            disk.syncFolder(folder);
        } catch (NoSuchFileException e) {
            // There is no folder, and so no file.
        }
    }

    /** Left by a power failure it is nothing, and written anew. */
    private Path beside(String unit) {
        return folder.resolve(unit + ".new");
    }

    private Path file(String unit) {
        if (!UNIT.matcher(unit).matches()) {
            throw new IllegalArgumentException(unit + " is no NAA identifier");
        }
        return folder.resolve(unit + SUFFIX);
    }
}
