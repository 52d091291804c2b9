package org.lunaria.scsi.internal.saved;

import java.io.IOException;
import java.util.Optional;

/**
 * Where the values are kept that units save for themselves. A unit is known by its NAA identifier. Blocks. Used by one thread
 * at a time for a unit.
 */
public interface SavedStore {

    /**
     * What is kept for a unit; empty when nothing is.
     *
     * @throws IOException when that cannot be told
     */
    Optional<SavedValues> load(String unit) throws IOException;

    /** Keeps values. When it returns, they outlast a loss of power; if it fails, the former ones may have gone or not. */
    void save(String unit, SavedValues values) throws IOException;

    /** Keeps nothing for a unit any more. When it returns, that is durable. */
    void delete(String unit) throws IOException;
}
