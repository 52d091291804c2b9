package org.lunaria.backend.remote.internal;

import java.io.EOFException;
import java.net.SocketException;
import java.util.concurrent.TimeUnit;
import org.lunaria.backend.BlockBackend.Failure;
import org.lunaria.backend.BlockBackend.Fault;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A server that is away: since when and why, how long operations wait for it, when it is tried again, and what is told of it. It is
 * away from the beginning, until {@link #end}. Confined to the thread of its volume, but for {@link #trouble} and {@link #obstacle}.
 */
final class Absence {

    /** What other threads see of it. */
    private record Away(long sinceNanos, String reason) {
        static final Away NOT = new Away(0, "");
    }

    private static final Logger LOG = LoggerFactory.getLogger(Absence.class);

    static final long RETRY_NANOS_LEAST = TimeUnit.MILLISECONDS.toNanos(50);
    static final long RETRY_NANOS_MOST = TimeUnit.SECONDS.toNanos(2);

    /** Who served for so long is connected to at once again, and its next loss is news for the log. */
    static final long STABLE_NANOS = TimeUnit.SECONDS.toNanos(10);

    private final RemoteSettings settings;
    private final RemoteServer server;
    private long sinceNanos;
    private long waitNanos = RETRY_NANOS_LEAST;
    private String reason = "";

    /** The reason goes to the log, though it may be the last one's. */
    private boolean news;

    private boolean logged;
    private volatile Away away = Away.NOT;

    /** @param nowNanos by {@link System#nanoTime}, as all times here */
    Absence(RemoteSettings settings, RemoteServer server, long nowNanos) {
        this.settings = settings;
        this.server = server;
        sinceNanos = nowNanos;
    }

    /** It served, for so long, and does not any more. */
    void begin(long servedNanos, long nowNanos) {
        sinceNanos = nowNanos;
        news = servedNanos > STABLE_NANOS;
        if (news) {
            waitNanos = RETRY_NANOS_LEAST;
        }
    }

    /**
     * Why it serves no more, or could not be connected to again.
     *
     * @param told whether that may go to the log; it does where it is another reason than the last one
     */
    void because(Exception why, boolean told) {
        boolean speaks = why instanceof Refusal || why instanceof EOFException || why instanceof SocketException;
        String now = speaks && why.getMessage() != null ? why.getMessage() : why.toString();
        if (told && (news || !now.equals(reason))) {
            logged = true;
            LOG.warn("{}: {} is away: {}", settings, server, now);
        }
        news = false;
        reason = now;
        away = new Away(sinceNanos, reason);
    }

    /** It serves. */
    void end() {
        if (logged) {
            LOG.info("{}: {} serves again", settings, server);
        }
        logged = false;
        away = Away.NOT;
    }

    /** For how long it is left alone before the next attempt: each time twice as long. */
    long nextWaitNanos() {
        long wait = waitNanos;
        waitNanos = Math.min(RETRY_NANOS_MOST, 2 * waitNanos);
        return wait;
    }

    /** Whether nothing waits for it any more. */
    boolean isTooLong(long nowNanos) {
        return nowNanos - sinceNanos > settings.reconnectNanos();
    }

    /** Whether an operation is as old as one may become that waits for a server. */
    boolean hasTakenTooLong(Operation<?> operation, long nowNanos) {
        return nowNanos - operation.begunNanos > settings.reconnectNanos();
    }

    /** How operations end that waited for too long. */
    Failure failure() {
        return new Failure(
                Fault.OFFLINE,
                -1,
                settings + ": " + server + " cannot be reached" + (reason.isEmpty() ? "" : ": " + reason));
    }

    /** What is in the way when it is away, as a sentence; empty when it serves. For any thread. */
    String trouble() {
        Away now = away;
        if (now == Away.NOT) {
            return "";
        }
        long seconds = TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - now.sinceNanos);
        return server + " has been away for " + seconds + " s, and is connected to again and again: " + now.reason
                + ".";
    }

    /** Why there is no profile yet. For any thread. */
    String obstacle() {
        Away now = away;
        return now == Away.NOT ? "no answer yet" : now.reason;
    }
}
