package org.lunaria.scsi.internal.unit;

import java.util.Optional;
import org.lunaria.backend.BlockBackend.Profile;
import org.lunaria.scsi.internal.command.Device.MediumState;
import org.lunaria.scsi.internal.page.Geometry;
import org.lunaria.scsi.internal.slot.BackendSlot;

/**
 * Looks at the profiles of a unit's backends, and tells the initiators what another one changes. Called with the slot's lock held. What
 * is changed while the medium is out needs no word: whoever loads it tells that it is another. Immutable.
 */
record MediumWatch(LogicalUnit unit) implements BackendSlot.Listener {

    @Override
    public Optional<String> refusal(Profile profile) {
        UnitSettings settings = unit.settings();
        int blockBytes = settings.blockBytes();
        if (profile.blockBytes() > blockBytes) {
            return Optional.of("backend " + settings.backendId() + " has blocks of " + profile.blockBytes()
                    + " bytes, larger than the unit's " + blockBytes);
        }
        return profile.capacityBytes() < blockBytes
                ? Optional.of("backend " + settings.backendId() + " is smaller than one block")
                : Optional.empty();
    }

    @Override
    public void changing(long offset, long length) {
        unit.tokens().changing(offset, length);
    }

    @Override
    public boolean holdsMedium() {
        return unit.mediumState() != MediumState.EJECTED;
    }

    @Override
    public void profileChanged(Profile before, Profile now) {
        int blockBytes = unit.settings().blockBytes();
        Geometry was = Geometry.of(before, blockBytes);
        Geometry is = Geometry.of(now, blockBytes);
        if (holdsMedium() && was.blockCount() != is.blockCount()) {
            unit.nexuses().establish(UnitAttention.CAPACITY_CHANGE);
        }
        if (holdsMedium() && was.writable() != is.writable()) {
            unit.nexuses().establish(UnitAttention.MODE_PARAMETERS_CHANGE);
        }
        if (was.unmaps() != is.unmaps()
                || was.hasThresholds() != is.hasThresholds()
                || was.atomicBlocks() != is.atomicBlocks()) {
            unit.nexuses().establish(UnitAttention.INQUIRY_DATA_CHANGE);
        }
    }
}
