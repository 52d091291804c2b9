package org.lunaria.iscsi.internal.session;

import java.nio.ByteBuffer;
import org.lunaria.iscsi.internal.pdu.Framing;
import org.lunaria.iscsi.internal.pdu.Pdu;
import org.lunaria.iscsi.internal.pdu.RejectPdu;
import org.lunaria.iscsi.internal.pdu.RejectReason;

/** Sends Reject PDUs (RFC 7143 11.17). Confined to the session's thread. */
final class Rejections {
    private final SessionConnection connection;
    private final RejectPdu pdu = new RejectPdu();

    Rejections(SessionConnection connection) {
        this.connection = connection;
    }

    /** Rejects a PDU, whose header goes back with the answer. */
    void reject(RejectReason reason, ByteBuffer header, int at) {
        byte[] copy = new byte[Framing.BHS_BYTES + Pdu.ahsBytes(header, at)];
        header.get(at, copy);
        Responses responses = connection.responses();
        responses
                .append(pdu)
                .reason(reason.code())
                .initiatorTaskTag(Pdu.RESERVED_TAG)
                .dataSegmentBytes(copy.length);
        responses.numberStatus(pdu);
        responses.appendData(copy);
    }
}
