package org.lunaria.scsi.internal.unit;

import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.lunaria.backend.BlockBackend.Space;
import org.lunaria.scsi.UnitSpace;
import org.lunaria.scsi.UnitStatus;
import org.lunaria.scsi.internal.page.Geometry;
import org.lunaria.scsi.internal.page.Identity;
import org.lunaria.scsi.internal.slot.SlotStatus;

/** What the administrator is told of a unit. Immutable; each answer is of that moment. */
record UnitReport(LogicalUnit unit) {
    private static final String LOST = "LOST";
    private static final String RESERVATIONS_LOST =
            "its persistent reservations cannot be read, so that nobody may use it; the log says why";

    private static final String SAVED_LOST =
            "what it has saved cannot be read, and it may have been told to destroy its data, so that nobody may use it before"
                    + " it is sanitized, or the file is put back, or deleted where nothing was to be destroyed, and the"
                    + " appliance started again";

    UnitStatus status() {
        UnitSettings settings = unit.settings();
        Identity identity = settings.identity();
        SlotStatus state = unit.slot().status();
        Optional<String> lost = lost();
        Geometry geometry = unit.geometry();
        Optional<BackendChoice> choice = unit.choice();
        return new UnitStatus(
                settings.name(),
                settings.backendId(),
                choice.map(BackendChoice::servingId).orElse(""),
                lost.isPresent() ? LOST : state.state(),
                lost.orElse(state.detail()),
                geometry.blockCount() * geometry.blockBytes(),
                geometry.blockBytes(),
                identity.serial(),
                identity.naa(),
                settings.readOnly() || unit.softwareWriteProtected() || !geometry.writable(),
                state.inFlight(),
                state.held(),
                state.stall().operations(),
                state.stall().millis(),
                state.swaps(),
                state.lastHoldMillis(),
                state.longestHoldMillis(),
                state.holds(),
                state.attachedSince(),
                state.lastFailure().map(failure -> UnitFailures.of(failure, geometry.blockBytes())),
                state.reads(),
                state.writes(),
                state.readBytes(),
                state.writtenBytes(),
                state.failures(),
                identity.removable() ? unit.mediumState().name() : "",
                difference(),
                unit.spaceWatch().last().map(space -> of(space, geometry)).orElse(UnitSpace.UNKNOWN),
                unit.operation().text(),
                state.trouble(),
                choice.flatMap(BackendChoice::copy));
    }

    /** Why nobody may use the unit, where what it keeps over restarts cannot be read. */
    private Optional<String> lost() {
        if (unit.reservations().state().isLost()) {
            return Optional.of(RESERVATIONS_LOST);
        }
        return unit.operation().isUnknown()
                ? Optional.of(unit.saved()
                        .damage()
                        .map(why -> SAVED_LOST + ": " + why)
                        .orElse(SAVED_LOST))
                : Optional.empty();
    }

    private UnitSpace of(Space space, Geometry geometry) {
        boolean wantsMore = space.usedBytes() < geometry.blockCount() * geometry.blockBytes();
        boolean low = space.availableBytes() == 0 && wantsMore
                || geometry.hasThresholds()
                        && ProvisioningThresholds.isLow(space, unit.modes().current());
        return new UnitSpace(space.usedBytes(), space.availableBytes(), space.shared(), low);
    }

    /** What initiators have made other than the configuration says. */
    private String difference() {
        return Stream.of(unit.modes().difference(), unit.accessStates().difference())
                .filter(text -> !text.isEmpty())
                .collect(Collectors.joining(", "));
    }
}
