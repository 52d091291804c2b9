package org.lunaria.backend.remote.internal;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** A server's words for people, made fit for a line of a log. */
final class ServerText {

    private static final int CHARACTERS_MAX = 200;

    private ServerText() {}

    static String of(ByteBuffer utf8) {
        String text = StandardCharsets.UTF_8.decode(utf8).toString().strip().replaceAll("\\p{C}", " ");
        return text.length() > CHARACTERS_MAX ? text.substring(0, CHARACTERS_MAX) + "..." : text;
    }
}
