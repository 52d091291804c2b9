package org.lunaria.scsi.internal.slot;

import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.lunaria.backend.BlockBackend.Failure;

/**
 * What has become of a slot's backends and their operations, as listings show it.
 *
 * <p>Confined to the lock of its slot, but for {@link #attachments}, which any thread may ask, and for what it is shown of.
 */
final class Chronicle {
    private final InstantSource clock;
    private final Counters counters;
    private final Holds holds;
    private final Failures failures;
    private String detail = "its backend is not there yet; the log says why";
    private Instant attachedSince = Instant.EPOCH;

    /** Written under the lock. */
    private volatile long attachments;

    /**
     * @param clock tells when it was
     * @param nanoTime a clock as {@link System#nanoTime}
     */
    Chronicle(String unit, InstantSource clock, LongSupplier nanoTime, Counters counters, Holds holds) {
        this.clock = clock;
        this.counters = counters;
        this.holds = holds;
        this.failures = new Failures(unit, clock, nanoTime);
    }

    /** Another backend was put in. */
    void attached() {
        detail = "";
        attachments++;
        attachedSince = clock.instant();
    }

    /** A backend was not put in. @param reason a sentence */
    void refused(String reason) {
        detail = reason;
    }

    /** There is no backend any more. */
    void gone() {
        detail = "its backend is gone";
    }

    /**
     * An operation has failed for good.
     *
     * @return what is to be told of it, if anything: by the caller, without the lock
     */
    Optional<String> failed(Operation<?> operation, Failure failure) {
        detail = "last failure: " + failure.fault() + " " + failure.getMessage();
        return failures.note(operation, failure);
    }

    /** How often a backend was put in. */
    long attachments() {
        return attachments;
    }

    /** Of the slot as it is now. @param now null without a backend */
    SlotStatus status(Attachment now, int inFlight, int held, Stall stall) {
        String state = now == null ? "DETACHED" : now.isClosed() ? "DRAINING" : "ATTACHED";
        return new SlotStatus(
                state,
                detail,
                inFlight,
                held,
                Math.max(0, attachments - 1),
                holds.lastMillis(),
                holds.longestMillis(),
                counters.of(OperationKind.READ).count(),
                counters.of(OperationKind.WRITE).count()
                        + counters.of(OperationKind.WRITE_ZEROES).count(),
                counters.of(OperationKind.READ).bytes(),
                counters.of(OperationKind.WRITE).bytes()
                        + counters.of(OperationKind.WRITE_ZEROES).bytes(),
                failures.count(),
                Optional.of(attachedSince).filter(since -> now != null),
                failures.last(),
                holds.remembered(),
                stall,
                now == null ? "" : now.backend().trouble());
    }
}
