package org.lunaria.scsi.internal.slot;

import java.nio.ByteBuffer;
import java.time.Clock;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.lunaria.backend.BlockBackend;
import org.lunaria.backend.BlockBackend.Extent;
import org.lunaria.backend.BlockBackend.Failure;
import org.lunaria.backend.BlockBackend.Fault;
import org.lunaria.backend.BlockBackend.Flag;
import org.lunaria.backend.BlockBackend.Profile;
import org.lunaria.backend.BlockBackend.Space;
import org.lunaria.backend.Completions;
import org.lunaria.event.EventKind;
import org.lunaria.scsi.UnitTraffic;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The place of a logical unit's backend, which is empty at times. Three states:
 *
 * <ul>
 *   <li>ATTACHED: operations go to the backend and are counted;
 *   <li>DRAINING: the backend goes; what it has is waited for, what comes is held;
 *   <li>DETACHED: what comes is held until a backend is there or the grace is over, from then on it fails OFFLINE.
 * </ul>
 *
 * <p>An operation that a backend ends as OFFLINE while it goes is held as well, and repeated on the next one: the
 * initiator sees no error, only time. A flush is not repeated, because it speaks of what the old backend has taken. A change
 * that a backend has not ended when it goes is repeated too, whatever it says of it later.
 *
 * <p>A backend is attached only if what the initiators know of the medium stays true ({@link KnownMedium}).
 *
 * <p>Thread-safe. No method blocks but {@link #detach} and {@link #exchange}. Held operations run on the thread that attaches.
 */
public final class BackendSlot implements Medium, AutoCloseable {

    /** What the unit has to say and to hear about its backends. Called with the slot's lock held, mostly: be short. */
    public interface Listener {
        /** A reason why the unit cannot use a backend, as a sentence, or empty. */
        default Optional<String> refusal(Profile profile) {
            return Optional.empty();
        }

        /** Bytes of the medium are about to change: a write begins, or another backend comes. Called by any thread, often. */
        default void changing(long offset, long length) {}

        /** Whether initiators may be using the medium: then a smaller one is refused. */
        default boolean holdsMedium() {
            return true;
        }

        /** The medium became another: it grew, for one. Not called for the first profile. */
        void profileChanged(Profile before, Profile now);
    }

    private static final Logger LOG = LoggerFactory.getLogger(BackendSlot.class);

    private final String unit;
    private final Listener listener;
    private final WaitingRoom waitingRoom;
    private final Counters counters = new Counters();
    private final Holds holds;
    private final InFlight inFlight = new InFlight();
    private final LongSupplier nanoTime;
    private final StallWatch stallWatch;

    /** Under the lock, but for its attachments. */
    private final Chronicle chronicle;

    /** Under the lock, but for its profile. */
    private final KnownMedium known;

    /** What a backend that went could not make durable; for the next flush. */
    private final AtomicReference<Failure> unkept = new AtomicReference<>();

    private final Object lock = new Object();

    /** Written under the lock. */
    private volatile Policy policy;

    /** Written under the lock; read without it on the way of each operation. */
    private volatile Attachment attachment;

    /**
     * @param unit name for log and messages
     * @param policy for operations that come while no backend is there; the grace starts now
     * @param timer ends graces; what it runs is short
     * @param nanoTime a clock as {@link System#nanoTime}
     */
    public BackendSlot(
            String unit, Policy policy, ScheduledExecutorService timer, LongSupplier nanoTime, Listener listener) {
        this.unit = unit;
        this.policy = policy;
        this.listener = listener;
        this.nanoTime = nanoTime;
        this.waitingRoom = new WaitingRoom(unit, timer);
        this.stallWatch = new StallWatch(unit, this::stall, timer);
        InstantSource clock = Clock.tickMillis(ZoneOffset.UTC);
        this.holds = new Holds(clock);
        this.chronicle = new Chronicle(unit, clock, nanoTime, counters, holds);
        this.known = new KnownMedium(listener);
        waitingRoom.startGrace(policy.holdMillis());
    }

    /** Changes the policy; a grace that runs starts anew. */
    public void policy(Policy changed) {
        synchronized (lock) {
            policy = changed;
            if (attachment == null && !waitingRoom.isOverdue()) {
                waitingRoom.startGrace(policy.holdMillis());
            }
        }
    }

    /**
     * Puts a backend in, and does what was held on it.
     *
     * @return why it was refused, or empty: then the caller owes a {@link #detach}
     */
    public Optional<String> attach(BlockBackend backend) {
        Profile profile = backend.profile();
        List<WaitingRoom.Held<?>> held;
        synchronized (lock) {
            Optional<String> refusal = attachment == null
                    ? known.refusal(profile).or(() -> known.missing(backend))
                    : Optional.of("another backend is attached");
            if (refusal.isPresent()) {
                return refuse(refusal);
            }
            takeIn(profile);
            held = admitTo(backend, new Guard(backend, counters));
        }
        EventKind.BACKEND.tell("unit {}: backend attached, {} held operations go on", unit, held.size());
        held.forEach(this::runHeld);
        return Optional.empty();
    }

    /**
     * Puts a backend in the place of the attached one: what the first has is waited for and flushed, what comes meanwhile is held
     * and goes to the second. Blocks up to three times {@link Policy#drainMillis}. Both stay their owners'.
     *
     * @param veto asked when the first has ended all it had and was flushed: why the second may not take over, or empty
     * @return why it did not come to it, or empty; then the first goes on, if it is still there
     */
    public Optional<String> exchange(BlockBackend before, BlockBackend after, Supplier<Optional<String>> veto) {
        Profile profile = after.profile();
        Attachment going;
        synchronized (lock) {
            going = attachment;
            if (going == null || going.backend() != before) {
                return Optional.of("its backend has gone meanwhile");
            }
            Optional<String> refusal = known.refusal(profile);
            if (refusal.isPresent()) {
                return refuse(refusal);
            }
        }
        long drainMillis = policy.drainMillis();
        CompletionStage<Void> ahead = going.flushAhead(drainMillis);
        holds.begin();
        Optional<String> refusal = going.drain(drainMillis)
                ? going.flush(ahead, drainMillis).map(this::notKept).or(veto)
                : Optional.of("its backend did not end what it has within " + drainMillis + " ms");
        List<WaitingRoom.Held<?>> held;
        synchronized (lock) {
            if (attachment != going) {
                return Optional.of("its backend has gone meanwhile");
            }
            if (refusal.isEmpty()) {
                takeIn(profile);
            } else {
                refuse(refusal);
            }
            held = refusal.isEmpty() ? admitTo(after, new Guard(after, counters)) : admitTo(before, going.guard());
        }
        if (refusal.isEmpty()) {
            EventKind.BACKEND.tell(
                    "unit {}: backend exchanged in {} ms, {} held operations go on",
                    unit,
                    holds.lastMillis(),
                    held.size());
        }
        held.forEach(this::runHeld);
        return refusal;
    }

    /**
     * Takes a backend out: admits nothing more to it, waits until what it has is done, and flushes it. Where the flush
     * fails, the next SYNCHRONIZE CACHE says so, whichever backend is there then. Blocks up to three times {@link
     * Policy#drainMillis}; called by whoever hears that the backend's service goes. Without effect for a backend that is not the attached one.
     */
    public void detach(BlockBackend backend) {
        Attachment going = attachment;
        if (going == null || going.backend() != backend) {
            return;
        }
        long drainMillis = policy.drainMillis();
        CompletionStage<Void> ahead = going.flushAhead(drainMillis);
        holds.begin();
        boolean drained = going.drain(drainMillis);
        if (!drained) {
            // Before the flush, which covers what has ended until here.
            going.abandon();
        }
        going.flush(ahead, drainMillis).ifPresent(this::notKept);
        synchronized (lock) {
            if (attachment != going) {
                return;
            }
            attachment = null;
            known.goes(backend);
            chronicle.gone();
            waitingRoom.startGrace(policy.holdMillis());
        }
        if (drained) {
            EventKind.BACKEND.tell("unit {}: backend detached", unit);
        } else {
            EventKind.BACKEND.warn("unit {}: backend detached with {} operations in flight", unit, going.inFlight());
        }
    }

    /** The next backend may have other bytes: somebody has asked for it by its name. */
    public void acceptOtherBytes() {
        synchronized (lock) {
            known.acceptOtherBytes();
        }
    }

    @Override
    public Optional<Profile> profile() {
        Attachment now = attachment;
        if (now != null) {
            Profile profile = now.guard().profile();
            if (!known.isLast(profile)) {
                synchronized (lock) {
                    if (attachment == now) {
                        known.become(profile);
                    }
                }
            }
        }
        return known.profile();
    }

    /** Whether a backend is there that takes operations now. */
    public boolean isAttached() {
        Attachment now = attachment;
        return now != null && !now.isClosed();
    }

    /** How often a backend was put in. */
    public long attachments() {
        return chronicle.attachments();
    }

    @Override
    public boolean available() {
        return !waitingRoom.isOverdue();
    }

    @Override
    public CompletionStage<Void> read(long offset, ByteBuffer target) {
        return run(new Operation.Read(offset, target));
    }

    @Override
    public CompletionStage<Void> write(long offset, ByteBuffer source, Set<Flag> flags) {
        listener.changing(offset, source.remaining());
        return run(new Operation.Write(offset, source, flags));
    }

    @Override
    public CompletionStage<Void> flush() {
        return run(new Operation.Flush(unkept));
    }

    @Override
    public CompletionStage<Void> scrub() {
        return run(new Operation.Look<>(Guard::scrub));
    }

    @Override
    public CompletionStage<Void> unmap(long offset, long length) {
        listener.changing(offset, length);
        return run(new Operation.Change(OperationKind.UNMAP, guard -> guard.unmap(offset, length)));
    }

    @Override
    public CompletionStage<Void> writeZeroes(long offset, long length, Set<Flag> flags) {
        listener.changing(offset, length);
        return run(new Operation.Change(OperationKind.WRITE_ZEROES, guard -> guard.writeZeroes(offset, length, flags)));
    }

    @Override
    public CompletionStage<List<Extent>> extents(long offset, long length) {
        return run(new Operation.Look<>(guard -> guard.extents(offset, length)));
    }

    @Override
    public CompletionStage<Space> space() {
        return run(new Operation.Look<>(Guard::space));
    }

    /**
     * Makes the attached backend larger or smaller, if it can; what is in flight goes on. What lies behind a smaller size must not
     * be in use.
     */
    public CompletionStage<Void> resize(long capacityBytes) {
        listener.changing(capacityBytes, Long.MAX_VALUE - capacityBytes);
        return run(new Operation.Change(OperationKind.OTHER, guard -> guard.resize(capacityBytes)));
    }

    @Override
    public boolean withdraw(CompletionStage<?> stage) {
        return waitingRoom.withdraw(stage);
    }

    /** A snapshot, for listings. */
    public SlotStatus status() {
        synchronized (lock) {
            return chronicle.status(attachment, inFlight.size(), waitingRoom.size(), stall());
        }
    }

    /** What was asked of its backends, and how long that took. */
    public UnitTraffic traffic() {
        return new UnitTraffic(unit, inFlight.size(), waitingRoom.size(), counters.operations());
    }

    /** To be started by whoever serves the unit. */
    public StallWatch stallWatch() {
        return stallWatch;
    }

    private Stall stall() {
        return inFlight.stall(nanoTime.getAsLong());
    }

    /** The unit goes: what is held fails, and so does what comes. The backend stays its owner's. */
    @Override
    public void close() {
        stallWatch.close();
        Attachment now = attachment;
        if (now != null) {
            detach(now.backend());
        }
        waitingRoom.close();
    }

    private <T> CompletionStage<T> run(Operation<T> operation) {
        Attachment now = attachment;
        if (now == null || !now.admit()) {
            CompletableFuture<T> stage = new CompletableFuture<>();
            hold(new WaitingRoom.Held<>(operation, stage));
            return stage;
        }
        Counters.Counter counter = counters.of(operation.kind());
        boolean timed = counter.isTimed();
        long beganNanos = timed ? nanoTime.getAsLong() : 0;
        CompletionStage<T> stage = start(now, operation);
        if (Completions.isDone(stage)) {
            if (timed) {
                counter.doneAtOnce(nanoTime.getAsLong() - beganNanos);
            }
            now.leave();
            return stage;
        }
        WaitingRoom.Held<T> begun = new WaitingRoom.Held<>(operation, new CompletableFuture<>());
        await(now, begun, stage, timed ? beganNanos : nanoTime.getAsLong());
        return begun.stage();
    }

    private <T> void runHeld(WaitingRoom.Held<T> held) {
        Attachment now = attachment;
        if (now == null || !now.admit()) {
            hold(held);
            return;
        }
        long beganNanos = nanoTime.getAsLong();
        await(now, held, start(now, held.operation()), beganNanos);
    }

    private <T> void await(Attachment by, WaitingRoom.Held<T> begun, CompletionStage<T> stage, long beganNanos) {
        InFlight.Entry entry = inFlight.begin(counters.of(begun.operation().kind()), beganNanos);
        stage.whenComplete((value, thrown) -> {
            inFlight.end(entry, nanoTime.getAsLong());
            end(by, begun, value, thrown);
        });
    }

    private <T> CompletionStage<T> start(Attachment now, Operation<T> operation) {
        try {
            return operation.on(now.guard());
        } catch (RuntimeException e) {
            return Completions.failed(new Failure(Fault.INTERNAL, -1, String.valueOf(e), e));
        }
    }

    private <T> void end(Attachment by, WaitingRoom.Held<T> held, T value, Throwable thrown) {
        if (thrown == null && by.isAbandoned() && held.operation().changes()) {
            // Whether what it has written is in the store that takes over, nobody knows: the change is done there once
            // more.
            by.leave();
            hold(held);
            return;
        }
        if (thrown == null) {
            by.leave();
            held.stage().complete(value);
            return;
        }
        Failure failure = Completions.failure(thrown);
        boolean repeat = failure.fault() == Fault.OFFLINE
                && by.isClosed()
                && held.operation().repeatable();
        if (!repeat) {
            noteFailure(held.operation(), failure);
        }
        by.leave();
        if (repeat) {
            hold(held);
        } else {
            held.stage().completeExceptionally(failure);
        }
    }

    private void noteFailure(Operation<?> operation, Failure failure) {
        Optional<String> news;
        synchronized (lock) {
            news = chronicle.failed(operation, failure);
        }
        news.ifPresent(said -> {
            EventKind.FAILURE.warn("{}", said);
            if (failure.getCause() instanceof RuntimeException bug) {
                LOG.error("unit {}: its backend met a bug", unit, bug);
            }
        });
    }

    private <T> void hold(WaitingRoom.Held<T> held) {
        Optional<Fault> refused;
        synchronized (lock) {
            Attachment now = attachment;
            boolean attached = now != null && !now.isClosed();
            refused = attached ? Optional.empty() : waitingRoom.admit(held);
            if (!attached && refused.isEmpty()) {
                return;
            }
        }
        if (refused.isPresent()) {
            waitingRoom.fail(held, refused.get());
        } else {
            runHeld(held);
        }
    }

    /** Another backend comes; under the lock. */
    private void takeIn(Profile profile) {
        chronicle.attached();
        known.takeIn(profile);
    }

    /** Lets operations in again; under the lock. What is given back is to be run without it. */
    private List<WaitingRoom.Held<?>> admitTo(BlockBackend backend, Guard guard) {
        attachment = new Attachment(backend, guard);
        holds.end();
        return waitingRoom.open();
    }

    private Optional<String> refuse(Optional<String> refusal) {
        chronicle.refused(refusal.orElseThrow());
        EventKind.BACKEND.warn("unit {}: backend refused: {}", unit, refusal.orElseThrow());
        return refusal;
    }

    private String notKept(Failure failure) {
        LOG.error("unit {}: {}: writes since its last flush may be lost", unit, failure.getMessage(), failure);
        noteFailure(new Operation.Flush(unkept), failure);
        unkept.set(failure);
        return failure.getMessage();
    }
}
