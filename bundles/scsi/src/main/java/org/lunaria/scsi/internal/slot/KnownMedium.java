package org.lunaria.scsi.internal.slot;

import java.lang.ref.WeakReference;
import java.util.Optional;
import org.lunaria.backend.BlockBackend;
import org.lunaria.backend.BlockBackend.Profile;

/**
 * What initiators know of a unit's medium, and which backends leave it true: those that are not smaller than the last one, whose
 * blocks the unit can use, and that do not come in the place of a {@link BlockBackend#isVolatile volatile} one, whose bytes they
 * have not.
 *
 * <p>Confined to the lock of its slot, but for {@link #profile} and {@link #isLast}, which any thread may ask.
 */
final class KnownMedium {
    private final BackendSlot.Listener listener;

    /** Null before the first backend. */
    private volatile Profile last;

    /** A volatile backend that went: only itself has what was written to it. */
    private Optional<WeakReference<BlockBackend>> perished = Optional.empty();

    /** @param listener says what the unit cannot use, and hears of changes */
    KnownMedium(BackendSlot.Listener listener) {
        this.listener = listener;
    }

    /** The last profile; empty before the first backend. */
    Optional<Profile> profile() {
        return Optional.ofNullable(last);
    }

    /** Whether nothing has changed since that very object was the last profile. Asked before each command. */
    boolean isLast(Profile profile) {
        return profile == last;
    }

    /** Why a backend of that profile cannot be the medium, as a sentence, or empty. */
    Optional<String> refusal(Profile profile) {
        Profile before = last;
        if (before != null && profile.capacityBytes() < before.capacityBytes() && listener.holdsMedium()) {
            return Optional.of("its backend has " + profile.capacityBytes() + " bytes, but initiators were told "
                    + before.capacityBytes() + ": a smaller one would cut off their data");
        }
        return listener.refusal(profile);
    }

    /** Which bytes a backend lacks that initiators have written, as a sentence, or empty. */
    Optional<String> missing(BlockBackend backend) {
        return perished.filter(gone -> gone.get() != backend && listener.holdsMedium())
                .map(
                        gone ->
                                "what initiators wrote went with the backend that had it in memory, and the one that came is empty:"
                                        + " restart the appliance, or delete the volume and create it again, to go on with an empty one");
    }

    /** The next backend may have other bytes: somebody has asked for it by its name. */
    void acceptOtherBytes() {
        perished = Optional.empty();
    }

    /** A backend goes, with its bytes if it is volatile. */
    void goes(BlockBackend backend) {
        perished = Optional.of(backend).filter(BlockBackend::isVolatile).map(WeakReference::new);
    }

    /** Another backend is the medium from now on. */
    void takeIn(Profile profile) {
        perished = Optional.empty();
        become(profile);
        listener.changing(0, Long.MAX_VALUE);
    }

    /** The medium has that profile now; the listener hears of it unless it is the first, or the same. */
    void become(Profile now) {
        Profile before = last;
        last = now;
        if (before != null && !before.equals(now)) {
            listener.profileChanged(before, now);
        }
    }
}
