package org.lunaria.iscsi.internal.session;

import org.lunaria.iscsi.internal.pdu.NopInPdu;
import org.lunaria.iscsi.internal.pdu.NopOutPdu;
import org.lunaria.iscsi.internal.pdu.Pdu;
import org.lunaria.iscsi.internal.wire.Region;

/**
 * NOP both ways (RFC 7143 11.18, 11.19): echoes the initiator's pings, and pings an initiator that has been silent, so
 * that one which is gone does not keep its session. Confined to the connection's thread.
 */
final class NopRequests {
    /** The longest ping data that is echoed; longer data is cut, which the RFC allows. */
    private static final int ECHO_BYTES_MAX = 8192;

    private final SessionConnection connection;
    private final Session session;
    private final NopInPdu pdu = new NopInPdu();
    private int silentSeconds;

    NopRequests(SessionConnection connection) {
        this.connection = connection;
        this.session = connection.session();
    }

    /** Something came from the initiator. */
    void heard() {
        silentSeconds = 0;
    }

    /** Answers a ping. One with a reserved initiator task tag is itself an answer to ours. */
    void take(NopOutPdu ping, Region data) {
        if (ping.initiatorTaskTag() == Pdu.RESERVED_TAG) {
            return;
        }
        int bytes = Math.min(
                Math.min(data.length(), ECHO_BYTES_MAX), connection.parameters().initiatorMaxRecvDataSegmentLength());
        Responses responses = connection.responses();
        responses
                .append(pdu)
                .initiatorTaskTag(ping.initiatorTaskTag())
                .targetTransferTag(Pdu.RESERVED_TAG)
                .dataSegmentBytes(bytes);
        responses.numberStatus(pdu);
        if (bytes > 0) {
            responses.appendData(data.part(0, bytes).toArray());
        }
    }

    /** A second has passed. */
    void tick() {
        silentSeconds++;
        if (silentSeconds >= session.rules().goneSeconds()) {
            connection
                    .connection()
                    .close("it has not been heard of for " + session.rules().goneSeconds() + " seconds");
        } else if (silentSeconds == session.rules().pingSeconds()) {
            Responses responses = connection.responses();
            responses.append(pdu).initiatorTaskTag(Pdu.RESERVED_TAG).targetTransferTag(session.nextTargetTransferTag());
            responses.numberNext(pdu);
        }
    }
}
