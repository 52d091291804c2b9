package org.lunaria.admin;

import java.time.Instant;
import java.util.List;

/**
 * How the appliance is.
 *
 * @param well whether there is no trouble
 * @param troubles everything that is not as it was configured
 * @param volumes how many there are, likewise targets and so on
 * @param consumption what all this takes
 * @param limits how near the bounds are
 * @param nameServers where targets and portals are registered for initiators to find them (iSNS)
 */
public record Health(
        boolean well,
        List<Trouble> troubles,
        int volumes,
        int targets,
        int portals,
        int sessions,
        Consumption consumption,
        List<Limit> limits,
        List<NameServer> nameServers) {

    /**
     * A bound, and how near it is.
     *
     * @param used now; where there are many to whom it applies, by the one that uses most
     * @param limit the most there may be
     */
    public record Limit(String name, long used, long limit) {}

    /**
     * The registration at an iSNS server.
     *
     * @param server host and port
     * @param since when it is in this state
     * @param targets registered there, as far as is known; likewise portals
     * @param detail one sentence on why it failed, else empty
     */
    public record NameServer(String server, State state, Instant since, int targets, int portals, String detail) {

        /** What is known of a registration. */
        public enum State {
            /** The server was not asked yet. */
            PENDING,
            /** There is nothing to register. */
            EMPTY,
            /** Everything is registered. */
            REGISTERED,
            /** The last attempt failed; it is tried again. */
            FAILED
        }
    }

    /**
     * Something that is not as it was configured.
     *
     * @param subject what it is: volume, target, portal, iSNS server, configuration, service
     * @param name which one
     * @param detail one sentence on what is wrong
     */
    public record Trouble(String subject, String name, String detail) {}
}
