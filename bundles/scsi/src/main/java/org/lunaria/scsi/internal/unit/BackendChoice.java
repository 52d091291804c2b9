package org.lunaria.scsi.internal.unit;

import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.lunaria.backend.BlockBackend;
import org.lunaria.event.EventKind;
import org.lunaria.scsi.CopyStatus;
import org.lunaria.scsi.internal.mirror.Mirror;
import org.lunaria.scsi.internal.mirror.MirrorCopy;
import org.lunaria.scsi.internal.mirror.Pace;
import org.lunaria.scsi.internal.slot.BackendSlot;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Decides which backend is in a unit's slot: of those that are there, the one that is wanted, or a {@link Mirror} of it and
 * the one that the volume moves to. Another one takes its place only when it is there and fit; until then the first goes
 * on. When the one that a volume moves to is wanted as the first, it takes over as soon as it has everything.
 *
 * <p>Thread-safe. Those methods that change something may block as long as the slot drains, for they are called by those who
 * bring and take backends; those that tell something do not.
 */
final class BackendChoice implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(BackendChoice.class);

    /**
     * What is in the slot: a backend by itself, or a mirror.
     *
     * @param copyId of the backend that a mirror copies to
     */
    private record Serving(String id, BlockBackend backend, Optional<MirrorCopy> copy, String copyId) {
        static Serving alone(String id, BlockBackend backend) {
            return new Serving(id, backend, Optional.empty(), "");
        }

        /** What the slot has. */
        BlockBackend attached() {
            return copy.<BlockBackend>map(MirrorCopy::mirror).orElse(backend);
        }
    }

    private final String unit;
    private final BackendSlot slot;
    private final Map<String, BlockBackend> present = new HashMap<>();
    private volatile String wanted;
    private volatile Optional<CopyWish> wish;
    private volatile Optional<Serving> serving = Optional.empty();

    /** A backend that a copy to it failed on: it is not tried again while it stays. */
    private volatile Optional<BlockBackend> failed = Optional.empty();

    /** Why the copy is not under way, or empty. */
    private volatile String detail = "";

    private boolean closed;

    BackendChoice(String unit, BackendSlot slot, String wanted, Optional<CopyWish> wish) {
        this.unit = unit;
        this.slot = slot;
        this.wanted = wanted;
        this.wish = wish;
    }

    /** Wants others from now on. */
    synchronized void want(String backendId, Optional<CopyWish> copy) {
        if (!copy.equals(wish)) {
            failed = Optional.empty();
            detail = "";
        }
        if (!backendId.equals(wanted)) {
            slot.acceptOtherBytes();
        }
        wanted = backendId;
        wish = copy;
        settle();
    }

    synchronized void arrived(String id, BlockBackend backend) {
        if (present.putIfAbsent(id, backend) == null) {
            settle();
        }
    }

    /** A backend goes: when this returns the slot has let it go. */
    synchronized void gone(String id, BlockBackend backend) {
        if (!present.remove(id, backend)) {
            return;
        }
        serving.filter(now -> now.backend() == backend).ifPresent(now -> {
            slot.detach(now.attached());
            now.copy().ifPresent(MirrorCopy::close);
            serving = Optional.empty();
        });
        serving.filter(now -> isCopiedTo(now, backend)).ifPresent(now -> {
            now.copy().orElseThrow().mirror().lose("the backend to copy to has gone");
            alone(now);
        });
        settle();
    }

    /** The backends that matter: what is wanted, and what is in the slot. */
    synchronized Set<String> ids() {
        Set<String> ids = new LinkedHashSet<>();
        ids.add(wanted);
        wish.ifPresent(copy -> ids.add(copy.backendId()));
        serving.ifPresent(now -> ids.add(now.id()));
        return ids;
    }

    /** Which backend serves now, or empty. */
    String servingId() {
        return serving.map(Serving::id).orElse("");
    }

    /** How the copy is, while one is wished for or has not ended. */
    Optional<CopyStatus> copy() {
        Optional<Serving> now = serving;
        return now.flatMap(Serving::copy)
                .map(running -> new CopyStatus(
                        now.get().copyId(),
                        running.state().name(),
                        running.mirror().copied(),
                        running.mirror().profile().capacityBytes(),
                        running.bytesPerSecond(),
                        running.mirror().lost().orElse("")))
                .or(() -> wish.map(this::notRunning));
    }

    private CopyStatus notRunning(CopyWish copy) {
        return new CopyStatus(
                copy.backendId(),
                failed.isPresent() ? MirrorCopy.State.FAILED.name() : CopyStatus.WAITING,
                0,
                slot.profile().map(BlockBackend.Profile::capacityBytes).orElse(0L),
                0,
                detail.isEmpty() ? "backend " + copy.backendId() + " is not there" : detail);
    }

    @Override
    public synchronized void close() {
        closed = true;
        serving.flatMap(Serving::copy).ifPresent(MirrorCopy::close);
    }

    /** Makes of the slot what it is to be, as far as it can be now. */
    private void settle() {
        if (closed) {
            return;
        }
        serving.filter(now -> now.copy().isPresent() && !isWished(now)).ifPresent(this::takeOverOrAlone);
        serving.filter(now -> !now.id().equals(wanted) && now.copy().isEmpty()).ifPresent(this::exchange);
        if (serving.isEmpty()) {
            Optional.ofNullable(present.get(wanted)).ifPresent(this::attach);
        }
        serving.filter(now -> now.id().equals(wanted) && now.copy().isEmpty()).ifPresent(this::beginCopy);
    }

    private void attach(BlockBackend backend) {
        if (slot.attach(backend).isEmpty()) {
            serving = Optional.of(Serving.alone(wanted, backend));
        }
    }

    /** Another one is wanted, and is there; not one that is known to miss something. */
    private void exchange(Serving now) {
        BlockBackend next = present.get(wanted);
        boolean misses = next != null && failed.filter(tried -> tried == next).isPresent();
        if (next != null
                && !misses
                && slot.exchange(now.attached(), next, Optional::empty).isEmpty()) {
            serving = Optional.of(Serving.alone(wanted, next));
        }
    }

    /** Whether a mirror is still the one that is wished for, and not lost. */
    private boolean isWished(Serving now) {
        MirrorCopy copy = now.copy().orElseThrow();
        boolean goesOn = copy.state() != MirrorCopy.State.FAILED;
        boolean asWished = now.id().equals(wanted)
                && wish.isPresent()
                && copy.mode() == wish.get().mode()
                && present.get(wish.get().backendId()) == copy.mirror().destination();
        boolean toBeWaitedFor =
                present.get(wanted) == copy.mirror().destination() && copy.state() == MirrorCopy.State.RUNNING;
        return goesOn && (asWished || toBeWaitedFor);
    }

    /** The mirror ends: the destination takes over where it is wanted and has everything, else the source goes on alone. */
    private void takeOverOrAlone(Serving now) {
        MirrorCopy copy = now.copy().orElseThrow();
        Mirror mirror = copy.mirror();
        boolean wantsDestination = present.get(wanted) == mirror.destination();
        if (wantsDestination && copy.state() == MirrorCopy.State.IN_SYNC) {
            if (slot.exchange(mirror, mirror.destination(), mirror::lost).isEmpty()) {
                copy.close();
                serving = Optional.of(Serving.alone(wanted, mirror.destination()));
                EventKind.BACKEND.tell("unit {}: backend {} has taken over from {}", unit, wanted, now.id());
                return;
            }
        }
        alone(now);
    }

    private void alone(Serving now) {
        MirrorCopy copy = now.copy().orElseThrow();
        copy.close();
        if (copy.mirror().lost().isPresent()) {
            detail = copy.mirror().lost().get();
            failed = Optional.of(copy.mirror().destination());
        }
        Optional<String> refusal = slot.exchange(copy.mirror(), now.backend(), Optional::empty);
        if (refusal.isEmpty()) {
            serving = Optional.of(Serving.alone(now.id(), now.backend()));
        } else {
            copy.mirror().lose("it ended");
            LOG.warn("unit {}: its mirror, which changes its source alone, stays: {}", unit, refusal.get());
        }
    }

    private void beginCopy(Serving now) {
        if (wish.isEmpty()) {
            return;
        }
        BlockBackend destination = present.get(wish.get().backendId());
        if (destination == null || failed.filter(tried -> tried == destination).isPresent()) {
            return;
        }
        Optional<String> refusal = Mirror.refusal(now.backend().profile(), destination.profile());
        Mirror mirror = new Mirror(unit, now.backend(), destination);
        if (refusal.isEmpty()) {
            refusal = slot.exchange(now.backend(), mirror, Optional::empty);
        }
        if (refusal.isPresent()) {
            detail = refusal.get();
            failed = Optional.of(destination);
            EventKind.BACKEND.warn("unit {}: {}", unit, detail);
            return;
        }
        detail = "";
        MirrorCopy copy = new MirrorCopy(
                unit, mirror, wish.get().mode(), new Pace(wish.get().bytesPerSecond()), this::copyEnded);
        serving = Optional.of(new Serving(
                now.id(), now.backend(), Optional.of(copy), wish.get().backendId()));
        EventKind.BACKEND.tell(
                "unit {}: backend {} is being copied to {}",
                unit,
                now.id(),
                wish.get().backendId());
        copy.start();
    }

    private synchronized void copyEnded() {
        settle();
    }

    private static boolean isCopiedTo(Serving now, BlockBackend backend) {
        return now.copy()
                .filter(copy -> Objects.equals(copy.mirror().destination(), backend))
                .isPresent();
    }
}
