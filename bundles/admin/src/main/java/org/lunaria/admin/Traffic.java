package org.lunaria.admin;

import java.time.Instant;
import java.util.List;

/**
 * What went through the appliance over a time.
 *
 * @param at the end of that time
 * @param seconds how long it was
 * @param volumes those that there were at its end, by name
 * @param sessions likewise, the oldest first
 */
public record Traffic(Instant at, double seconds, List<OfVolume> volumes, List<OfSession> sessions) {

    /**
     * How long things took that ended in that time; all 0 where there were none.
     *
     * @param count how many there were
     * @param p50Micros half of them took no longer
     * @param p99Micros 99 of a hundred
     * @param longestMicros none did
     */
    public record Latency(long count, double p50Micros, double p99Micros, double longestMicros) {}

    /**
     * What backend operations of one kind came to.
     *
     * @param kind READ, WRITE, FLUSH, UNMAP, WRITE_ZEROES or OTHER
     */
    public record Operations(String kind, double perSecond, long bytesPerSecond, Latency latency) {}

    /**
     * What a volume's backend was asked.
     *
     * @param writesPerSecond with zeroes
     * @param latency of reads and writes
     * @param inFlight operations under way, likewise
     * @param held operations that wait for a backend, likewise
     * @param operations those of each kind that there was any of since the volume was started
     */
    public record OfVolume(
            String volume,
            double readsPerSecond,
            double writesPerSecond,
            long readBytesPerSecond,
            long writtenBytesPerSecond,
            Latency latency,
            int inFlight,
            int held,
            List<Operations> operations) {}

    /**
     * What a session did.
     *
     * @param id as in {@link Session#id}
     * @param initiator its iSCSI name
     * @param target name of the target; empty for a discovery session
     * @param latency of its commands, as the target sees them
     * @param tasks commands under way
     */
    public record OfSession(
            String id,
            String initiator,
            String target,
            double commandsPerSecond,
            long readBytesPerSecond,
            long writtenBytesPerSecond,
            Latency latency,
            int tasks) {}
}
