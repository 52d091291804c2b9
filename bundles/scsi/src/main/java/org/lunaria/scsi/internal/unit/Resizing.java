package org.lunaria.scsi.internal.unit;

import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.lunaria.backend.BlockBackend.Capability;
import org.lunaria.backend.BlockBackend.Profile;
import org.lunaria.scsi.SizeChange;
import org.lunaria.scsi.internal.command.Device.MediumState;
import org.lunaria.scsi.internal.page.DeviceType;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes the store of a unit larger or smaller, for the administrator, while the unit serves. Its backend does it in its place:
 * no command waits, and initiators hear of it as of any growth (CAPACITY DATA HAS CHANGED). Blocks; confined to its caller.
 */
final class Resizing {
    private static final Logger LOG = LoggerFactory.getLogger(Resizing.class);
    private static final long MOST_SECONDS = 60;

    private final LogicalUnit unit;

    Resizing(LogicalUnit unit) {
        this.unit = unit;
    }

    SizeChange resize(long capacityBytes, boolean shrink) {
        Optional<String> refusal = refusal(capacityBytes, shrink);
        if (refusal.isPresent()) {
            return SizeChange.refused(refusal.get());
        }
        long before = capacityBytes();
        SizeChange change = before == capacityBytes ? SizeChange.DONE : change(capacityBytes);
        if (capacityBytes() != before) {
            LOG.info("unit {}: {} bytes, after {}", unit.name(), capacityBytes, before);
        }
        return change;
    }

    private Optional<String> refusal(long capacityBytes, boolean shrink) {
        String volume = "volume " + unit.name();
        if (unit.identity().type() == DeviceType.CDROM) {
            return Optional.of(volume + " is as large as its disc; volume:load puts another one in.");
        }
        if (unit.tray().state() == MediumState.EJECTED) {
            return Optional.of(volume + " has no medium in; first volume:load " + unit.name() + ".");
        }
        if (unit.isCopied()) {
            return Optional.of(volume + " is being moved; wait for the end of that, or end it by volume:migrate "
                    + unit.name() + " --cancel.");
        }
        if (!unit.operation().isNone()) {
            return Optional.of(volume + " cannot change its size now: "
                    + unit.operation().text() + "; wait until an initiator has brought that to its end.");
        }
        if (!unit.slot().isAttached()) {
            return Optional.of(volume + " cannot change its size now: "
                    + unit.slot().status().detail() + ".");
        }
        int blockBytes = unit.settings().blockBytes();
        if (capacityBytes < blockBytes || capacityBytes % blockBytes != 0) {
            return Optional.of(
                    "size " + capacityBytes + ": give a multiple of the block length " + blockBytes + " above 0.");
        }
        return capacityBytes < capacityBytes() ? refusalToShrink(volume, shrink) : refusalByBackend(volume);
    }

    private Optional<String> refusalToShrink(String volume, boolean shrink) {
        if (!shrink) {
            return Optional.of(volume + " has " + capacityBytes() + " bytes, and does not become smaller unasked.");
        }
        return unit.nexuses().present().isEmpty()
                ? refusalByBackend(volume)
                : Optional.of("initiators are logged in to " + volume + ", which cannot become smaller under them.");
    }

    private Optional<String> refusalByBackend(String volume) {
        boolean able = unit.slot()
                .profile()
                .filter(profile -> profile.can(Capability.RESIZE))
                .isPresent();
        return able ? Optional.empty() : Optional.of("the store of " + volume + " cannot change its size by itself.");
    }

    private SizeChange change(long capacityBytes) {
        String volume = "volume " + unit.name();
        String stays = volume + " keeps its size: ";
        CompletionStage<Void> change = unit.slot().resize(capacityBytes);
        try {
            change.toCompletableFuture().get(MOST_SECONDS, TimeUnit.SECONDS);
            return SizeChange.DONE;
        } catch (InterruptedException e) {
            unit.slot().withdraw(change);
            Thread.currentThread().interrupt();
            return SizeChange.open("interrupted; volume:show " + unit.name() + " tells which size it has.");
        } catch (TimeoutException e) {
            return unit.slot().withdraw(change)
                    ? SizeChange.refused(stays + "its backend is not there.")
                    : SizeChange.open("the store of " + volume + " has not answered for " + MOST_SECONDS
                            + " seconds; volume:show " + unit.name() + " tells which size it has.");
        } catch (ExecutionException e) {
            String cause = e.getCause().getMessage() + ".";
            return capacityBytes() == capacityBytes
                    ? SizeChange.open(volume + " has its new size, which is not durable: " + cause)
                    : SizeChange.refused(stays + cause);
        }
    }

    private long capacityBytes() {
        return unit.slot().profile().map(Profile::capacityBytes).orElse(0L);
    }
}
