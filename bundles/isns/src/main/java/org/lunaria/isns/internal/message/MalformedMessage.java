package org.lunaria.isns.internal.message;

import java.io.IOException;

/** What came is no iSNSP message (RFC 4171 clause 5). Its text is one sentence; the connection is of no more use. */
public final class MalformedMessage extends IOException {
    private static final long serialVersionUID = 1L;

    MalformedMessage(String sentence) {
        super(sentence);
    }
}
