package org.lunaria.iscsi.internal.login;

import java.io.ByteArrayOutputStream;

/** Gathers a text that comes in several PDUs by the C bit (RFC 7143 6.2). Confined to the connection's thread. */
final class TextCollector {
    /** The longest text, in bytes: four times what RFC 7143 6.1 asks every implementation to take. */
    static final int MAX_BYTES = 64 * 1024;
    /** The most PDUs of one text. */
    static final int MAX_PARTS = 64;

    private final ByteArrayOutputStream text = new ByteArrayOutputStream(0);
    private int parts;

    /** Adds a part. Returns false, and has not added it, when the text becomes too long. */
    boolean add(byte[] part) {
        if (parts == MAX_PARTS || text.size() + part.length > MAX_BYTES) {
            return false;
        }
        parts++;
        text.writeBytes(part);
        return true;
    }

    /** The whole text; the next one begins. */
    byte[] take() {
        byte[] whole = text.toByteArray();
        text.reset();
        parts = 0;
        return whole;
    }
}
