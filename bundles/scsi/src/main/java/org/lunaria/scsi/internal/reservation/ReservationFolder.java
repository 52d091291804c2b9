package org.lunaria.scsi.internal.reservation;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A folder with a file for each unit that keeps its reservations. A file is replaced as a whole: written beside, synced,
 * renamed, and the folder is synced, so that whenever the power fails the old text is there or the new one. Immutable.
 */
public final class ReservationFolder implements ReservationStore {
    private static final String SUFFIX = ".txt";
    private static final Pattern UNIT = Pattern.compile("[0-9a-f]{16,32}");

    private final Path folder;
    private final Disk disk;

    /** @param folder need not be there */
    public ReservationFolder(Path folder) {
        this(folder, new Disk());
    }

    ReservationFolder(Path folder, Disk disk) {
        this.folder = folder.toAbsolutePath();
        this.disk = disk;
    }

    @Override
    public Optional<ReservationState> load(String unit) throws IOException {
        Path file = file(unit);
        try {
            String text = new String(disk.read(file), StandardCharsets.UTF_8);
            return Optional.of(ReservationText.decode(unit, text));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (IOException e) {
            throw new IOException(file + " cannot be used: " + e.getMessage(), e);
        }
    }

    @Override
    public void save(String unit, ReservationState state) throws IOException {
        byte[] bytes = ReservationText.encode(unit, state).getBytes(StandardCharsets.UTF_8);
        Path beside = beside(unit);
        disk.createFolder(folder);
        disk.syncFolder(folder.getParent());
        disk.write(beside, bytes);
        disk.sync(beside);
        disk.rename(beside, file(unit));
        disk.syncFolder(folder);
    }

    @Override
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
