package org.lunaria.scsi.internal.slot;

import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import org.lunaria.backend.BlockBackend;
import org.lunaria.backend.BlockBackend.Failure;
import org.lunaria.backend.BlockBackend.Fault;
import org.lunaria.backend.Completions;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One backend's time in a slot: how many operations are with it, and whether it takes more. Admission and count are one
 * atomic word, so that nothing is admitted behind the back of a drain. Thread-safe.
 */
final class Attachment {
    /** Set in {@link #admitted} when nothing more is admitted; the bits below count what is in flight. */
    private static final int CLOSED = Integer.MIN_VALUE;

    private static final Logger LOG = LoggerFactory.getLogger(Attachment.class);

    private final BlockBackend backend;
    private final Guard guard;
    private final AtomicInteger admitted = new AtomicInteger();
    private final CountDownLatch drained = new CountDownLatch(1);

    /** Whether the backend goes with operations that it has not ended. */
    private volatile boolean abandoned;

    /** @param guard of that backend: the same one while the backend stays, since it knows what is not durable */
    Attachment(BlockBackend backend, Guard guard) {
        this.backend = backend;
        this.guard = guard;
    }

    BlockBackend backend() {
        return backend;
    }

    Guard guard() {
        return guard;
    }

    /** Takes one operation in; each true is followed by one {@link #leave}. */
    boolean admit() {
        int now;
        do {
            now = admitted.get();
            if (now < 0) {
                return false;
            }
        } while (!admitted.compareAndSet(now, now + 1));
        return true;
    }

    void leave() {
        if (admitted.decrementAndGet() == CLOSED) {
            drained.countDown();
        }
    }

    boolean isClosed() {
        return admitted.get() < 0;
    }

    int inFlight() {
        return admitted.get() & ~CLOSED;
    }

    /** The backend goes with what it has; from now on what it says of a change counts no more. */
    void abandon() {
        abandoned = true;
    }

    boolean isAbandoned() {
        return abandoned;
    }

    /** Admits nothing more, and waits until what was admitted has left; says whether it has. */
    boolean drain(long millis) {
        if (admitted.getAndUpdate(now -> now | CLOSED) == 0) {
            drained.countDown();
        }
        try {
            return drained.await(millis, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /**
     * Begins to make durable what the backend has acknowledged, while more is admitted, and waits for it: so that what is left
     * for {@link #flush} is little, and operations are held for a short time only.
     */
    CompletionStage<Void> flushAhead(long millis) {
        CompletionStage<Void> flushed = flushed();
        try {
            flushed.toCompletableFuture().get(millis, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (TimeoutException | ExecutionException e) {
            LOG.debug("what the flush ahead came to is told by the one that follows", e);
        }
        return flushed;
    }

    /**
     * Makes durable what the backend has acknowledged, while it can still be asked.
     *
     * @param ahead a flush before this one, which must have worked as well: what it failed to keep, this one need not know of
     * @return why that failed, or empty
     */
    Optional<Failure> flush(CompletionStage<Void> ahead, long millis) {
        try {
            ahead.thenCombine(flushed(), (first, second) -> second)
                    .toCompletableFuture()
                    .get(millis, TimeUnit.MILLISECONDS);
            return Optional.empty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.of(new Failure(Fault.WRITE_ERROR, -1, "the flush of a backend that went was cut off", e));
        } catch (TimeoutException | ExecutionException e) {
            return Optional.of(new Failure(Fault.WRITE_ERROR, -1, "a backend went and could not be flushed", e));
        }
    }

    private CompletionStage<Void> flushed() {
        try {
            return guard.flush();
        } catch (RuntimeException e) {
            return Completions.failed(Completions.failure(e));
        }
    }
}
