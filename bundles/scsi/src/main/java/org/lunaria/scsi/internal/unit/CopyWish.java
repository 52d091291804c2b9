package org.lunaria.scsi.internal.unit;

import java.util.Optional;
import org.lunaria.scsi.internal.mirror.MirrorCopy.Mode;
import org.lunaria.settings.Settings;

/**
 * That a unit's bytes are to be on another backend too. Immutable.
 *
 * @param backendId of that backend
 * @param mode whether they are copied there, or are said to be there already
 * @param bytesPerSecond at most, or 0 for no limit
 */
record CopyWish(String backendId, Mode mode, long bytesPerSecond) {
    /** @throws org.lunaria.settings.InvalidSetting with a sentence for the administrator */
    static Optional<CopyWish> of(Settings settings, String backendId) {
        String to = settings.text("copyTo");
        if (to.isEmpty()) {
            return Optional.empty();
        }
        if (to.equals(backendId) || !UnitSettings.ID.matcher(to).matches()) {
            throw settings.invalid("copyTo", "give the backend.id of another backend");
        }
        return Optional.of(
                new CopyWish(to, settings.choice("copyMode", Mode.class), settings.number("copyBytesPerSecond")));
    }
}
