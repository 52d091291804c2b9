package org.lunaria.iscsi.internal.session;

import java.net.InetAddress;
import java.util.HashMap;
import java.util.Map;

/**
 * The logins whose initiators could not prove who they are, and that wait for the answer: it is late, so that guessing a
 * secret takes long. Who guesses over many connections at a time gets no answer on most of them. Thread-safe. Bound:
 * {@link #WAITING_MAX}.
 */
final class FailedLogins {
    /** How late the answer is, in ticks of a connection: a second or two. */
    static final int DELAY_TICKS = 2;

    static final int WAITING_PER_ADDRESS_MAX = 8;
    static final int WAITING_MAX = 1024;

    private final Map<InetAddress, Integer> waiting = new HashMap<>();
    private int count;

    /** Whether one more may wait for its answer, who is to {@link #leave} then. */
    synchronized boolean enter(InetAddress from) {
        if (count >= WAITING_MAX || waiting.getOrDefault(from, 0) >= WAITING_PER_ADDRESS_MAX) {
            return false;
        }
        count++;
        waiting.merge(from, 1, Integer::sum);
        return true;
    }

    synchronized void leave(InetAddress from) {
        count--;
        waiting.computeIfPresent(from, (address, before) -> before == 1 ? null : before - 1);
    }
}
