package org.lunaria.backend.file.internal;

import java.lang.ref.Reference;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.function.LongSupplier;
import org.lunaria.backend.BlockBackend.Failure;
import org.lunaria.backend.BlockBackend.Fault;
import org.lunaria.backend.BlockingWorkers;
import org.lunaria.backend.BlockingWorkers.Blocking;
import org.lunaria.backend.Completions;
import org.lunaria.posix.Durability;
import org.lunaria.posix.FileCalls;
import org.lunaria.posix.Glibc;
import org.lunaria.posix.Way;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The atomic writes of a volume, by way of its {@link Journal}, which is made with the first of them. Data goes to the
 * journal, which is synced; then to its place; then the write is done. Who opens the volume after a crash finds an entry that
 * counts, and brings it to its place again ({@link Recovery}), or none, and then nothing was written there.
 *
 * <p>An entry counts beyond the end of its write, until the journal is cleared: when it is full, or closed, or when something
 * else is about to change what the entry stands for. For that the volume is synced first. So a write is made void before
 * a <em>later change that overlaps it</em> is admitted, not before it is acknowledged itself: that costs one sync for each
 * atomic write, and two more only where both kinds meet. Atomic writes may overlap older ones: entries are brought back in
 * their order. It also means that a write that is done is durable.
 *
 * <p>One thread does all of this; those who ask while it is at work share the next sync of the journal. What fails after the
 * journal was begun may count or not: from then on the journal takes nothing more and is not cleared, so that changes of
 * what it stands for fail as well, until the volume is opened again. Where the data did not all reach its place, reads of
 * it fail too, since they would bring a mixture.
 *
 * <p>Thread-safe, but for what says that it is the thread's own.
 */
final class AtomicWrites {

    private static final Logger LOG = LoggerFactory.getLogger(AtomicWrites.class);

    /** Atomic writes that may wait for the thread; likewise changes that overlap them. More are BUSY. */
    private static final int WAITING = 1024;

    private record Request(long offset, ByteBuffer source, CompletableFuture<Void> stage) {
        int lengthBytes() {
            return source.remaining();
        }
    }

    private final FileCalls calls;
    private final VolumeFile volume;
    private final Way way;
    private final Reservation reservation;
    private final Durability durability;
    private final LongSupplier sizeBytes;
    private final int logBytes;
    private final BlockingWorkers thread;
    private final LiveRanges live = new LiveRanges();
    private final LiveRanges torn = new LiveRanges();

    /** Those who wait. @GuardedBy itself */
    private final Queue<Request> waiting = new ArrayDeque<>();

    /** Whether the thread will look for them. @GuardedBy waiting */
    private boolean looked;

    /** The thread's own. */
    private Optional<Journal> journal = Optional.empty();

    /** Why the journal takes nothing more; changed by the thread. */
    private volatile Optional<Failure> failed = Optional.empty();

    /**
     * @param durability of the volume; none of its callers may wait for this class
     * @param sizeBytes of the volume as it is now
     * @param logBytes space of the journal's entries
     */
    AtomicWrites(
            FileCalls calls,
            VolumeFile volume,
            Way way,
            Reservation reservation,
            Durability durability,
            LongSupplier sizeBytes,
            int logBytes) {
        this.calls = calls;
        this.volume = volume;
        this.way = way;
        this.reservation = reservation;
        this.sizeBytes = sizeBytes;
        this.durability = durability;
        this.logBytes = logBytes;
        thread = new BlockingWorkers("file-" + volume.id() + "-atomic", 1, WAITING);
    }

    /** Writes all or nothing, and durably. The source's range must stay until the stage completes. */
    CompletionStage<Void> write(long offset, ByteBuffer source) {
        Request request = new Request(offset, source, new CompletableFuture<>());
        boolean submit;
        synchronized (waiting) {
            if (waiting.size() >= WAITING) {
                return Completions.failed(new Failure(Fault.BUSY, -1, volume + ": too many atomic writes wait"));
            }
            waiting.add(request);
            submit = !looked;
            looked = true;
        }
        if (submit) {
            submitLook();
        }
        return request.stage();
    }

    /** Whether a change of the range must go by way of {@link #change}. */
    boolean isLive(long offset, long length) {
        return live.overlap(offset, length);
    }

    /** Whether a part of the range may be as before an atomic write that failed, and another part as after it. */
    boolean isTorn(long offset, long length) {
        return torn.overlap(offset, length);
    }

    /** What is in the way of every atomic write; empty if nothing. */
    String trouble() {
        return failed.map(why -> "Its journal takes nothing more until it is opened again: " + why.getMessage() + ".")
                .orElse("");
    }

    /** Makes a change of what {@link #isLive}, after no entry stands for it any more. */
    <T> CompletionStage<T> change(long bytes, Blocking<T> change) {
        return thread.submit(bytes, () -> {
            clear();
            return change.run();
        });
    }

    /** Makes the volume smaller, with no entry behind its end: before, none counts, and later ones are for its new size. */
    CompletionStage<Void> resize(Blocking<Void> change) {
        return thread.submit(0, () -> {
            clear();
            change.run();
            clear();
            return null;
        });
    }

