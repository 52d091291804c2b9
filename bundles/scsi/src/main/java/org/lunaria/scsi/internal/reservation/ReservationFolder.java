package org.lunaria.scsi.internal.reservation;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.lunaria.scsi.internal.saved.Disk;
import org.lunaria.scsi.internal.saved.UnitFolder;

/** A folder with a file for each unit that keeps its reservations. Immutable. */
public final class ReservationFolder implements ReservationStore {
    private final UnitFolder files;

    /** @param folder need not be there */
    public ReservationFolder(Path folder) {
        this(folder, new Disk());
    }

    ReservationFolder(Path folder, Disk disk) {
        files = new UnitFolder(folder, disk);
    }

    @Override
    public Optional<ReservationState> load(String unit) throws IOException {
        return files.load(unit, text -> ReservationText.decode(unit, text));
    }

    @Override
    public void save(String unit, ReservationState state) throws IOException {
        files.save(unit, ReservationText.encode(unit, state));
    }

    @Override
    public void delete(String unit) throws IOException {
        files.delete(unit);
    }
}
