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
 * @param defaultTime2Retain seconds that tasks are kept for it, which only ErrorRecoveryLevel 2 does
 * @param errorRecoveryLevel 0, 1 or 2: the most that is agreed to (RFC 7143 7.1.5)
 * @param maxConnections of a session
 * @param scsiEvents whether initiators hear of unit attentions at once, by Async Message 0 (11.9.1)
 */
public record Limits(
        int maxRecvDataSegmentLength,
        int maxBurstLength,
        int firstBurstLength,
        int maxOutstandingR2T,
        boolean initialR2T,
        boolean immediateData,
        int defaultTime2Wait,
        int defaultTime2Retain,
        int errorRecoveryLevel,
        int maxConnections,
        boolean scsiEvents) {

    public static final int MAX_RECV_DATA_SEGMENT_LENGTH = 256 * 1024;
    public static final int MAX_BURST_LENGTH = 1024 * 1024;
    public static final int FIRST_BURST_LENGTH = 256 * 1024;
    public static final int MAX_OUTSTANDING_R2T = 8;
    public static final int DEFAULT_TIME_2_WAIT = 2;
    public static final int DEFAULT_TIME_2_RETAIN = 20;
    public static final int ERROR_RECOVERY_LEVEL = 0;
    public static final int MAX_CONNECTIONS = 8;

    /** More connections of a session than any initiator opens. */
    public static final int MAX_CONNECTIONS_MOST = 64;

    /** Quick on a local network: writes up to 256 KiB take one round trip. Also what a discovery session gets. */
    public static final Limits DEFAULT = new Limits(
            MAX_RECV_DATA_SEGMENT_LENGTH,
            MAX_BURST_LENGTH,
            FIRST_BURST_LENGTH,
            MAX_OUTSTANDING_R2T,
            false,
            true,
            DEFAULT_TIME_2_WAIT,
            DEFAULT_TIME_2_RETAIN,
            ERROR_RECOVERY_LEVEL,
            MAX_CONNECTIONS,
            false);
}
