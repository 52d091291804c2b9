package org.lunaria.isns.internal.message;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * Puts messages together from a stream of bytes (RFC 4171 5.2), whatever pieces it comes in. Everything that comes is
 * checked before it is used, and a message is bounded. Confined to whoever reads the connection.
 */
public final class MessageReader {
    /** The longest message that is taken; what this client is answered is far below. */
    public static final int MESSAGE_BYTES_MAX = 1 << 20;

    private static final int ALIGNMENT = 4;
    private static final int MASK_16_BITS = 0xffff;

    private final ByteBuffer header = ByteBuffer.allocate(Message.HEADER_BYTES);
    private final ByteArrayOutputStream payload = new ByteArrayOutputStream();

    /** Of the PDU that is being read, once its header is whole. */
    private int missingBytes;

    private int flags;

    /** Of the message that is being read, once its first header is whole. */
    private int functionId;

    private int transactionId;
    private int sequenceId;

    /**
     * Takes all that came.
     *
     * @return the messages that became whole by it
     * @throws MalformedMessage when it is no iSNSP; then the stream is of no more use
     */
    public List<Message> read(ByteBuffer bytes) throws MalformedMessage {
        List<Message> whole = new ArrayList<>();
        while (bytes.hasRemaining()) {
            if (header.hasRemaining()) {
                header.put(bytes.get());
                if (header.hasRemaining()) {
                    continue;
                }
                readHeader();
            } else {
                byte[] part = new byte[Math.min(missingBytes, bytes.remaining())];
                bytes.get(part);
                payload.writeBytes(part);
                missingBytes -= part.length;
            }
            if (missingBytes == 0) {
                endOfPdu(whole);
            }
        }
        return whole;
    }

    private void readHeader() throws MalformedMessage {
        header.flip();
        int version = header.getShort() & MASK_16_BITS;
        int function = header.getShort() & MASK_16_BITS;
        missingBytes = header.getShort() & MASK_16_BITS;
        flags = header.getShort() & MASK_16_BITS;
        int transaction = header.getShort() & MASK_16_BITS;
        int sequence = header.getShort() & MASK_16_BITS;
        check(version == Message.VERSION, "The version of iSNSP is " + version + " instead of 1.");
        check(missingBytes % ALIGNMENT == 0, "A PDU of " + missingBytes + " bytes is not aligned.");
        check((flags & Message.AUTHENTICATED) == 0, "A PDU has an authentication block, which is not understood.");
        check(sequence == sequenceId, "The PDU " + sequence + " of a message came instead of " + sequenceId + ".");
        check(
                (flags & Message.FIRST) != 0 == (sequence == 0),
                "PDU " + sequence + " of a message is marked wrongly as the first or not.");
        if (sequence == 0) {
            functionId = function;
            transactionId = transaction;
        }
        check(
                function == functionId && transaction == transactionId,
                "A PDU of another message came before the last one was whole.");
        check(
                payload.size() + missingBytes <= MESSAGE_BYTES_MAX,
                "A message has more than " + MESSAGE_BYTES_MAX + " bytes.");
    }

    private void endOfPdu(List<Message> whole) throws MalformedMessage {
        header.clear();
        sequenceId++;
        if ((flags & Message.LAST) != 0) {
            ByteBuffer bytes = ByteBuffer.wrap(payload.toByteArray());
            payload.reset();
            sequenceId = 0;
            whole.add(Message.decode(functionId, (flags & Message.REPLACE) != 0, transactionId, bytes));
        }
    }

    private static void check(boolean holds, String sentence) throws MalformedMessage {
        if (!holds) {
            throw new MalformedMessage(sentence);
        }
    }
}
