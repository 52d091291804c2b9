package org.lunaria.isns;

import java.time.Instant;

/**
 * How the registration at one iSNS server is.
 *
 * @param server host and port, as configured
 * @param since when it is in this state
 * @param targets registered there, as far as is known; likewise portals
 * @param detail the last error while {@link State#FAILED}, else empty; one sentence
 */
public record ServerStatus(String server, State state, Instant since, int targets, int portals, String detail) {

    /** What is known of a registration. */
    public enum State {
        /** The server was not asked yet. */
        PENDING,
        /** There is no target that a listening portal reaches, so that nothing is to be registered. */
        EMPTY,
        /** Everything is registered. */
        REGISTERED,
        /** The last attempt to register, change or renew failed; it is tried again. */
        FAILED
    }
}
