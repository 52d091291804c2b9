package org.lunaria.scsi.internal.unit;

import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.lunaria.scsi.Nexus;
import org.lunaria.scsi.internal.command.Device.MediumState;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Whether a unit's medium is started, stopped or removed: START STOP UNIT changes that (SBC-3 5.26), and the administrator,
 * who is the operator at the drive. A unit begins with its medium loaded, whatever it was before a restart. Thread-safe.
 */
final class Tray {
    private static final Logger LOG = LoggerFactory.getLogger(Tray.class);
    private static final long FLUSH_SECONDS = 30;

    private final LogicalUnit unit;

    private volatile MediumState state = MediumState.STARTED;

    /** How often the medium went out or came in: odd while it is out. */
    private volatile int moves;

    Tray(LogicalUnit unit) {
        this.unit = unit;
    }

    MediumState state() {
        return state;
    }

    int moves() {
        return moves;
    }

    static boolean isOut(int moves) {
        return (moves & 1) != 0;
    }

    /** Who forbids the removal of the medium, if somebody does (SBC-3 5.14). */
    Optional<Nexus> preventedBy() {
        return unit.nexuses().present().stream()
                .filter(LunAccess::preventsRemoval)
                .map(LunAccess::nexus)
                .findFirst();
    }

    /** Changes the state. When a medium comes, all nexuses but the one that asked for it get a unit attention. */
    synchronized void change(MediumState changed, Optional<Nexus> by) {
        MediumState before = state;
        state = changed;
        if (before == changed) {
            return;
        }
        if (changed != MediumState.STARTED) {
            unit.selfTests().abort();
        }
        if ((before == MediumState.EJECTED) != (changed == MediumState.EJECTED)) {
            moves++;
            unit.tokens().changing(0, Long.MAX_VALUE);
        }
        LOG.info(
                "unit {}: medium {} by {}",
                unit.name(),
                changed,
                by.map(Nexus::toString).orElse("the administrator"));
        if (before == MediumState.EJECTED) {
            by.ifPresentOrElse(
                    nexus -> unit.nexuses().establishForOthers(UnitAttention.MEDIUM_CHANGE, nexus),
                    () -> unit.nexuses().establish(UnitAttention.MEDIUM_CHANGE));
        }
    }

    /** Takes the medium out, unless an initiator prevents it; gives back why not. Blocks until it is durable. */
    Optional<String> ejectByOperator(boolean force) {
        if (!unit.identity().removable()) {
            return Optional.of(fixed());
        }
        if (unit.operation().isRunning()) {
            return Optional.of("the medium of " + unit.name() + " is needed: "
                    + unit.operation().text() + "; wait for its end, which volume:show tells.");
        }
        Optional<Nexus> prevents = preventedBy();
        if (prevents.isPresent() && !force) {
            return Optional.of("initiator " + prevents.get().initiatorPort() + " prevents the removal of the medium of "
                    + unit.name() + "; let it give the medium free, or add --force.");
        }
        Optional<String> unkept = flush();
        if (unkept.isEmpty()) {
            change(MediumState.EJECTED, Optional.empty());
        }
        return unkept;
    }

    /** Puts the medium in and starts it; gives back why not. */
    Optional<String> loadByOperator() {
        if (!unit.identity().removable()) {
            return Optional.of(fixed());
        }
        change(MediumState.STARTED, Optional.empty());
        return Optional.empty();
    }

    private String fixed() {
        return "the medium of " + unit.name() + " cannot be removed; only that of a CD, and of a disk made with --set"
                + " removable=true, can.";
    }

    /** Where no backend is there, it was flushed when it went. */
    private Optional<String> flush() {
        if (!unit.slot().isAttached() || !unit.geometry().writable()) {
            return Optional.empty();
        }
        String stays = "the medium of " + unit.name() + " stays, for what was written to it cannot be made durable: ";
        try {
            unit.slot().flush().toCompletableFuture().get(FLUSH_SECONDS, TimeUnit.SECONDS);
            return Optional.empty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.of(stays + "interrupted.");
        } catch (TimeoutException e) {
            return Optional.of(stays + "its store has not answered for " + FLUSH_SECONDS + " seconds.");
        } catch (ExecutionException e) {
            return Optional.of(stays + e.getCause().getMessage() + ".");
        }
    }
}