    /** Clears the journal and overwrites it, if there is one: what was written atomically is in it still. */
    CompletionStage<Void> scrub() {
        return thread.submit(() -> {
            clear();
            if (journal.isEmpty() && Journal.exists(calls, volume)) {
                journal = Optional.of(Journal.open(calls, volume, sizeBytes, logBytes));
            }
            if (journal.isPresent()) {
                journal.get().wipe();
            }
            return null;
        });
    }

    /** Ends the thread, after what was asked for is done, and clears the journal. Called once. */
    void close() {
        thread.close();
        try {
            clear();
        } catch (Failure e) {
            LOG.warn("{}: its journal is not cleared, and is read when it is opened: {}", volume, e.getMessage());
        }
        journal.ifPresent(Journal::close);
    }

    private void submitLook() {
        thread.submit(this::look).whenComplete((done, refused) -> {
            if (refused != null) {
                dismiss().forEach(each -> each.stage().completeExceptionally(refused));
            }
        });
    }

    /** Does those who wait now, and comes again for those who come meanwhile: changes have their turn in between. */
    private Void look() {
        perform(take(Journal.MOST_ENTRIES));
        boolean again;
        synchronized (waiting) {
            again = !waiting.isEmpty();
            looked = again;
        }
        if (again) {
            submitLook();
        }
        return null;
    }

    /** Those who wait; nobody looks for them. */
    private List<Request> dismiss() {
        synchronized (waiting) {
            looked = false;
            return take(WAITING);
        }
    }

    private List<Request> take(int most) {
        synchronized (waiting) {
            List<Request> taken = new ArrayList<>();
            while (taken.size() < most && !waiting.isEmpty()) {
                taken.add(waiting.remove());
            }
            return taken;
        }
    }

    private void perform(List<Request> requests) {
        List<Request> added = new ArrayList<>();
        for (Request request : requests) {
            try {
                if (journal.isPresent() && !journal.get().hasRoom(request.offset(), request.lengthBytes())) {
                    finish(added);
                    added.clear();
                    clear();
                }
                add(request);
                added.add(request);
            } catch (Failure e) {
                request.stage().completeExceptionally(e);
            } catch (RuntimeException | Error e) {
                request.stage().completeExceptionally(fail(Completions.failure(e)));
            }
        }
        finish(added);
    }

    /** Whatever fails before the journal was touched leaves all as it was. */
    private void add(Request request) throws Failure {
        requireNotFailed();
        if (journal.isEmpty()) {
            journal = Optional.of(Journal.open(calls, volume, sizeBytes, logBytes));
        }
        // So that an entry that counts does not find the volume full.
        reservation.take(request.offset(), request.lengthBytes());
        live.add(request.offset(), request.lengthBytes());
        try {
            journal.get().append(request.offset(), request.source());
        } catch (Failure e) {
            throw fail(e);
        }
    }

    /** Makes entries count, and brings them to their places. */
    private void finish(List<Request> added) {
        if (added.isEmpty()) {
            return;
        }
        try {
            requireNotFailed();
            journal.orElseThrow().commit();
        } catch (Failure e) {
            Failure told = fail(e);
            added.forEach(each -> each.stage().completeExceptionally(told));
            return;
        } catch (RuntimeException | Error e) {
            Failure told = fail(Completions.failure(e));
            added.forEach(each -> each.stage().completeExceptionally(told));
            return;
        }
        added.forEach(this::place);
    }

    private void place(Request request) {
        ByteBuffer source = request.source();
        try {
            way.write(Glibc.address(source) + source.position(), source.remaining(), request.offset(), false);
            Reference.reachabilityFence(source);
        } catch (Failure | RuntimeException | Error e) {
            torn.add(request.offset(), request.lengthBytes());
            request.stage().completeExceptionally(fail(Completions.failure(e)));
            return;
        }
        request.stage().complete(null);
    }

    /** Makes the volume durable, and then all entries void. */
    private void clear() throws Failure {
        if (live.isEmpty() && !isOfOtherSize()) {
            return;
        }
        requireNotFailed();
        try {
            durability.flushHere().toCompletableFuture().join();
        } catch (CompletionException e) {
            throw Completions.failure(e);
        }
        try {
            journal.orElseThrow().clear();
        } catch (Failure e) {
            throw fail(e);
        }
        live.clear();
    }

    /** Whether the journal knows a volume of another size, so that entries would not count, or not be this volume's. */
    private boolean isOfOtherSize() {
        return journal.isPresent() && journal.get().isOfOtherSize();
    }

    private void requireNotFailed() throws Failure {
        if (failed.isPresent()) {
            throw new Failure(Fault.WRITE_ERROR, -1, failed.get().getMessage(), failed.get());
        }
    }

    private Failure fail(Failure why) {
        if (failed.isEmpty()) {
            failed = Optional.of(why);
            LOG.error("{}: its journal takes nothing more until it is opened again: {}", volume, why.getMessage());
        }
        return why;
    }
}
