package org.lunaria.scsi.internal.unit;

import java.io.IOException;
import java.util.Collection;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import org.lunaria.scsi.internal.command.Execution;
import org.lunaria.scsi.internal.reservation.NexusName;
import org.lunaria.scsi.internal.reservation.Notice;
import org.lunaria.scsi.internal.reservation.Outcome;
import org.lunaria.scsi.internal.reservation.Registration;
import org.lunaria.scsi.internal.reservation.Reply;
import org.lunaria.scsi.internal.reservation.ReservationRequest;
import org.lunaria.scsi.internal.reservation.ReservationState;
import org.lunaria.scsi.internal.reservation.ReservationStore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The reservations of a logical unit. A change is made durable, then it is seen, then those are told and lose their commands
 * whom it concerns, and then it is answered. Thread-safe: changes are made one after the other, by a thread that may block;
 * what RESERVE has reserved goes at once with its nexus or a reset.
 */
final class UnitReservations {
    private static final Logger LOG = LoggerFactory.getLogger(UnitReservations.class);

    private final String unit;
    private final String naa;
    private final ReservationStore store;
    private final Executor work;
    private final AtomicReference<ReservationState> state;

    /** Whether the store may have something for the unit. Used by {@link #work} only. */
    private boolean kept;

    /**
     * Waits for the store, behind whatever a former unit of the same identity has asked it for.
     *
     * @param work one thread, or the caller's
     */
    UnitReservations(UnitSettings settings, ReservationStore store, Executor work) {
        this.unit = settings.name();
        this.naa = settings.identity().naa();
        this.store = store;
        this.work = work;
        this.state = new AtomicReference<>(
                CompletableFuture.supplyAsync(this::load, work).join());
    }

    ReservationState state() {
        return state.get();
    }

    /**
     * @param accesses of everybody who has access to the unit
     * @param by whose request it is; once it is closed the request is not done
     * @param command the command that asks
     */
    CompletionStage<Reply> change(
            ReservationRequest request, Collection<LunAccess> accesses, LunAccess by, Execution command) {
        CompletableFuture<Reply> reply = new CompletableFuture<>();
        work.execute(() -> {
            try {
                change(request, accesses, by, command, reply);
            } catch (RuntimeException bug) {
                reply.completeExceptionally(bug);
            }
        });
        return reply;
    }

    /** A nexus is lost, and with it what it has reserved by RESERVE. */
    void lose(NexusName nexus) {
        state.updateAndGet(now -> now.reservedBy().equals(Optional.of(nexus)) ? now.withoutReserve() : now);
    }

    /** The unit is reset: whoever has reserved it by RESERVE, it is no more. Persistent reservations stay. */
    void reset() {
        state.updateAndGet(ReservationState::withoutReserve);
    }

    private ReservationState load() {
        try {
            Optional<ReservationState> loaded = store.load(naa);
            kept = loaded.isPresent();
            return loaded.orElse(ReservationState.NONE);
        } catch (IOException e) {
            LOG.error(
                    "unit {}: its persistent reservations are lost, and nobody may use it until they are replaced: {}",
                    unit,
                    e.getMessage());
            kept = true;
            return ReservationState.LOST;
        }
    }

    private void change(
            ReservationRequest request,
            Collection<LunAccess> accesses,
            LunAccess by,
            Execution command,
            CompletableFuture<Reply> reply) {
        ReservationState before;
        Outcome outcome;
        do {
            before = state.get();
            Set<NexusName> present =
                    accesses.stream().map(LunAccess::nexusName).collect(Collectors.toUnmodifiableSet());
            outcome = request.apply(before, by.nexusName(), present);
            if (by.tasks().isClosed() || outcome.state() == before) {
                reply.complete(by.tasks().isClosed() ? Reply.CONFLICT : outcome.reply());
                return;
            }
            try {
                keep(before, outcome.state());
            } catch (IOException e) {
                LOG.error("unit {}: its persistent reservations cannot be kept, and stay as they are", unit, e);
                reply.complete(Reply.notDurable());
                return;
            }
        } while (!state.compareAndSet(before, outcome.state()));
        if (by.tasks().isClosed()) {
            lose(by.nexusName());
        }
        LOG.debug("unit {}: reservations changed by {}", unit, by.nexusName());
        Reply given = outcome.reply();
        AbortCountdown countdown = new AbortCountdown(() -> reply.complete(given));
        for (LunAccess access : accesses) {
            concern(access, before, outcome, by, command, countdown);
        }
        countdown.arrive();
    }

    /** Makes a change durable, where it has to be. */
    private void keep(ReservationState before, ReservationState after) throws IOException {
        boolean same = before.isPersistent() == after.isPersistent()
                && before.isLost() == after.isLost()
                && before.reservation().equals(after.reservation())
                && before.registrations().equals(after.registrations());
        if (same) {
            return;
        }
        if (after.isPersistent()) {
            kept = true;
            store.save(naa, after);
        } else if (kept) {
            store.delete(naa);
            kept = false;
        }
    }

    /** Tells a nexus what it has to know, and aborts its commands where it is preempted. */
    private static void concern(
            LunAccess access,
            ReservationState before,
            Outcome outcome,
            LunAccess by,
            Execution command,
            AbortCountdown countdown) {
        Optional<Registration> registration = before.find(access.nexusName());
        if (registration.isEmpty()) {
            return;
        }
        boolean loses = outcome.aborted().contains(registration.get());
        if (access.isOfSameNexus(by)) {
            if (loses) {
                access.abortAllBut(command, countdown);
            }
            return;
        }
        for (Notice notice : outcome.notices()) {
            if (notice.registration().equals(registration.get())) {
                access.attentions().establish(attention(notice.kind()));
            }
        }
        if (loses) {
            access.preempt(countdown);
        }
    }

    private static UnitAttention attention(Notice.Kind kind) {
        return switch (kind) {
            case RESERVATIONS_PREEMPTED -> UnitAttention.RESERVATIONS_PREEMPTED;
            case REGISTRATIONS_PREEMPTED -> UnitAttention.REGISTRATIONS_PREEMPTED;
            case RESERVATIONS_RELEASED -> UnitAttention.RESERVATIONS_RELEASED;
        };
    }
}
