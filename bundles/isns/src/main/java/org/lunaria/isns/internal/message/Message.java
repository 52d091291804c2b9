package org.lunaria.isns.internal.message;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * An iSNSP message (RFC 4171 clause 5): one or more PDUs on the wire. Immutable.
 *
 * @param functionId of {@link Function}, or another one that came
 * @param replace flag of DevAttrReg: what is registered takes the place of all that was (5.6.5.1)
 * @param transactionId unsigned; a response has that of its request
 * @param status of a response; 0 in a request
 */
public record Message(int functionId, boolean replace, int transactionId, long status, List<Attribute> attributes) {

    /** Who sends (5.1.4). */
    public enum Sender {
        CLIENT(0x8000),
        SERVER(0x4000);

        private final int flag;

        Sender(int flag) {
            this.flag = flag;
        }
    }

    static final int VERSION = 1;
    static final int HEADER_BYTES = 12;
    /** PDU LENGTH has 16 bits, and is a multiple of 4 (5.1.3). */
    static final int PDU_PAYLOAD_BYTES_MAX = 65532;

    static final int AUTHENTICATED = 0x2000;
    static final int REPLACE = 0x1000;
    static final int LAST = 0x0800;
    static final int FIRST = 0x0400;

    public Message {
        attributes = List.copyOf(attributes);
    }

    public static Message request(Function function, int transactionId, List<Attribute> attributes) {
        return new Message(function.id(), false, transactionId, 0, attributes);
    }

    /** DevAttrReg with its replace flag. */
    public static Message replacing(int transactionId, List<Attribute> attributes) {
        return new Message(Function.DEV_ATTR_REG.id(), true, transactionId, 0, attributes);
    }

    /** The response to this request. */
    public Message response(StatusCode code, List<Attribute> answer) {
        return new Message(functionId | Function.RESPONSE, false, transactionId, code.code(), answer);
    }

    public boolean is(Function function) {
        return functionId == function.id();
    }

    public boolean isResponse() {
        return (functionId & Function.RESPONSE) != 0;
    }

    public boolean isResponseTo(Message request) {
        return functionId == (request.functionId | Function.RESPONSE) && transactionId == request.transactionId;
    }

    public boolean isSuccessful() {
        return status == StatusCode.SUCCESSFUL.code();
    }

    /** Number and words of the status, as "Busy (12)". */
    public String statusWords() {
        return StatusCode.words(status);
    }

    /** What the message is called in the RFC. */
    public String functionName() {
        return Function.of(functionId)
                .map(function -> function + (isResponse() ? "Rsp" : ""))
                .orElseGet(() -> "message " + functionId);
    }

    /** The first attribute with a tag. */
    public Optional<Attribute> first(Tag tag) {
        return attributes.stream().filter(attribute -> attribute.is(tag)).findFirst();
    }

    /** Those behind the delimiter (5.6.4); none when there is no delimiter. */
    public List<Attribute> operating() {
        int delimiter = attributes.indexOf(Attribute.empty(Tag.DELIMITER));
        return delimiter < 0 ? List.of() : attributes.subList(delimiter + 1, attributes.size());
    }

    /** The bytes of all its PDUs. */
    public ByteBuffer encode(Sender sender) {
        ByteBuffer payload = payload();
        int pdus = Math.max(1, (payload.remaining() + PDU_PAYLOAD_BYTES_MAX - 1) / PDU_PAYLOAD_BYTES_MAX);
        ByteBuffer bytes = ByteBuffer.allocate(payload.remaining() + pdus * HEADER_BYTES);
        for (int sequenceId = 0; sequenceId < pdus; sequenceId++) {
            int length = Math.min(PDU_PAYLOAD_BYTES_MAX, payload.remaining());
            int flags = sender.flag
                    | (replace ? REPLACE : 0)
                    | (sequenceId == 0 ? FIRST : 0)
                    | (sequenceId == pdus - 1 ? LAST : 0);
            bytes.putShort((short) VERSION).putShort((short) functionId);
            bytes.putShort((short) length).putShort((short) flags);
            bytes.putShort((short) transactionId).putShort((short) sequenceId);
            bytes.put(payload.slice(payload.position(), length));
            payload.position(payload.position() + length);
        }
        return bytes.flip();
    }

    private ByteBuffer payload() {
        int attributeBytes = attributes.stream().mapToInt(Attribute::sizeBytes).sum();
        ByteBuffer payload = ByteBuffer.allocate((isResponse() ? Integer.BYTES : 0) + attributeBytes);
        if (isResponse()) {
            payload.putInt((int) status);
        }
        attributes.forEach(attribute -> attribute.write(payload));
        return payload.flip();
    }

    /** @throws MalformedMessage when the payload is none */
    static Message decode(int functionId, boolean replace, int transactionId, ByteBuffer payload)
            throws MalformedMessage {
        long status = 0;
        if ((functionId & Function.RESPONSE) != 0) {
            if (payload.remaining() < Integer.BYTES) {
                throw new MalformedMessage("A response has no status code.");
            }
            status = Integer.toUnsignedLong(payload.getInt());
        }
        List<Attribute> attributes = new ArrayList<>();
        while (payload.hasRemaining()) {
            attributes.add(Attribute.read(payload));
        }
        return new Message(functionId, replace, transactionId, status, attributes);
    }
}
