package org.lunaria.scsi.internal.command;

import java.util.Optional;
import org.lunaria.scsi.internal.command.Device.MediumState;
import org.lunaria.scsi.internal.mmc.Disc;

/** The disc of a CD/DVD unit, for handlers. */
final class LoadedDisc {
    private LoadedDisc() {}

    /** The disc, whether it is started or not; empty while it is out, or no backend has come yet. */
    static Optional<Disc> in(Device device) {
        return device.mediumState() == MediumState.EJECTED || !device.geometry().isKnown()
                ? Optional.empty()
                : Optional.of(of(device));
    }

    /** For a command that is done with a medium only. */
    static Disc of(Device device) {
        return new Disc(device.geometry().blockCount());
    }
}
