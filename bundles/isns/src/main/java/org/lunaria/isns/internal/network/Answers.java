package org.lunaria.isns.internal.network;

import java.util.List;
import org.lunaria.isns.internal.message.Function;
import org.lunaria.isns.internal.message.Message;
import org.lunaria.isns.internal.message.StatusCode;
import org.lunaria.isns.internal.message.Tag;

/** What a client answers to the requests of a server. Stateless. */
final class Answers {
    private Answers() {}

    /** To ESI the same attributes (RFC 4171 5.7.5.13); to SCN the node that it is for (5.7.5.8), its first attribute. */
    static Message to(Message request) {
        if (request.is(Function.ESI)) {
            return request.response(StatusCode.SUCCESSFUL, request.attributes());
        }
        if (request.is(Function.SCN)) {
            return request.response(
                    StatusCode.SUCCESSFUL,
                    request.first(Tag.ISCSI_NAME).stream().toList());
        }
        return request.response(StatusCode.MESSAGE_NOT_SUPPORTED, List.of());
    }
}
