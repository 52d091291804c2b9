package org.lunaria.iscsi.internal.login;

import static org.lunaria.iscsi.internal.login.KeyValue.NO;
import static org.lunaria.iscsi.internal.login.KeyValue.YES;

import java.util.Map;
import org.lunaria.iscsi.internal.node.Limits;

/** This side's value of every key that is negotiated, as text. Stateless. */
final class Offer {

    /** Both: the initiator chooses. */
    private static final String DIGESTS = Digest.CRC32C.text() + "," + Digest.NONE.text();

    /** The value of AuthMethod for RFC 7143 12.1.3. */
    static final String CHAP = "CHAP";

    private Offer() {}

    /**
     * What can be configured comes from {@code limits}; the rest is what this target can do.
     *
     * @param authentication whether the initiator has to prove who it is
     */
    static Map<Key, String> of(Limits limits, boolean authentication) {
        return Map.ofEntries(
                Map.entry(Key.AUTH_METHOD, authentication ? CHAP : "None"),
                Map.entry(Key.HEADER_DIGEST, DIGESTS),
                Map.entry(Key.DATA_DIGEST, DIGESTS),
                number(Key.MAX_CONNECTIONS, limits.maxConnections()),
                Map.entry(Key.INITIAL_R2T, limits.initialR2T() ? YES : NO),
                Map.entry(Key.IMMEDIATE_DATA, limits.immediateData() ? YES : NO),
                number(Key.MAX_RECV_DATA_SEGMENT_LENGTH, limits.maxRecvDataSegmentLength()),
                number(Key.MAX_BURST_LENGTH, limits.maxBurstLength()),
                number(Key.FIRST_BURST_LENGTH, limits.firstBurstLength()),
                number(Key.DEFAULT_TIME_2_WAIT, limits.defaultTime2Wait()),
                number(Key.DEFAULT_TIME_2_RETAIN, retainSeconds(limits)),
                number(Key.MAX_OUTSTANDING_R2T, limits.maxOutstandingR2T()),
                Map.entry(Key.DATA_PDU_IN_ORDER, YES),
                Map.entry(Key.DATA_SEQUENCE_IN_ORDER, YES),
                number(Key.ERROR_RECOVERY_LEVEL, limits.errorRecoveryLevel()),
                Map.entry(Key.TASK_REPORTING, "RFC3720"),
                Map.entry(Key.ISCSI_PROTOCOL_LEVEL, "2"));
    }

    /** Only level 2 keeps tasks of a lost connection. */
    private static int retainSeconds(Limits limits) {
        return limits.errorRecoveryLevel() > 1 ? limits.defaultTime2Retain() : 0;
    }

    private static Map.Entry<Key, String> number(Key key, long value) {
        return Map.entry(key, Long.toString(value));
    }
}
