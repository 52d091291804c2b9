package org.lunaria.iscsi.internal.session;

import java.nio.ByteBuffer;
import org.lunaria.iscsi.internal.login.TextNegotiation;
import org.lunaria.iscsi.internal.login.TextRequest;
import org.lunaria.iscsi.internal.login.TextStep;
import org.lunaria.iscsi.internal.pdu.RejectReason;
import org.lunaria.iscsi.internal.pdu.TextRequestPdu;
import org.lunaria.iscsi.internal.pdu.TextResponsePdu;
import org.lunaria.iscsi.internal.wire.Region;

/** Text Requests in the full feature phase (RFC 7143 11.10, 11.11). Confined to the connection's thread. */
final class TextRequests {
    private final SessionConnection connection;
    private final TextNegotiation negotiation;
    private final TextResponsePdu pdu = new TextResponsePdu();

    TextRequests(SessionConnection connection, TextNegotiation negotiation) {
        this.connection = connection;
        this.negotiation = negotiation;
    }

    void take(TextRequestPdu request, Region data, Rejections rejections, ByteBuffer header, int at) {
        TextStep step = negotiation.receive(new TextRequest(
                request.isFinal(),
                request.continues(),
                request.initiatorTaskTag(),
                request.targetTransferTag(),
                data.toArray()));
        if (step instanceof TextStep.Answer answer) {
            answer(request, answer);
        } else {
            rejections.reject(RejectReason.PROTOCOL_ERROR, header, at);
        }
        connection.parameters(negotiation.parameters());
    }

    private void answer(TextRequestPdu request, TextStep.Answer answer) {
        connection
                .responses()
                .append(pdu)
                .isFinal(answer.isFinal())
                .continues(answer.continues())
                .lun(request.lun())
                .initiatorTaskTag(answer.initiatorTaskTag())
                .targetTransferTag(answer.targetTransferTag())
                .dataSegmentBytes(answer.data().length);
        connection.responses().numberStatus(pdu);
        connection.responses().appendData(answer.data());
    }
}
