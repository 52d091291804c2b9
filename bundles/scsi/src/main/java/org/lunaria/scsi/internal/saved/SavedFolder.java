package org.lunaria.scsi.internal.saved;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/** A folder with a file for each unit that has saved something. Immutable. */
public final class SavedFolder implements SavedStore {
    private final UnitFolder files;

    /** @param folder need not be there */
    public SavedFolder(Path folder) {
        files = new UnitFolder(folder, new Disk());
    }

    @Override
    public Optional<SavedValues> load(String unit) throws IOException {
        return files.load(unit, text -> SavedValues.decode(unit, text));
    }

    @Override
    public void save(String unit, SavedValues values) throws IOException {
        files.save(unit, values.encode(unit));
    }

    @Override
    public void delete(String unit) throws IOException {
        files.delete(unit);
    }
}
