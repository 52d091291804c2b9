package org.lunaria.shell.internal.exec;

import java.io.IOException;
import java.net.ProtocolException;
import java.nio.channels.ReadableByteChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.lunaria.exec.client.Frame;

/**
 * What a client wants to be run. Immutable.
 *
 * @param words of the command, at least one
 * @param terminal whether people watch the output, so that colours are welcome
 */
record ExecRequest(List<String> words, boolean terminal) {
    /** Most words, and most bytes of all of them together. */
    static final int MAX_WORDS = 1024;

    static final int MAX_BYTES = 256 * 1024;

    /** Characters that mean nothing but themselves to the shell; '=' is one of them behind the first. */
    private static final String PLAIN = "[A-Za-z0-9_./:,@%+-][A-Za-z0-9_./:,@%+=-]*";

    /** Reads a request whole; blocks while the channel does. */
    static ExecRequest readFrom(ReadableByteChannel channel) throws IOException {
        List<String> words = new ArrayList<>();
        boolean terminal = false;
        int bytes = 0;
        while (true) {
            Frame frame = Frame.readFrom(channel);
            switch (frame.type()) {
                case ARGUMENT -> {
                    words.add(frame.text());
                    bytes += frame.payload().length;
                }
                case TERMINAL -> terminal = true;
                case RUN -> {
                    return request(words, terminal);
                }
                case OUTPUT, ERROR, EXIT -> throw new ProtocolException("a request holds no " + frame.type());
            }
            if (words.size() > MAX_WORDS || bytes > MAX_BYTES) {
                throw new ProtocolException(
                        "a command has at most " + MAX_WORDS + " words and " + MAX_BYTES + " bytes");
            }
        }
    }

    /** As the shell reads it: a single word is a command line, several words are each taken as they are. */
    String commandLine() {
        return words.size() == 1
                ? words.get(0)
                : words.stream().map(ExecRequest::quote).collect(Collectors.joining(" "));
    }

    private static ExecRequest request(List<String> words, boolean terminal) throws ProtocolException {
        if (words.isEmpty()) {
            throw new ProtocolException("a request holds a command");
        }
        return new ExecRequest(List.copyOf(words), terminal);
    }

    /** In double quotes, where a backslash takes from each character behind it what it means to the shell. */
    private static String quote(String word) {
        if (word.matches(PLAIN)) {
            return word;
        }
        StringBuilder quoted = new StringBuilder("\"");
        for (char c : word.toCharArray()) {
            switch (c) {
                case '\n' -> quoted.append("\\n");
                case '\t' -> quoted.append("\\t");
                case '"', '\\', '$', '`' -> quoted.append('\\').append(c);
                default -> quoted.append(c);
            }
        }
        return quoted.append('"').toString();
    }
}
