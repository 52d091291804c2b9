package org.lunaria.iscsi.internal.login;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.List;

/**
 * Hands a text out in parts that fit a data segment; all but the last go with the C bit (RFC 7143 6.2). Confined to the
 * connection's thread.
 */
final class TextSender {
    private byte[] text = {};
    private int sent;

    /** Adds pairs behind what is still to be sent. */
    void add(List<KeyValue> pairs) {
        ByteArrayOutputStream rest = new ByteArrayOutputStream();
        rest.write(text, sent, text.length - sent);
        rest.writeBytes(TextFormat.format(pairs));
        text = rest.toByteArray();
        sent = 0;
    }

    /** The next part, at most {@code maxBytes} long. */
    byte[] next(int maxBytes) {
        int end = Math.min(text.length, sent + maxBytes);
        byte[] part = Arrays.copyOfRange(text, sent, end);
        sent = end;
        return part;
    }

    /** Whether the last part was not all. */
    boolean hasMore() {
        return sent < text.length;
    }

    void clear() {
        text = new byte[0];
        sent = 0;
    }
}
