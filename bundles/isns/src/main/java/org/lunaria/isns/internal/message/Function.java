package org.lunaria.isns.internal.message;

import java.util.Optional;
import java.util.stream.Stream;

/** The messages that this client sends, answers or is tested with (RFC 4171 4.1.3), by the words of the RFC. */
public enum Function {
    DEV_ATTR_REG("DevAttrReg", 0x0001),
    DEV_ATTR_QRY("DevAttrQry", 0x0002),
    DEV_DEREG("DevDereg", 0x0004),
    SCN_REG("SCNReg", 0x0005),
    SCN("SCN", 0x0008),
    ESI("ESI", 0x000d);

    /** Set in the FUNCTION ID of a response (5.1.2). */
    static final int RESPONSE = 0x8000;

    private final String word;
    private final int id;

    Function(String word, int id) {
        this.word = word;
        this.id = id;
    }

    /** FUNCTION ID of the request. */
    public int id() {
        return id;
    }

    /** Which message has this FUNCTION ID, as a request or a response. */
    static Optional<Function> of(int functionId) {
        return Stream.of(values())
                .filter(function -> function.id == (functionId & ~RESPONSE))
                .findFirst();
    }

    @Override
    public String toString() {
        return word;
    }
}
