package org.lunaria.scsi.internal.command;

import java.security.MessageDigest;
import java.util.concurrent.atomic.AtomicInteger;
import org.lunaria.scsi.SenseCode;

/**
 * A ROD token (SPC-4 5.17.6): the right to read what some blocks of a unit were when it was made. It is of the type "point in
 * time copy - change vulnerable": the first change of one of the blocks revokes it, and nothing is kept of what they were.
 * Thread-safe.
 */
final class RodToken {

    /** Whether it can be used, or else why not. */
    enum State {
        VALID(SenseCode.INVALID_TOKEN_OPERATION),
        /** One of its blocks was changed, or is about to be. */
        REVOKED(SenseCode.TOKEN_REVOKED),
        /** Nobody used it for the time of its inactivity timeout. */
        EXPIRED(SenseCode.TOKEN_EXPIRED),
        /** By DEL_TKN. */
        DELETED(SenseCode.TOKEN_DELETED);

        private final SenseCode code;

        State(SenseCode code) {
            this.code = code;
        }

        /** What who shows the token is told, unless it is valid. */
        SenseCode code() {
            return code;
        }
    }

    private final byte[] bytes;
    private final RodSource source;
    private final long timeoutNanos;
    private volatile State state = State.VALID;
    private volatile long usedNanos;

    /** Commands that read from it, for which it does not expire. */
    private final AtomicInteger users = new AtomicInteger();

    /** @param bytes of the token, which nobody may be able to guess */
    RodToken(byte[] bytes, RodSource source, long timeoutNanos, long nowNanos) {
        this.bytes = bytes;
        this.source = source;
        this.timeoutNanos = timeoutNanos;
        this.usedNanos = nowNanos;
    }

    RodSource source() {
        return source;
    }

    byte[] bytes() {
        return bytes.clone();
    }

    State state() {
        return state;
    }

    boolean isValid() {
        return state == State.VALID;
    }

    /** Whether somebody shows this token; takes as long whatever he shows. */
    boolean matches(byte[] shown) {
        return MessageDigest.isEqual(bytes, shown);
    }

    void hold() {
        users.incrementAndGet();
    }

    /** The time until it expires begins anew. */
    void release(long nowNanos) {
        usedNanos = nowNanos;
        users.decrementAndGet();
    }

    boolean expires(long nowNanos) {
        return users.get() == 0 && nowNanos - usedNanos > timeoutNanos;
    }

    /** It ends; only the first reason counts. */
    synchronized void end(State why) {
        if (state == State.VALID) {
            state = why;
            source.unit().tokens().remove(this);
        }
    }
}
