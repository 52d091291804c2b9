package org.lunaria.iscsi.internal.node;

/**
 * What a target offers when a login negotiates: its side of each operational key (RFC 7143 clause 13), where the other
 * side's value and the key's rule make the result. Immutable. Ranges are those of the key table, checked by who reads
 * the configuration.
 *
 * @param maxRecvDataSegmentLength bytes of data that one PDU to the target may carry
 * @param maxBurstLength bytes of a Data-In or solicited Data-Out sequence
 * @param firstBurstLength bytes of unsolicited data of a command, immediate data included
 * @param maxOutstandingR2T R2Ts of a task that may be open at a time
 * @param initialR2T whether unsolicited Data-Out is refused
 * @param immediateData whether data may come with the command
 * @param defaultTime2Wait seconds that an initiator waits at least before it comes back
 * @param defaultTime2Retain seconds that tasks are kept for it; 0 while the error recovery level is 0
 */
public record Limits(
        int maxRecvDataSegmentLength,
        int maxBurstLength,
        int firstBurstLength,
        int maxOutstandingR2T,
        boolean initialR2T,
        boolean immediateData,
        int defaultTime2Wait,
        int defaultTime2Retain) {

    /** Quick on a local network: few round trips for writes up to 256 KiB. Also what a discovery session gets. */
    public static final Limits DEFAULT = new Limits(256 * 1024, 1024 * 1024, 256 * 1024, 8, false, true, 2, 0);
}
